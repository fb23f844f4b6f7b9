"""`verify_audit` finds what was done to the log by somebody with every right in the database."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit.models import AuditRow, Checkpoint
from audit.selectors import Tampering, fingerprint, tampered
from audit.services import expire, record_change, record_search
from common.actor import system_actor
from common.dates import add_months
from tests.personas import World

YEARS_12 = timedelta(days=365 * 12 + 4)


@contextmanager
def intruder() -> Iterator[Any]:
    """A cursor of the owner of the tables with their triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE audit_auditrow DISABLE TRIGGER USER")
        try:
            yield cursor
        finally:
            cursor.execute("ALTER TABLE audit_auditrow ENABLE TRIGGER USER")
            cursor.execute("SET ROLE yhdessa_web")


def chain_of(world: World) -> str:
    return f"case:{world.case.pk}"


def rows_of(world: World) -> list[AuditRow]:
    return list(AuditRow.objects.filter(chain=chain_of(world)).order_by("seq"))


def found() -> list[tuple[str, int, Tampering]]:
    return [(fault.chain, fault.seq, fault.what) for fault in tampered()]


def test_an_untouched_log_holds(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert re.search(r"\d+ chains, fingerprint [0-9a-f]{64}", out.getvalue())
    assert len(rows_of(world)) > 10


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:somebody'",
        "at = at + interval '1 microsecond'",
        "categories = '{}'",
        'grounds = \'{"plan_follow_up": "consent"}\'',
        "action = 'nothing'",
        "purpose = 'own_data'",
        "case_id = person_id",
        "actor_office_id = NULL",
        "subject_id = person_id",
    ],
)
def test_a_changed_row_is_found(world: World, login: Any, change: str) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    row = (
        AuditRow.objects.filter(chain=chain_of(world), kind="access")
        .exclude(grounds={})
        .order_by("seq")[0]
    )
    with intruder() as cursor:
        cursor.execute(f"UPDATE audit_auditrow SET {change} WHERE id = %s", [row.pk])
    assert found() == [(chain_of(world), row.seq, Tampering.CHANGED)]


def test_a_row_changed_with_its_hash_made_again_is_found_at_the_next_one(world: World) -> None:
    row = rows_of(world)[3]
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET actor = 'user:x' WHERE id = %s", [row.pk])
        cursor.execute("UPDATE audit_auditrow r SET hash = audit_digest(r) WHERE id = %s", [row.pk])
    assert found() == [(chain_of(world), row.seq + 1, Tampering.NOT_LINKED)]


@pytest.mark.parametrize("place", [0, 4])
def test_a_removed_row_is_found(world: World, place: int) -> None:
    row = rows_of(world)[place]
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = %s", [row.pk])
    assert found() == [(chain_of(world), row.seq + 1, Tampering.REMOVED)]


def test_rows_cut_off_the_end_are_found(world: World) -> None:
    rows = rows_of(world)
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = ANY(%s)", [[r.pk for r in rows[-2:]]])
    assert found() == [(chain_of(world), rows[-3].seq, Tampering.END_DIFFERS)]


def test_a_whole_chain_taken_away_is_found(world: World) -> None:
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE chain = %s", [chain_of(world)])
    assert [what for chain, _seq, what in found() if chain == chain_of(world)] == [
        Tampering.END_DIFFERS
    ]


def test_an_inserted_row_is_found(world: World) -> None:
    row = rows_of(world)[-1]
    with intruder() as cursor:
        cursor.execute(
            """
            INSERT INTO audit_auditrow (chain, seq, at, kind, actor_kind, actor, actor_body, action,
              purpose, categories, grounds, subject_type, previous_hash, hash)
            SELECT chain, seq + 1, at, kind, actor_kind, 'user:x', actor_body, action, purpose,
              categories, grounds, subject_type, hash, '' FROM audit_auditrow WHERE id = %s
            """,
            [row.pk],
        )
        cursor.execute(
            "UPDATE audit_auditrow r SET hash = audit_digest(r) WHERE chain = %s AND seq = %s",
            [row.chain, row.seq + 1],
        )
    # Well made as it is, the end of the chain says it does not belong.
    assert found() == [(row.chain, row.seq + 1, Tampering.END_DIFFERS)]


