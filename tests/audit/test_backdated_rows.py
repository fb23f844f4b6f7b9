"""Rows of the log that say they are older or younger than they are, or came from nowhere."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from audit.models import Seal
from audit.sealing import seal
from audit.verification import Tampering
from common.clock import machine_now
from tests.audit.sealed import (
    DAY,
    changes,
    found,
    grow_older,
    intruder,
    kinds,
    last_seal,
    sealed_and_signed,
    stretch,
    write_seals_anew,
)
from tests.personas import World

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
