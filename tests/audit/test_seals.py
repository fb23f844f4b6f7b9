"""What `verify_audit` finds of what was done to the log by somebody with the owner's rights."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from audit.models import AuditRow, Seal
from audit.sealing import seal
from audit.verification import Tampering
from tests import servers
from tests.audit.sealed import (
    changes,
    found,
    intruder,
    kinds,
    last_seal,
    link_seals_anew,
    sealed_and_signed,
    stretch,
    write_seals_anew,
)
from tests.personas import World


def test_an_untouched_log_holds_and_the_command_says_so(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    number = sealed_and_signed()
    out = io.StringIO()
    call_command("verify_audit", "--all", stdout=out)
    rows = AuditRow.objects.count()
    said = f"{number} seals over {rows} rows, {rows} read, head {last_seal().hash}"
    assert out.getvalue().strip() == said


def test_a_seal_holds_a_thousand_rows_at_most(world: World) -> None:
    seal()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditrow (at, kind, actor_kind, actor, actor_body, action, purpose,"
            " subjects, shown_as, palette, categories, subject_type)"
            " SELECT now(), 'change', 'system', 'system:x', '', 'x', '', '{}', '{}', '', '{}', ''"
            " FROM generate_series(1, 1500)"
        )
    before = last_seal().number
    assert seal() == 2
    counts = Seal.objects.filter(number__gt=before).order_by("number")
    assert list(counts.values_list("row_count", flat=True)) == [1000, 500]
    assert seal() == 0
    assert found() == []


# Each column of a row, with something else to stand in it.
OTHER_VALUES = {
    "at": "at + interval '1 microsecond'",
    "written_at": "written_at + interval '1 microsecond'",
    "kind": "'change'",
    "actor_kind": "'director'",
    "actor": "'user:somebody'",
    "actor_body": "'social'",
    "actor_office_id": "NULL",
    "action": "'nothing'",
    "purpose": "'own_data'",
    "subjects": "ARRAY[actor_office_id]",
    "shown_as": "ARRAY[0]",
    "palette": "'plan_follow_up consent'",
    "categories": "'{plan_follow_up}'",
    "case_id": "actor_office_id",
    "person_id": "actor_office_id",
    "subject_type": "'goal'",
    "subject_id": "actor_office_id",
}


def test_no_column_of_a_row_is_left_out_of_the_check() -> None:
    columns = {field.column for field in AuditRow._meta.concrete_fields}
    assert columns - {"id"} == set(OTHER_VALUES)


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_a_row_with_anything_changed_in_it_is_found(world: World, login: Any, column: str) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    row = AuditRow.objects.latest("pk")
    assert row.subjects == [world.case.pk]
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute(
            f"UPDATE audit_auditrow SET {column} = {OTHER_VALUES[column]} WHERE id = %s", [row.pk]
        )
    assert [(fault.seal, fault.what) for fault in found()] == [(number, Tampering.ROWS_CHANGED)]


SEAL_COLUMNS = {
    "ids": "ids - int8multirange(int8range(lower(ids), lower(ids) + 1))",
    "top": "top + 1",
    "row_count": "row_count - 1",
    "first_at": "first_at - interval '1 s'",
    "last_at": "last_at + interval '1 s'",
    "digest": "hash",
    "laid_down": "NOT laid_down",
    "sealed_at": "sealed_at + interval '1 s'",
    "previous_hash": "hash",
    "hash": "digest",
}


def test_no_column_of_a_seal_is_left_out_of_the_check() -> None:
    columns = {field.column for field in Seal._meta.concrete_fields}
    assert columns - {"number"} == set(SEAL_COLUMNS)


@pytest.mark.parametrize("column", SEAL_COLUMNS)
def test_a_seal_with_anything_changed_in_it_is_found(world: World, column: str) -> None:
    changes(world, 3)
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute(
            f"UPDATE audit_seal SET {column} = {SEAL_COLUMNS[column]} WHERE number = %s", [number]
        )
    faults = found()
    assert (number, Tampering.SEAL_CHANGED) in [(fault.seal, fault.what) for fault in faults]


def test_a_removed_row_is_told_with_its_number(world: World) -> None:
    rows = changes(world, 5)
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = %s", [rows[2]])
    assert [str(fault) for fault in found()] == [f"seal {number}: rows_removed, {stretch(rows[2])}"]


def test_the_rows_of_a_whole_seal_do_not_go_early(world: World) -> None:
    """An empty seal means that its years are over, and says itself that they are not."""
    rows = changes(world, 2)
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = ANY(%s)", [rows])
    assert [(fault.seal, fault.what) for fault in found()] == [(number, Tampering.ROWS_REMOVED)]


def test_a_removed_seal_is_found(world: World) -> None:
    for _time in range(3):
        changes(world, 1)
        number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE number = %s", [number - 1])
    assert (number, Tampering.SEAL_REMOVED) in [(fault.seal, fault.what) for fault in found()]


def test_a_seal_that_hangs_on_another_than_the_one_before_is_found(world: World) -> None:
    for _time in range(2):
        changes(world, 1)
        seal()
    number = last_seal().number
    with intruder() as cursor:
        cursor.execute("UPDATE audit_seal SET previous_hash = digest WHERE number = %s", [number])
        cursor.execute(
            "UPDATE audit_seal s SET hash = audit_seal_hash(s) WHERE number = %s", [number]
        )
    assert [(fault.seal, fault.what) for fault in found()] == [(number, Tampering.SEAL_NOT_LINKED)]


def test_a_row_changed_with_everything_after_it_sealed_anew_is_told_by_the_signed_head(
    world: World,
) -> None:
    row = changes(world, 3)[1]
    number = sealed_and_signed()
    changes(world, 2)
    sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET actor = 'user:x' WHERE id = %s", [row])
        write_seals_anew(cursor)
    assert {(fault.seal, fault.what) for fault in found()} == {
        (number, Tampering.CHAIN_REPLACED), (number + 1, Tampering.CHAIN_REPLACED),
    }  # fmt: skip


def test_a_cut_end_is_told_by_the_signed_head(world: World) -> None:
    changes(world, 2)
    sealed_and_signed()
    rows = changes(world, 2)
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = ANY(%s)", [rows])
        cursor.execute("DELETE FROM audit_seal WHERE number = %s", [number])
    assert [(fault.seal, fault.what) for fault in found()] == [(number - 1, Tampering.END_CUT)]


def test_a_log_of_which_nothing_is_left_is_a_cut_end(world: World) -> None:
    sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("TRUNCATE audit_auditrow, audit_seal")
    assert kinds() == {Tampering.END_CUT}


def test_a_whole_log_written_anew_is_told_by_the_signed_head(world: World) -> None:
    changes(world, 2)
    sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action = 'harmless'")
        write_seals_anew(cursor)
    assert kinds() == {Tampering.CHAIN_REPLACED}


def test_an_expiry_that_was_forged_is_told_by_the_signed_head(world: World) -> None:
    """Rows gone and their seal made to say that their years were over."""
    rows = changes(world, 2)
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = ANY(%s)", [rows])
        cursor.execute(
            "UPDATE audit_seal SET sealed_at = sealed_at - interval '13 years',"
            " first_at = first_at - interval '13 years', last_at = last_at - interval '13 years'"
            " WHERE number = %s", [number],
        )  # fmt: skip
        link_seals_anew(cursor)
    assert [(fault.seal, fault.what) for fault in found()] == [(number, Tampering.CHAIN_REPLACED)]


@pytest.mark.usefixtures("committed_db")
def test_what_is_written_while_a_seal_is_made_is_not_younger_than_the_seal() -> None:
    """The sealer waits for the table; what comes into it meanwhile lies under the same seal."""
    address = servers.url_of(connection.settings_dict["NAME"])
    sealed_and_signed()
    with (
        psycopg.connect(address) as writer,
        psycopg.connect(address, autocommit=True) as sealer,
        ThreadPoolExecutor(1) as beside,
    ):
        writer.execute("LOCK TABLE audit_auditrow IN ACCESS EXCLUSIVE MODE")
        sealing = beside.submit(sealer.execute, "SELECT audit_seal_rows(1000, false)")
        while not writer.execute(
            "SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", [sealer.info.backend_pid]
        ).fetchone():
            pass
        writer.execute(
            "INSERT INTO audit_auditrow (at, kind, actor_kind, actor, actor_body, action, purpose,"
            " subjects, shown_as, palette, categories, subject_type) VALUES (clock_timestamp(),"
            " 'change', 'worker', 'user:x', '', 'x', '', '{}', '{}', '', '{}', '')"
        )
        writer.commit()
        assert sealing.result().fetchone() is not None
    assert last_seal().row_count == 1
    assert last_seal().last_at <= last_seal().sealed_at
    assert found() == []
