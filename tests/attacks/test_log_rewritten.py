"""Somebody looked at a case they had no business with, and has the owner's rights in the database.

They have turned off whatever stops the owner, and they know how a seal is made: everything they
leave fits together. What they do not have is the key that signs, and the folder outside the
database where the heads lie. And somebody who has only taken over the web process tries the same.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from audit.models import AuditRow
from common.clock import machine_now
from common.database_roles import WEB
from config.log_ins import derived
from tests import servers
from tests.audit.sealed import link_seals_anew, sealed_and_signed, write_seals_anew
from tests.looks import looks_at
from tests.personas import World

OFF = (
    "ALTER TABLE audit_auditrow DISABLE TRIGGER USER; ALTER TABLE audit_seal DISABLE TRIGGER USER;"
)
ON = OFF.replace("DISABLE", "ENABLE")


@pytest.fixture
def looked_at(committed_db: None, login: Any) -> World:
    """A log of some days, sealed and signed, with one look in the middle that is to be hidden."""
    world = World.load()
    for who in ("employment", "social", "kela", "employment"):
        assert login(who).get(f"/cases/{world.case.pk}/").status_code == 200
        sealed_and_signed()
    assert said_by_verifying() == ""
    return world


@pytest.fixture
def owner(looked_at: World) -> Iterator[Any]:
    """A session of the owner of the tables."""
    with psycopg.connect(own_address(), autocommit=True) as session:
        session.execute(OFF)
        yield session


def own_address() -> str:
    return servers.url_of(connection.settings_dict["NAME"])


def hidden(world: World) -> int:
    """The number of the row that is to be hidden."""
    return looks_at(world.case.pk, actor=world.actor("social").label)[-1].number


def said_by_verifying(*how: str) -> str:
    """What the command says is wrong; nothing where all holds."""
    out = io.StringIO()
    try:
        call_command("verify_audit", *how, stdout=out)
    except CommandError:
        return out.getvalue()
    return ""


def another_reader(owner: Any, world: World) -> None:
    """The row names somebody else, and every seal from there on is made anew."""
    owner.execute(
        "UPDATE audit_auditrow SET actor = %s WHERE id = %s",
        [world.actor("kela").label, hidden(world)],
    )
    write_seals_anew(owner)


def a_cut_end(owner: Any, world: World) -> None:
    """Everything from the row on is gone, seals and all."""
    owner.execute("DELETE FROM audit_seal WHERE upper(ids) > %s", [hidden(world)])
    owner.execute("DELETE FROM audit_auditrow WHERE id > (SELECT max(top) FROM audit_seal)")


def another_log(owner: Any, world: World) -> None:
    """The whole log is written anew without the row: other numbers, other seals, all fitting."""
    number = hidden(world)
    owner.execute("DELETE FROM audit_seal")
    owner.execute("DELETE FROM audit_auditrow WHERE id = %s", [number])
    owner.execute("UPDATE audit_auditrow SET id = id - 1 WHERE id > %s", [number])
    while owner.execute("SELECT audit_seal_rows(60, false)").fetchone() != (None,):
        pass  # as many seals as were signed, and more


def a_forged_expiry(owner: Any, world: World) -> None:
    """The rows of its seal are gone, and the seal says that their twelve years were over."""
    number = hidden(world)
    owner.execute(
        "DELETE FROM audit_auditrow r USING audit_seal s"
        " WHERE s.ids @> %s::bigint AND s.ids @> r.id",
        [number],
    )
    owner.execute(
        "UPDATE audit_seal SET first_at = first_at - interval '13 years',"
        " last_at = last_at - interval '13 years', sealed_at = sealed_at - interval '13 years'"
        " WHERE ids @> %s::bigint",
        [number],
    )
    link_seals_anew(owner)


def a_back_dated_row(owner: Any, world: World) -> None:
    """A row that says somebody else had looked first, last week."""
    last_week = machine_now() - timedelta(days=7)
    owner.execute(
        "INSERT INTO audit_auditrow (at, written_at, kind, actor_kind, actor, actor_body, action,"
        " purpose, subjects, shown_as, palette, categories, subject_type)"
        " SELECT %s, %s, kind, actor_kind, %s, actor_body, action, purpose, subjects, shown_as,"
        " palette, categories, subject_type FROM audit_auditrow WHERE id = %s",
        [last_week, last_week, world.actor("kela").label, hidden(world)],
    )


WAYS: dict[str, tuple[Callable[[Any, World], None], str]] = {
    "a changed row, sealed anew to the end": (another_reader, "chain_replaced"),
    "a cut end": (a_cut_end, "end_cut"),
    "a whole chain replaced": (another_log, "chain_replaced"),
    "a forged expiry": (a_forged_expiry, "chain_replaced"),
    "a back-dated row": (a_back_dated_row, "back_dated"),
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_owns_the_tables_and_rewrites_the_log_is_found(
    looked_at: World, owner: Any, way: str
) -> None:
    """By the night, which does not read everything, and by whoever reads it all."""
    rewrite, found = WAYS[way]
    rewrite(owner, looked_at)
    owner.execute(ON)
    if way == "a back-dated row":  # it goes under the next seal, as any other
        connection.close()
        with psycopg.connect(own_address(), autocommit=True) as sealing:
            sealing.execute("SELECT audit_seal_rows(1000, false)")
    for how in ((), ("--all",)):
        said = said_by_verifying(*how)
        assert found in said, way
        assert "seal " in said, "it says where"
        assert looked_at.case.person.last_name not in said


@pytest.mark.parametrize("way", WAYS)
def test_whoever_has_taken_over_the_web_process_is_refused_each(looked_at: World, way: str) -> None:
    """With its own log-in and nothing else; what it appends says when it was written."""
    log_in = derived(dict(conninfo_to_dict(own_address())), WEB)
    before = list(AuditRow.objects.order_by("pk").values_list("pk", "written_at"))
    with psycopg.connect(make_conninfo(**log_in), autocommit=True) as session:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(OFF)
        if way != "a back-dated row":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                WAYS[way][0](session, looked_at)
        else:
            a_back_dated_row(session, looked_at)
    *kept, _new = AuditRow.objects.order_by("pk").values_list("pk", "written_at")
    if way != "a back-dated row":
        kept = [*kept, _new]
    assert kept == before
    sealed_and_found = said_after_sealing()
    assert sealed_and_found == "" if way != "a back-dated row" else "back_dated" in sealed_and_found


def said_after_sealing() -> str:
    with psycopg.connect(own_address(), autocommit=True) as sealing:
        sealing.execute("SELECT audit_seal_rows(1000, false)")
    return said_by_verifying()
