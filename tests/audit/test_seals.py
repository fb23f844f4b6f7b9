"""What `verify_audit` finds of what was done to the log by somebody with the owner's rights."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import heads
from audit.models import AuditRow, Seal
from audit.sealing import attest, seal
from audit.services import record_change, remove_expired_rows
from audit.verification import NIGHTS, Tampering, verify
from common.actor import Actor, system_actor
from common.clock import day_of, machine_now
from common.dates import add_months
from config.keys import load_audit
from operations.services import run_night
from tests.audit.sealed import (
    found,
    grow_older,
    intruder,
    kinds,
    last_seal,
    link_seals_anew,
    sealed_and_signed,
    write_seals_anew,
)
from tests.operations.test_night_runs import Time
from tests.personas import World

DAY = timedelta(days=1)
YEARS_13 = timedelta(days=13 * 366)


def changes(world: World, count: int, *, by: Actor | None = None, **given: Any) -> list[int]:
    """So many rows, and their ids."""
    before = AuditRow.objects.latest("pk").pk
    for _n in range(count):
        record_change(
            actor=by or system_actor("test"), action="x", subject_type="x", subject_id=None,
            case_id=world.case.pk, now=given.get("now", machine_now()),
        )  # fmt: skip
    return list(AuditRow.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))


def stretch(*ids: int) -> str:
    return "rows {" + ",".join(f"[{n},{n + 1})" for n in ids) + "}"


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


# Back-dated rows


def test_whoever_logs_in_writes_within_the_hour_of_what_they_did(world: World) -> None:
    seal()
    kela = world.actor("kela")
    changes(world, 1, by=kela, now=machine_now() - timedelta(minutes=59))
    early, late = (
        changes(world, 1, by=kela, now=machine_now() + sign * timedelta(minutes=61))[0]
        for sign in (-1, 1)
    )
    changes(world, 1, now=machine_now() - 300 * DAY)  # the system speaks of other days
    number = last_seal().number + 1
    seal()
    assert [str(fault) for fault in found()] == [
        f"seal {number}: back_dated, rows {{[{early},{late + 1})}}"
    ]


def test_in_a_demo_whose_clock_stands_ahead_tomorrow_is_no_fault(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()
    changes(world, 1, by=world.actor("kela"), now=machine_now() + 3 * DAY)
    seal()
    assert kinds() == {Tampering.BACK_DATED}
    monkeypatch.setattr(settings, "DAYS_AHEAD_FILE", "somewhere")
    assert kinds() == set()


def test_a_row_that_says_it_was_written_before_its_neighbours_is_found(world: World) -> None:
    seal()
    changes(world, 2)
    with intruder() as cursor:  # no trigger says otherwise
        cursor.execute(
            "INSERT INTO audit_auditrow (at, written_at, kind, actor_kind, actor, actor_body,"
            " action, purpose, subjects, shown_as, palette, categories, subject_type)"
            " SELECT at - interval '1 day', written_at - interval '1 day', kind, actor_kind, actor,"
            " actor_body, action, purpose, subjects, shown_as, palette, categories, subject_type"
            " FROM audit_auditrow ORDER BY id DESC LIMIT 1 RETURNING id"
        )
        (forged,) = cursor.fetchone()
    number = last_seal().number + 1
    seal()
    assert [str(fault) for fault in found()] == [f"seal {number}: back_dated, {stretch(forged)}"]


def test_under_one_seal_a_row_is_compared_with_those_before_it(world: World) -> None:
    """Also where all that was sealed before is older still."""
    seal()
    first, second, third = changes(world, 3)
    with intruder() as cursor:
        for row, minutes in ((first, 30), (second, 34), (third, 36)):
            cursor.execute(
                "UPDATE audit_auditrow SET written_at = written_at + %s * interval '1 minute'"
                " WHERE id = %s", [60 - minutes, row],
            )  # fmt: skip
        # Sealed in an hour, as it were: what is under the seal is no later than the seal.
        cursor.execute("SELECT audit_seal_rows(1000, false)")
        cursor.execute("UPDATE audit_seal SET sealed_at = sealed_at + interval '1 hour'"
                       " WHERE number = (SELECT max(number) FROM audit_seal)")  # fmt: skip
        write_seals_anew(cursor)
    assert [str(fault) for fault in found()] == [
        f"seal {last_seal().number}: back_dated, {stretch(third)}"
    ], "four minutes are the clock's, six are not"


def test_a_row_that_says_it_was_written_after_it_was_sealed_is_found(world: World) -> None:
    (row,) = changes(world, 1)
    seal()
    with intruder() as cursor:
        cursor.execute(
            "UPDATE audit_auditrow SET written_at = written_at + interval '1 minute' WHERE id = %s",
            [row],
        )
        write_seals_anew(cursor)
    assert [str(fault) for fault in found()] == [
        f"seal {last_seal().number}: back_dated, {stretch(row)}"
    ]


def test_a_row_alone_under_its_seal_is_compared_with_the_seal_before(world: World) -> None:
    changes(world, 1)
    seal()
    (alone,) = changes(world, 1)
    with intruder() as cursor:
        cursor.execute(
            "UPDATE audit_auditrow SET written_at = written_at - interval '10 minutes'"
            " WHERE id = %s", [alone],
        )  # fmt: skip
    seal()
    assert [str(fault) for fault in found()] == [
        f"seal {last_seal().number}: back_dated, {stretch(alone)}"
    ]


def test_an_artificial_past_is_laid_down_in_a_demo_and_first_of_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Seal.objects.filter(laid_down=True).exists()
    assert found() == []
    changes(world, 1)
    seal()
    changes(world, 1)
    with pytest.raises(DatabaseError, match="nothing more is laid down"), transaction.atomic():
        seal(laid_down=True)
    monkeypatch.setattr(settings, "DEMO", False)
    assert kinds() == {Tampering.BACK_DATED}


def test_a_past_said_to_be_artificial_after_what_people_wrote_is_found(world: World) -> None:
    """Else whoever owns the tables would call a back-dated row one of the demo's."""
    for _time in range(2):
        changes(world, 1)
        seal()
    number = last_seal().number
    with intruder() as cursor:
        cursor.execute("UPDATE audit_seal SET laid_down = true WHERE number = %s", [number])
        write_seals_anew(cursor)
    assert [str(fault) for fault in found()] == [
        f"seal {number}: back_dated, said to be an artificial past"
    ]


