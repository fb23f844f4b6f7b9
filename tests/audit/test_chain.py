"""`verify_audit` finds what was done to the log by somebody with every right in the database."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit.models import AuditRow, Checkpoint
from audit.selectors import Tampering, chain_fingerprint, find_tampering
from audit.services import record_change, record_search, remove_expired_rows
from cases.services import end_of_day
from common.actor import system_actor
from common.clock import day_of
from common.dates import add_months
from operations.services import run_night
from statutes.reader import law_on
from tests import servers
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
    return [(fault.chain, fault.seq, fault.what) for fault in find_tampering()]


def test_an_untouched_log_holds(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert re.search(r"\d+ chains, fingerprint [0-9a-f]{64}", out.getvalue())
    assert len(rows_of(world)) > 10


# Each column of a row, with something else to stand in it.
OTHER_VALUES = {
    "chain": "'case:another'",
    "seq": "seq + 1000",
    "at": "at + interval '1 microsecond'",
    "kind": "'change'",
    "actor_kind": "'director'",
    "actor": "'user:somebody'",
    "actor_body": "'social'",
    "actor_office_id": "NULL",
    "action": "'nothing'",
    "purpose": "'own_data'",
    "categories": "'{}'",
    "grounds": """'{"plan_follow_up": "consent"}'""",
    "case_id": "person_id",
    "person_id": "case_id",
    "subject_type": "'goal'",
    "subject_id": "person_id",
    "previous_hash": "hash",
    "hash": "previous_hash",
}


def test_no_column_of_a_row_is_left_out_of_the_check() -> None:
    columns = {field.column for field in AuditRow._meta.concrete_fields}
    assert columns - {"id"} == set(OTHER_VALUES)


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_a_row_with_anything_changed_in_it_is_found(world: World, login: Any, column: str) -> None:
    for _time in range(2):
        login("kela").get(f"/cases/{world.case.pk}/")
    row = AuditRow.objects.filter(chain=chain_of(world), action="case_opened").order_by("-seq")[1]
    assert row.categories
    with intruder() as cursor:
        cursor.execute(
            f"UPDATE audit_auditrow SET {column} = {OTHER_VALUES[column]} WHERE id = %s",
            [row.pk],
        )
    faults = found()
    assert faults
    if column not in ("chain", "seq", "hash"):  # those also tear the row from its neighbours
        assert faults == [(chain_of(world), row.seq, Tampering.CHANGED)]


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


def test_a_row_inserted_between_two_others_is_found(world: World) -> None:
    rows = rows_of(world)
    with intruder() as cursor:
        for row in reversed(rows[2:]):
            cursor.execute("UPDATE audit_auditrow SET seq = seq + 1 WHERE id = %s", [row.pk])
        cursor.execute(
            """
            INSERT INTO audit_auditrow (chain, seq, at, kind, actor_kind, actor, actor_body, action,
              purpose, categories, grounds, subject_type, previous_hash, hash)
            SELECT chain, 3, at, kind, actor_kind, 'user:x', actor_body, action, purpose,
              categories, grounds, subject_type, hash, '' FROM audit_auditrow WHERE id = %s
            """,
            [rows[1].pk],
        )
        cursor.execute(
            "UPDATE audit_auditrow r SET hash = audit_digest(r) WHERE chain = %s AND seq = 3",
            [chain_of(world)],
        )
    assert (chain_of(world), 4, Tampering.CHANGED) in found()


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


@pytest.mark.usefixtures("committed_db")
def test_whoever_runs_it_by_the_clock_learns_by_its_exit_status() -> None:
    world = World.load()
    env = {**os.environ, "DATABASE_URL": servers.url_of(connection.settings_dict["NAME"])}
    command = [sys.executable, "manage.py", "verify_audit"]

    def verify() -> tuple[int, str]:
        ran = subprocess.run(
            command, env=env, cwd=servers.ROOT, capture_output=True, text=True, check=False
        )
        return ran.returncode, ran.stdout + ran.stderr

    assert verify()[0] == 0
    with transaction.atomic(), intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE chain = %s AND seq = 2", [chain_of(world)])
    status, said = verify()
    assert status == 1
    assert chain_of(world) in said
    for name in (world.case.person.last_name, world.case.person.first_names, "Eeva", "Employment"):
        assert name not in said


def test_a_log_written_anew_has_another_fingerprint(world: World) -> None:
    _chains, before = chain_fingerprint()
    record_search(
        actor=world.actor("kela"), action="identity_code_searched", code_hash="0" * 64,
        now=world.now,
    )  # fmt: skip
    assert chain_fingerprint()[1] != before


# Expiry


def old_rows(world: World, ages: list[int], *moments: datetime) -> None:
    """Rows of another chain, so many days old, in that order; then rows of the moments."""
    for at in (*(world.now - timedelta(days=age) for age in ages), *moments):
        record_change(
            actor=system_actor("test"), action="x", subject_type="x", subject_id=None,
            person_id=world.case.pk, now=at,
        )  # fmt: skip


def test_after_twelve_years_rows_go_and_the_rest_still_holds(world: World) -> None:
    old_rows(world, [4600, 4500, 4390, 4380, 10])
    chain = f"person:{world.case.pk}"
    assert remove_expired_rows(before=add_months(world.now, -144)) == 3
    assert AuditRow.objects.filter(chain=chain).count() == 2
    point = Checkpoint.objects.get(chain=chain)
    assert (point.seq, point.removed) == (3, 3)
    assert found() == []
    assert remove_expired_rows(before=add_months(world.now, -144)) == 0


def test_the_night_removes_what_is_older_than_the_figure_and_not_a_day_more(world: World) -> None:
    on = day_of(world.now)
    kept_from = add_months(on, -12 * int(law_on(on).figure("access_log_years").value))
    first_kept = end_of_day(kept_from - timedelta(days=1))  # the moment the day begins
    gone = (first_kept - timedelta(days=900), first_kept - timedelta(microseconds=1))
    old_rows(world, [], *gone, first_kept, world.now)
    run = run_night(actor=system_actor("night"), on=on, now=lambda: world.now)
    assert run.failure == ""
    assert run.counts["log_rows_expired"] == 2
    left = AuditRow.objects.filter(chain=f"person:{world.case.pk}").order_by("seq")
    assert [row.at for row in left] == [first_kept, world.now]
    assert found() == []


def test_a_night_run_for_a_day_to_come_removes_nothing_early(world: World) -> None:
    old_rows(world, [365 * 11])
    in_two_years = day_of(world.now) + timedelta(days=730)
    run = run_night(actor=system_actor("night"), on=in_two_years, now=lambda: world.now)
    assert run.failure == ""
    assert run.counts["log_rows_expired"] == 0


def test_a_checkpoint_that_was_taken_away_or_altered_is_found(world: World) -> None:
    old_rows(world, [4600, 4500, 10])
    remove_expired_rows(before=add_months(world.now, -144))
    chain = f"person:{world.case.pk}"
    with intruder() as cursor:
        cursor.execute("UPDATE audit_checkpoint SET hash = repeat('0', 64) WHERE seq = 2")
    assert found() == [(chain, 3, Tampering.NOT_LINKED)]
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_checkpoint WHERE chain = %s", [chain])
    assert found() == [(chain, 3, Tampering.REMOVED)]


def test_rows_that_expired_by_hand_are_found(world: World) -> None:
    """A checkpoint is no cover for taking away more than it says."""
    old_rows(world, [4600, 4500, 10])
    remove_expired_rows(before=add_months(world.now, -144))
    chain = f"person:{world.case.pk}"
    old_rows(world, [9])
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE chain = %s AND seq = 3", [chain])
    assert found() == [(chain, 4, Tampering.REMOVED)]


def test_a_chain_that_expired_whole_holds_and_goes_on(world: World) -> None:
    old_rows(world, [4600, 4500])
    assert remove_expired_rows(before=add_months(world.now, -144)) == 2
    assert found() == []
    old_rows(world, [1])
    assert found() == []
    row = AuditRow.objects.get(chain=f"person:{world.case.pk}")
    assert row.seq == 3


def test_of_two_checkpoints_of_a_chain_the_newest_counts(world: World) -> None:
    for age in (4600, 4500):
        old_rows(world, [age])
        assert remove_expired_rows(before=add_months(world.now, -144)) == 1
    old_rows(world, [10, 9])
    assert Checkpoint.objects.filter(chain=f"person:{world.case.pk}").count() == 2
    assert found() == []


def test_faults_are_told_chain_by_chain_in_the_order_of_the_rows(world: World) -> None:
    old_rows(world, [50, 40, 30, 20, 10])
    chain = f"person:{world.case.pk}"
    with intruder() as cursor:
        cursor.execute(
            "UPDATE audit_auditrow SET action = 'y' WHERE chain = %s AND seq IN (4, 2)", [chain]
        )
        cursor.execute(
            "UPDATE audit_auditrow SET action = 'y' WHERE chain = %s AND seq IN (9, 3)",
            [chain_of(world)],
        )
    told = [(name, seq) for name, seq, _what in found()]
    assert told == [(chain_of(world), 3), (chain_of(world), 9), (chain, 2), (chain, 4)]


def test_faults_of_one_chain_are_told_by_their_rows_whatever_their_kinds(world: World) -> None:
    rows = rows_of(world)
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = %s", [rows[1].pk])
        cursor.execute("UPDATE audit_auditrow SET action = 'y' WHERE id = %s", [rows[4].pk])
    assert found() == [
        (chain_of(world), rows[2].seq, Tampering.REMOVED),
        (chain_of(world), rows[4].seq, Tampering.CHANGED),
    ]


def test_an_end_that_was_written_anew_is_found_by_its_hash_alone(world: World) -> None:
    """The last row changed with its own hash: it has no next row that would tell it."""
    row = rows_of(world)[-1]
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET actor = 'user:x' WHERE id = %s", [row.pk])
        cursor.execute("UPDATE audit_auditrow r SET hash = audit_digest(r) WHERE id = %s", [row.pk])
    assert found() == [(chain_of(world), row.seq, Tampering.END_DIFFERS)]


def test_a_chain_of_which_only_the_end_is_known_is_told_with_no_row(world: World) -> None:
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE chain = %s", [chain_of(world)])
    assert found() == [(chain_of(world), 0, Tampering.END_DIFFERS)]


def test_an_old_row_behind_a_young_one_waits_for_it(world: World) -> None:
    """A clock set back wrote it: the chain is cut only from its beginning."""
    old_rows(world, [4600, 10, 4500])
    assert remove_expired_rows(before=add_months(world.now, -144)) == 1
    assert found() == []


@pytest.mark.parametrize("days", [0, 365, 365 * 11])
def test_nothing_younger_than_twelve_years_is_ever_removed(world: World, days: int) -> None:
    with pytest.raises(DatabaseError, match="twelve years"), transaction.atomic():
        remove_expired_rows(before=world.now - timedelta(days=days))


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
