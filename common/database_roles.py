"""The web role: reads and writes rows, owns no table, may not rewrite the audit log.

A second one, the keeper, may do one thing more: remove from the log what is past its years.

Made by the owner when migrations have run. Roles belong to the whole cluster, so two
databases being migrated at once must not trip over each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

KEEPER = "yhdessa_keeper"
"""Removes from the log what is past its years."""
SEALER = "yhdessa_sealer"
"""Seals the rows of the log."""

_ROLE = """
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
"""

_GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE ALL ON audit_auditrow, audit_seal FROM {role};
GRANT SELECT, INSERT ON audit_auditrow TO {role};
GRANT SELECT ON audit_seal TO {role};
GRANT EXECUTE ON FUNCTION audit_expire(timestamptz) TO {keeper};
GRANT EXECUTE ON FUNCTION audit_seal_rows(integer, boolean) TO {sealer};
GRANT TRUNCATE ON benefits_stagedspell, benefits_stagedpayment, benefits_stagedfault TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""


def grant_web_role(*, using: str = "default", **_: Any) -> None:
    """Give the web role its rights on every table that stands now."""
    if not settings.AS_OWNER:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('web role'))")
        cursor.execute("SELECT to_regclass('audit_seal') IS NOT NULL")
        if cursor.fetchone()[0]:
            for role in (settings.WEB_ROLE, KEEPER, SEALER):
                cursor.execute(_ROLE.format(role=role))
            cursor.execute(_GRANTS.format(role=settings.WEB_ROLE, keeper=KEEPER, sealer=SEALER))
        cursor.execute("SELECT pg_advisory_unlock(hashtext('web role'))")


@contextmanager
def logged_in_as(role: str) -> Iterator[None]:
    """Be another role within the block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (own_role,) = cursor.fetchone()
        cursor.execute("SELECT set_config('role', %s, true)", [role])
        yield
        cursor.execute("SELECT set_config('role', %s, true)", [own_role])
