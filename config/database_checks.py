"""What the database must have set, and what its log-in may not, where people are served."""

from __future__ import annotations

from django.conf import settings

from config.refusing import refuse


def require_served_database() -> None:
    """End the process, with a line, unless the database is as people are served from."""
    require_migrated()
    require_quiet_database()
    require_own_log_in()


def require_migrated() -> None:
    """End the process, with a line, where the tables are not those of this version.

    A database that does not answer is another matter: it is waited for where it is asked.
    """
    from django.db import DatabaseError, OperationalError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    if not settings.PRODUCTION:
        return
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError:
        return
    except DatabaseError:  # not even the role that everything runs as
        missing = -1
    finally:
        connection.close()
    if missing:
        how_many = f"{missing} migrations are missing" if missing > 0 else "nothing stands there"
        refuse(
            f"The database is not up to date: {how_many}. "
            "Run: DATABASE_OWNER_URL=... python manage.py migrate"
        )


# What the database server must have set so that its log holds no words of anybody: an error's
# statement and detail carry the values of the row, a logged statement carries them too.
_QUIET = {
    "log_min_error_statement": ("panic",),
    "log_error_verbosity": ("terse",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
}


def require_quiet_database() -> None:
    """End the process, with a line, where the database's log would hold what people wrote.

    What this role may not read is not asked. A database that does not answer is waited for where
    it is asked.
    """
    from django.db import DatabaseError, connection  # noqa: PLC0415

    if not settings.PRODUCTION:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(_QUIET)]
            )
            loud = [
                f"- {name} is not {_QUIET[name][0]}. Run as superuser: "
                f"ALTER SYSTEM SET {name} = '{_QUIET[name][0]}'; SELECT pg_reload_conf();"
                for name, setting in sorted(cursor.fetchall())
                if setting not in _QUIET[name]
            ]
    except DatabaseError:
        return
    finally:
        connection.close()
    if loud:
        refuse("The log of the database would hold what people wrote:", *loud)


def require_own_log_in() -> None:
    """End the process, with a line for each fault, where its log-in to the database may too much.

    Whoever owns a table can undo every rule of it; whoever may become somebody else can as well. A
    database that does not answer is waited for where it is asked.
    """
    from django.db import DatabaseError, connection  # noqa: PLC0415

    if not settings.PRODUCTION:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_LOG_IN)
            faults = [said for may, said in zip(cursor.fetchone(), _MAY, strict=True) if may]
    except DatabaseError:
        return
    finally:
        connection.close()
    if faults:
        refuse(
            "DATABASE_URL is a log-in that may too much:",
            *(f"- It {said}." for said in faults),
            "Make the four log-ins of docs/install.md, and set DATABASE_URL to the web's.",
        )


_LOG_IN = """
SELECT r.rolsuper, r.rolcreaterole OR r.rolbypassrls OR r.rolreplication,
  EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')
    AND c.relnamespace = 'public'::regnamespace),
  EXISTS (SELECT FROM pg_class c WHERE c.relowner <> r.oid AND c.relkind IN ('r', 'p')
    AND c.relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER')),
  EXISTS (SELECT FROM pg_roles other WHERE other.rolname IN ('yhdessa_sealer', 'yhdessa_keeper')
    AND pg_has_role(r.oid, other.oid, 'MEMBER'))
FROM pg_roles r WHERE r.rolname = session_user
"""


_MAY = (
    "is a superuser",
    "may make roles, or pass by the rules of rows",
    "owns tables",
    "may become the owner of the tables",
    "may become the sealer or the keeper",
)