def test_two_rows_that_changed_places_are_found(world: World) -> None:
    first, second = rows_of(world)[2:4]
    with intruder() as cursor:
        for row, seq in ((first, -1), (second, first.seq), (first, second.seq)):
            cursor.execute("UPDATE audit_auditrow SET seq = %s WHERE id = %s", [seq, row.pk])
    kinds = {what for _chain, _seq, what in found()}
    assert Tampering.CHANGED in kinds


def test_the_command_fails_names_the_case_by_its_key_and_nobody(world: World) -> None:
    row = rows_of(world)[2]
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action = 'x' WHERE id = %s", [row.pk])
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 place"):
        call_command("verify_audit", stdout=out)
    assert f"{chain_of(world)} row {row.seq}: changed" in out.getvalue()
    assert world.case.person.last_name not in out.getvalue()


def test_a_log_written_anew_has_another_fingerprint(world: World) -> None:
    _chains, before = fingerprint()
    record_search(
        actor=world.actor("kela"), action="identity_code_searched", code_hash="0" * 64,
        now=world.now,
    )  # fmt: skip
    assert fingerprint()[1] != before


# Expiry


def old_rows(world: World, ages: list[int]) -> None:
    """Rows of another chain, so many days old, the oldest first."""
    for age in ages:
        record_change(
            actor=system_actor("test"), action="x", subject_type="x", subject_id=None,
            person_id=world.case.pk, now=world.now - timedelta(days=age),
        )  # fmt: skip


def test_after_twelve_years_rows_go_and_the_rest_still_holds(world: World) -> None:
    old_rows(world, [4600, 4500, 4390, 4380, 10])
    chain = f"person:{world.case.pk}"
    assert expire(before=add_months(world.now, -144)) == 3
    assert AuditRow.objects.filter(chain=chain).count() == 2
    point = Checkpoint.objects.get(chain=chain)
    assert (point.seq, point.removed) == (3, 3)
    assert found() == []
    assert expire(before=add_months(world.now, -144)) == 0


def test_rows_that_expired_by_hand_are_found(world: World) -> None:
    """A checkpoint is no cover for taking away more than it says."""
    old_rows(world, [4600, 4500, 10])
    expire(before=add_months(world.now, -144))
    chain = f"person:{world.case.pk}"
    old_rows(world, [9])
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE chain = %s AND seq = 3", [chain])
    assert found() == [(chain, 4, Tampering.REMOVED)]


def test_a_chain_that_expired_whole_holds_and_goes_on(world: World) -> None:
    old_rows(world, [4600, 4500])
    assert expire(before=add_months(world.now, -144)) == 2
    assert found() == []
    old_rows(world, [1])
    assert found() == []
    row = AuditRow.objects.get(chain=f"person:{world.case.pk}")
    assert row.seq == 3


def test_an_old_row_behind_a_young_one_waits_for_it(world: World) -> None:
    """A clock set back wrote it: the chain is cut only from its beginning."""
    old_rows(world, [4600, 10, 4500])
    assert expire(before=add_months(world.now, -144)) == 1
    assert found() == []


@pytest.mark.parametrize("days", [0, 365, 365 * 11])
def test_nothing_younger_than_twelve_years_is_ever_removed(world: World, days: int) -> None:
    with pytest.raises(DatabaseError, match="twelve years"), transaction.atomic():
        expire(before=world.now - timedelta(days=days))


def test_the_web_role_may_not_expire_nor_pretend_to(world: World) -> None:
    old_rows(world, [4600])
    long_ago: datetime = world.now - YEARS_12
    for statement in (
        "SELECT audit_expire(%s)",
        "DELETE FROM audit_auditrow WHERE at < %s",
        "UPDATE audit_checkpoint SET removed = 1 WHERE made_at > %s",
        "INSERT INTO audit_checkpoint (chain, seq, hash, removed, made_at)"
        " VALUES ('x', 1, '', 1, %s)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.audit_expiry', 'on', true)")
            cursor.execute(statement, [long_ago])