# Rows that were not at their end, and rows that came from nowhere


def burnt_id() -> int:
    """The number of a transaction that has begun to write and is not at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_auditrow', 'id'))")
        return int(cursor.fetchone()[0])


def appears(number: int) -> None:
    """That transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "INSERT INTO audit_auditrow (id, at, kind, actor_kind, actor, actor_body, action,"
            " purpose, subjects, shown_as, palette, categories, subject_type) VALUES (%s, now(),"
            " 'change', 'system', 'system:x', '', 'x', '', '{}', '{}', '', '{}', '')", [number],
        )  # fmt: skip
        cursor.execute("SET ROLE yhdessa_web")


def test_a_row_that_was_not_at_its_end_is_sealed_when_it_is(world: World) -> None:
    seal()
    late = burnt_id()
    (other,) = changes(world, 1)
    seal()
    assert last_seal().top == other
    appears(late)
    changes(world, 1)
    assert seal() == 1
    assert last_seal().row_count == 2
    assert found() == []


def test_a_row_that_comes_when_nobody_waits_for_it_any_more_is_found(world: World) -> None:
    seal()
    late = burnt_id()
    changes(world, 1)
    seal()
    number = last_seal().number
    grow_older(timedelta(hours=30))
    appears(late)
    assert seal() == 0
    assert [str(fault) for fault in found()] == [f"seal {number}: rows_added, {stretch(late)}"]


