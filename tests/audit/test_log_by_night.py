"""What each night reads of the log, what it tells, and what goes when its years are over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit import heads
from audit.models import AuditRow, Seal
from audit.sealing import seal
from audit.services import remove_expired_rows
from audit.verification import NIGHTS, Tampering, verify
from common.actor import system_actor
from common.clock import day_of, machine_now
from common.dates import add_months
from operations.services import run_night
from tests.audit.sealed import (
    DAY,
    changes,
    grow_older,
    intruder,
    kinds,
    last_seal,
    sealed_and_signed,
    write_seals_anew,
)
from tests.operations.test_night_runs import Time
from tests.personas import World

YEARS_13 = timedelta(days=13 * 366)


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
