"""A night is recorded, also one that failed; two at once make nothing twice."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from common import clock
from common.actor import system_actor
from common.transactions import acting_as
from followup.models import Reminder
from operations.models import NightlyRun
from operations.services import NightFailed, run_night
from operations.tasks import nightly
from tests.personas import World

NIGHT = system_actor("night")


def test_the_task_works_for_today_and_records_it(world: World) -> None:
    NightlyRun.objects.all().delete()
    nightly()
    run = NightlyRun.objects.get()
    assert run.on == clock.day_of(world.now)
    assert run.failure == ""
    assert {"reminders_raised", "reminders_ended", "flags_opened"} <= set(run.counts)


def test_a_failed_night_leaves_its_record_and_nothing_else(world: World) -> None:
    """The failure is real: the database refuses every new reminder."""
    Reminder.objects.all().delete()
    NightlyRun.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "ALTER TABLE followup_reminder ADD CONSTRAINT refuse CHECK (case_id IS NULL) NOT VALID"
        )
    with pytest.raises(NightFailed):
        nightly()
    with pytest.raises(CommandError):
        call_command("nightly")
    assert (
        list(NightlyRun.objects.values_list("failure", "counts"))
        == [("IntegrityError refuse", {})] * 2
    )
    assert not Reminder.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_two_nights_at_once_make_nothing_twice() -> None:
    Reminder.objects.all().delete()
    on = clock.day_of(clock.now())
    start = threading.Barrier(2)
    counts: list[Any] = []

    def night() -> None:
        try:
            start.wait()
            with acting_as(NIGHT):
                counts.append(run_night(actor=NIGHT, on=on, now=clock.now))
        finally:
            connection.close()

    threads = [threading.Thread(target=night) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [run.failure for run in counts] == ["", ""]
    raised = sorted(run.counts["reminders_raised"] for run in counts)
    assert raised == [0, Reminder.objects.count()]
    assert raised[1] > 0