def test_a_log_that_nobody_seals_or_signs_is_found(world: World) -> None:
    seal()
    grow_older(3 * DAY)
    assert kinds() == {Tampering.NOT_SIGNED}
    sealed_and_signed()
    assert kinds() == set(), "it is told, and mended by whoever signs"
    shutil.rmtree(settings.AUDIT_HEADS_DIR)
    (row,) = changes(world, 1)
    with intruder() as cursor:
        cursor.execute(
            "UPDATE audit_auditrow SET written_at = now() - interval '50 hours' WHERE id = %s",
            [row],
        )
    assert kinds() == {Tampering.NOT_SIGNED, Tampering.NOT_SEALED}


# The signed heads


def lines() -> tuple[Path, list[str]]:
    path = Path(settings.AUDIT_HEADS_DIR) / heads.FILE
    return path, path.read_text("utf-8").splitlines()


def with_another_number(kept: list[str]) -> list[str]:
    head = json.loads(kept[0])
    return [json.dumps({**head, "number": head["number"] - 1}), *kept[1:]]


@pytest.mark.parametrize(
    "write",
    [
        with_another_number,
        lambda kept: [kept[0], kept[2]],  # one taken out of the middle
        lambda kept: kept[1:],
        lambda kept: [*kept[:2], kept[2].replace('"', "'")],
    ],
)
def test_a_head_that_was_written_anew_is_found(
    world: World, write: Callable[[list[str]], list[str]]
) -> None:
    for _time in range(3):
        changes(world, 1)
        sealed_and_signed()
    path, kept = lines()
    path.write_text("\n".join(write(kept)) + "\n", "utf-8")
    assert Tampering.HEAD_FORGED in kinds()


