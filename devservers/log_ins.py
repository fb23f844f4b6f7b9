"""Makes the log-ins of a trial beside an owner's: those of web, sealer and keeper.

Roles belong to the whole server: whoever is first makes them, whoever comes later finds them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from common.database_roles import ROLES
from config.log_ins import derived


def make_log_ins(owner: str, *, maker: str | None = None) -> None:
    """Have a log-in for each role, with the password that is derived from the owner's.

    ``maker``: the address of a superuser, where the owner may not make roles. Nothing is changed
    where all of them can log in.
    """
    parts = conninfo_to_dict(owner)
    missing = [role for role in ROLES if not _logs_in(derived(parts, role))]
    if not missing:
        return
    with psycopg.connect(maker or owner, autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(hashtext('log-ins'))")
        for role in missing:
            _make(session, role, derived(parts, role)["password"])
        if maker:
            _let_nobody_become(session, str(parts["user"]))


def _logs_in(parts: dict[str, Any]) -> bool:
    try:
        psycopg.connect(make_conninfo(**parts), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _make(session: psycopg.Connection[Any], role: str, password: str) -> None:
    # Another database of the same server may have it.
    with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
        session.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    session.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


def _let_nobody_become(session: psycopg.Connection[Any], owner: str) -> None:
    """An owner of an earlier version could become the roles it had made."""
    for role in ROLES:
        session.execute(
            sql.SQL("REVOKE {} FROM {} CASCADE").format(sql.Identifier(role), sql.Identifier(owner))
        )
    session.execute(sql.SQL("ALTER ROLE {} NOCREATEROLE").format(sql.Identifier(owner)))
