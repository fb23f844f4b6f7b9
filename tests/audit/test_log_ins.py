"""Who logs in to the database may do their own work and nobody else's."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from caseplan.messages.models import Attachment, Message
from common.database_roles import KEEPER, ROLES, SEALER, WEB, standing_models
from config.log_ins import derived
from consent.models import Consent, ConsentLine
from tests import servers
from tests.personas import World

LOG = {"audit_auditrow", "audit_seal"}


def ask(statement: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def may(role: str, right: str) -> set[str]:
    """The tables on the whole of which a role has a right."""
    rows = ask(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind IN ('r', 'p') AND has_table_privilege(%s, c.oid, %s)",
        [role, right],
    )
    return {name for (name,) in rows}


def may_change(role: str) -> dict[str, set[str]]:
    """Of each table the columns that a role may change."""
    rows = ask(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(%s, c.oid, a.attnum,"
        " 'UPDATE')",
        [role],
    )
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_log_in_owns_anything_or_is_a_member_of_another(world: World, role: str) -> None:
    assert ask("SELECT relname FROM pg_class WHERE relowner = %s::regrole", [role]) == []
    assert ask("SELECT proname FROM pg_proc WHERE proowner = %s::regrole", [role]) == []
    flags = "rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication"
    assert ask(f"SELECT {flags} FROM pg_roles WHERE rolname = %s", [role]) == [(False,)]
    owners = "SELECT DISTINCT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    rows = ask(
        "SELECT r.rolname FROM pg_roles r WHERE r.rolname <> %s"
        " AND pg_has_role(%s, r.oid, 'MEMBER')"
        f" AND (r.rolname = ANY(%s) OR r.oid IN ({owners}))",
        [role, role, list(ROLES)],
    )
    assert rows == []


def test_what_stands_for_ever_is_every_history_and_what_its_model_says(world: World) -> None:
    standing = set(standing_models())
    histories = {m for m in apps.get_models() if m.__name__.startswith("Historical")}
    assert len(histories) > 10
    assert histories <= standing
    assert {Message, Attachment, Consent, ConsentLine} <= standing - histories


@pytest.mark.parametrize("role", [WEB, KEEPER])
def test_what_stands_for_ever_is_changed_by_nobody_who_logs_in(world: World, role: str) -> None:
    """Table by table: what its model lets change, and not a column more."""
    changed = may_change(role)
    for model, columns in standing_models().items():
        assert changed.get(model._meta.db_table, set()) == set(columns), model._meta.label
    assert not LOG & set(changed)


def test_the_web_takes_nothing_away_of_it(world: World) -> None:
    standing = {model._meta.db_table for model in standing_models()} | LOG
    assert len(standing) > 15
    assert not standing & (may(WEB, "DELETE") | may(WEB, "TRUNCATE"))
    # What it empties is what it has read in of an extract.
    assert {name for name in may(WEB, "TRUNCATE") if "staged" not in name} == set()


def test_the_log_is_appended_to_by_two_and_sealed_by_one(world: World) -> None:
    for role in ROLES:
        assert not LOG & (may(role, "UPDATE") | may(role, "DELETE") | may(role, "TRUNCATE")), role
        assert not LOG & may(role, "INSERT"), role  # by column: never a number of their own
    assert may(SEALER, "SELECT") >= LOG
    assert may(SEALER, "SELECT") == LOG
    for function, whose in (
        ("audit_seal_rows(integer, boolean)", SEALER), ("audit_expire(timestamptz)", KEEPER),
    ):  # fmt: skip
        asked = "SELECT has_function_privilege(%s, %s, 'EXECUTE')"
        allowed = {role for role in ROLES if ask(asked, [role, function]) == [(True,)]}
        assert allowed == {whose}


@pytest.mark.usefixtures("committed_db")
def test_they_log_in_by_passwords_of_their_own_and_step_aside_from_nothing() -> None:
    owner = conninfo_to_dict(servers.url_of(connection.settings_dict["NAME"]))
    passwords = {derived(owner, role)["password"] for role in ROLES}
    assert len({*passwords, owner["password"]}) == 1 + len(ROLES)
    for role in ROLES:
        with psycopg.connect(make_conninfo(**derived(owner, role)), autocommit=True) as session:
            assert session.execute("SELECT session_user, current_user").fetchone() == (role, role)
            for other in (*(set(ROLES) - {role}), owner["user"]):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    session.execute(f"SET ROLE {other}")