def test_heads_signed_with_another_key_are_found(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changes(world, 1)
    other = load_audit(tmp_path, production=False)["AUDIT_SIGNING_KEY"]
    with monkeypatch.context() as stolen:
        stolen.setattr(settings, "AUDIT_SIGNING_KEY", other)
        sealed_and_signed()
    assert Tampering.HEAD_FORGED in kinds()


def test_whoever_has_the_public_key_only_can_verify_and_not_sign(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes(world, 1)
    sealed_and_signed()
    monkeypatch.setattr(settings, "AUDIT_SIGNING_KEY", "")
    assert found() == []
    with pytest.raises(CommandError, match="AUDIT_SIGNING_KEY is not set"):
        call_command("sign_audit", stdout=io.StringIO())


def test_nothing_is_signed_that_does_not_hold(world: World) -> None:
    rows = changes(world, 2)
    seal()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = %s", [rows[0]])
    with pytest.raises(CommandError, match="1 places"):
        call_command("sign_audit", stdout=io.StringIO())
    assert heads.read().last is None


def test_after_a_backup_was_restored_somebody_signs_and_says_why(world: World) -> None:
    """What was lost is told for ever by the heads; nights after it hold again."""
    changes(world, 2)
    sealed_and_signed()
    rows = changes(world, 2)
    number = sealed_and_signed()
    with intruder() as cursor:  # what the backup does not have
        cursor.execute("DELETE FROM audit_auditrow WHERE id = ANY(%s)", [rows])
        cursor.execute("DELETE FROM audit_seal WHERE number = %s", [number])
    assert kinds() == {Tampering.END_CUT}
    call_command("sign_audit", "--despite", "Restored from Tuesday", stdout=io.StringIO())
    assert kinds() == set()
    assert [head.despite for head in heads.read().lines] == ["", "", "Restored from Tuesday"]
    changes(world, 1)
    sealed_and_signed()
    assert kinds() == set()


# From night to night


def test_a_night_reads_what_is_new_and_a_part_of_what_is_old(world: World) -> None:
    changes(world, 3)
    sealed_and_signed()
    seals = list(Seal.objects.values_list("number", flat=True))
    changes(world, 2)
    seal()
    now = machine_now()
    read = [verify(whole=False, on=day_of(now) + n * DAY, now=now).rows_read for n in range(NIGHTS)]
    old = AuditRow.objects.count() - 2
    assert sum(count - 2 for count in read) == old
    assert all(count >= 2 for count in read)
    assert len([count for count in read if count > 2]) == len({n % NIGHTS for n in seals})


def test_an_old_row_that_was_changed_is_found_within_as_many_nights(world: World) -> None:
    row = changes(world, 1)[0]
    number = sealed_and_signed()
    changes(world, 1)
    sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action = 'y' WHERE id = %s", [row])
    now = machine_now()
    nights = [verify(whole=False, on=day_of(now) + n * DAY, now=now).faults for n in range(NIGHTS)]
    told = [[(f.seal, f.what) for f in faults] for faults in nights if faults]
    assert told == [[(number, Tampering.ROWS_CHANGED)]]


def test_every_night_compares_every_seal_and_every_head(world: World) -> None:
    """Whoever moved what a night begins from would have to sign it."""
    changes(world, 1)
    sealed_and_signed()
    changes(world, 1)
    sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action = 'y'")
        write_seals_anew(cursor)
    assert kinds(whole=False) == {Tampering.CHAIN_REPLACED}


def test_the_night_seals_verifies_and_signs(world: World) -> None:
    changes(world, 3)
    run = run_night(actor=system_actor("night"), on=day_of(world.now), now=machine_now)
    assert run.failure == ""
    assert run.counts["log_seals_made"] == 1
    assert run.counts["log_rows_verified"] >= 3
    last = heads.read().last
    assert last is not None
    assert (last.number, last.hash) == (last_seal().number, last_seal().hash)


def test_a_night_that_finds_something_fails_and_tells_the_operator_where(
    world: World, caplog: pytest.LogCaptureFixture, login: Any
) -> None:
    rows = changes(world, 2)
    number = sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action = 'y' WHERE id = %s", [rows[0]])
        write_seals_anew(cursor)
    time = Time(machine_now() + DAY)
    run = run_night(
        actor=system_actor("night"), on=day_of(world.now), now=time.now, pause=time.pause
    )
    assert run.failure == "log: LogDoesNotHold"
    assert f"The audit log does not hold: seal {number}: chain_replaced" in caplog.text
    assert world.case.person.last_name not in caplog.text


# Expiry


def test_after_twelve_years_rows_go_and_their_seals_stay(world: World) -> None:
    seal()
    grow_older(YEARS_13)
    old = AuditRow.objects.count()
    young = changes(world, 2)
    number = sealed_and_signed()
    assert remove_expired_rows(before=add_months(machine_now(), -144)) == old
    assert list(AuditRow.objects.order_by("pk").values_list("pk", flat=True)) == young
    assert Seal.objects.count() == number
    assert kinds() == set()
    assert remove_expired_rows(before=add_months(machine_now(), -144)) == 0


def test_of_a_seal_whose_years_are_over_all_rows_go_or_none(world: World) -> None:
    seal()
    grow_older(YEARS_13)
    changes(world, 1)
    sealed_and_signed()
    with intruder() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = (SELECT min(id) FROM audit_auditrow)")
    assert kinds() == {Tampering.ROWS_REMOVED}


def test_a_night_run_for_a_day_to_come_removes_nothing_early(world: World) -> None:
    seal()
    grow_older(timedelta(days=365 * 11))
    in_two_years = day_of(world.now) + timedelta(days=730)
    changes(world, 1)
    sealed_and_signed()
    run = run_night(actor=system_actor("night"), on=in_two_years, now=machine_now)
    assert run.failure == ""
    assert run.counts["log_rows_expired"] == 0


@pytest.mark.parametrize("days", [0, 365, 365 * 11])
def test_nothing_younger_than_twelve_years_goes_whatever_is_asked(world: World, days: int) -> None:
    with pytest.raises(DatabaseError, match="twelve years"), transaction.atomic():
        remove_expired_rows(before=machine_now() - timedelta(days=days))


def test_nobody_removes_a_row_past_its_years_by_hand(world: World) -> None:
    seal()
    grow_older(YEARS_13)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("DELETE FROM audit_auditrow")
        cursor.execute("SET ROLE yhdessa_web")


def test_a_head_says_the_night_it_was_signed_and_attest_gives_what_it_read(world: World) -> None:
    changes(world, 1)
    seal()
    now = machine_now()
    attested = attest(on=day_of(now), now=now)
    last = heads.read().last
    assert last is not None
    assert (last.moment, last.rows, last.despite) == (now, attested.rows, "")
