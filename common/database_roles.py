"""Who logs in to the database, and what each may do there. None is a member of another.

- The **owner** migrates, and is nobody else's business.
- ``WEB``: whatever a person asks for. It reads and writes rows and owns nothing. It appends to the
  log and to the history and changes neither; of what stands for ever it changes the columns that
  the model names in ``only_changes``, and removes none.
- ``KEEPER``: the night, where something has to go: cases past their years, with their history; and
  where something is counted that no page may read (models that say ``keeper_alone``).
- ``SEALER``: seals the log (``docs/adr/0022-the-sealed-log.md``).

The rights are given by the owner when migrations have run. Roles belong to the whole cluster, so
two databases being migrated at once must not trip over each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, models

from common.practice import is_practice, practice_alias

WEB = "yhdessa_web"
SEALER = "yhdessa_sealer"
KEEPER = "yhdessa_keeper"
ROLES = (WEB, SEALER, KEEPER)

_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'there is no role {role}: the log-ins are made first (docs/install.md)';
END $$;
"""
_GRANTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {web}, {keeper}, {sealer};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}, {keeper};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}, {keeper};
GRANT TRUNCATE ON benefits_stagedspell, benefits_stagedpayment, benefits_stagedfault TO {web};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {web}, {keeper};
REVOKE ALL ON audit_auditrow, audit_seal FROM {web}, {keeper}, {sealer};
GRANT SELECT ON audit_auditrow, audit_seal TO {web}, {keeper}, {sealer};
GRANT INSERT ({log_columns}) ON audit_auditrow TO {web}, {keeper};
GRANT EXECUTE ON FUNCTION audit_expire(timestamptz) TO {keeper};
GRANT EXECUTE ON FUNCTION audit_seal_rows(integer, boolean) TO {sealer};
"""
_STANDS = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {web};
REVOKE UPDATE, TRUNCATE ON {table} FROM {keeper};
"""
_CHANGES = "GRANT UPDATE ({columns}) ON {table} TO {web}, {keeper};"
_KEEPER_ALONE = "REVOKE ALL ON {table} FROM {web};"
_LOG = ("audit_auditrow", "audit_seal")


def standing_models() -> dict[type[models.Model], tuple[str, ...]]:
    """The models whose rows stand for ever, the log's apart, and the columns that still change.

    Every history, but for what its model lets follow (``history_only_changes``), and whatever says
    so itself with ``only_changes``.
    """
    found: dict[type[models.Model], tuple[str, ...]] = {}
    for model in apps.get_models():
        only = getattr(model, "only_changes", None)
        if only is not None:
            found[model] = tuple(_column(model, name) for name in only)
        history = getattr(getattr(model, "history", None), "model", None)
        if history is not None:
            moves = getattr(model, "history_only_changes", ())
            found[history] = tuple(_column(history, name) for name in moves)
    return found


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).get_attname_column()[1])  # type: ignore[union-attr]


def grant_rights(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Give each role its rights on every table that stands now."""
    if not settings.AS_OWNER:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('audit_seal') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SELECT pg_advisory_lock(hashtext('database roles'))")
        for role in ROLES:
            cursor.execute(_ROLE.format(role=role))
        cursor.execute("".join(_statements()))
        cursor.execute("SELECT pg_advisory_unlock(hashtext('database roles'))")


def _statements() -> Iterator[str]:
    roles = {"web": WEB, "keeper": KEEPER, "sealer": SEALER}
    # A number of its own choosing would let a writer fill a gap, or the sequence.
    log = apps.get_model("audit", "AuditRow")
    columns = [_column(log, f.name) for f in log._meta.concrete_fields if not f.primary_key]
    yield _GRANTS.format(log_columns=", ".join(columns), **roles)
    for model, changes in standing_models().items():
        table = model._meta.db_table
        yield _STANDS.format(table=table, **roles)
        if getattr(model, "keeper_alone", False):
            yield _KEEPER_ALONE.format(table=table, **roles)
        if changes:
            yield _CHANGES.format(table=table, columns=", ".join(changes), **roles)


def alias_of(role: str) -> str:
    """What the settings call the connection of a role."""
    return role.removeprefix("yhdessa_")


def has_log_in(role: str) -> bool:
    """Whether this process has a role's log-in."""
    return alias_of(role) in connections.settings


@contextmanager
def logged_in_as(role: str) -> Iterator[None]:
    """Whatever is asked of the database within the block goes over another role's log-in.

    In transactions of its own, whatever is open outside: what is to be undone together does not
    belong on both sides, and what the one has locked the other must not need. Also decorates a
    function. Raises ImproperlyConfigured where this process does not have that log-in.
    """
    with change_log_in(role):
        yield


@contextmanager
def _another_log_in(role: str) -> Iterator[None]:
    if not has_log_in(role):
        raise ImproperlyConfigured(
            f"This process has no log-in as {role}: set DATABASE_SEALER_URL and"
            " DATABASE_KEEPER_URL where the night runs."
        )
    alias = alias_of(role)
    own = connections[DEFAULT_DB_ALIAS]
    other = connections[practice_alias(alias) if is_practice() else alias]
    if own is other:
        yield
        return
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        other.close()


change_log_in = _another_log_in
