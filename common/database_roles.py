"""The web role: reads and writes rows, owns no table, may not rewrite the audit log.

Made by the owner when migrations have run. Roles belong to the whole cluster, so two
databases being migrated at once must not trip over each other.
"""

from typing import Any

from django.conf import settings
from django.db import connections

_GRANTS = """
DO $$ BEGIN
  CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  IF NOT pg_has_role(current_user, '{role}', CASE
      WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    GRANT {role} TO CURRENT_USER;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE ALL ON audit_auditrow, audit_chainhead FROM {role};
GRANT SELECT, INSERT ON audit_auditrow TO {role};
GRANT SELECT ON audit_chainhead TO {role};
GRANT TRUNCATE ON benefits_stagedspell, benefits_stagedpayment TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""


def grant_web_role(*, using: str = "default", **_: Any) -> None:
    """Give the web role its rights on every table that stands now."""
    if not settings.AS_OWNER:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('web role'))")
        cursor.execute("SELECT to_regclass('audit_auditrow') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute(_GRANTS.format(role=settings.WEB_ROLE))
        cursor.execute("SELECT pg_advisory_unlock(hashtext('web role'))")
