"""A night is done in batches, once each, recorded; what fails never keeps the rest."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Case
from common import clock
from common.actor import system_actor
from followup.models import Reminder
from operations import services
from operations.models import Batch, BatchState, NightlyRun
from operations.services import (
    NightFailed,
    missed_nights,
    needs_resuming,
    run_night,
    try_parked_again,
)
from operations.tasks import nightly, resume
from tests.personas import World

NIGHT = system_actor("night")


class Time:
    """A clock that only moves when somebody waits."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def now(self) -> datetime:
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += timedelta(seconds=max(seconds, 1))


@pytest.fixture
def no_runs(world: World) -> World:
    NightlyRun.objects.all().delete()
    return world


@contextmanager
def the_database_refuses(condition: str) -> Iterator[None]:
    """As if one row could not be written: the failure is real."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            f"ALTER TABLE followup_reminder ADD CONSTRAINT refuse CHECK ({condition}) NOT VALID"
        )
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ALTER TABLE followup_reminder DROP CONSTRAINT refuse")


def night(world: World, **given: Any) -> NightlyRun:
    time = Time(world.now)
    on = given.pop("on", clock.day_of(world.now))
    return run_night(actor=NIGHT, on=on, now=time.now, pause=time.pause, **given)


def test_the_task_works_for_today_and_records_it(no_runs: World) -> None:
    nightly()
    run = NightlyRun.objects.get()
    assert run.on == clock.day_of(no_runs.now)
    assert run.finished_at is not None
    assert run.failure == ""
    assert {"reminders_raised", "reminders_ended", "flags_opened"} <= set(run.counts)
    assert {batch.state for batch in run.batches.all()} == {BatchState.DONE}


def test_one_case_that_cannot_be_done_is_parked_and_all_others_are_done(
    no_runs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CASES_PER_BATCH", 4)
    Reminder.objects.all().delete()
    bad = no_runs.case.pk
    with the_database_refuses(f"case_id <> '{bad}'"):
        run = night(no_runs)
    assert run.failure == "reminders: IntegrityError refuse"
    [parked] = run.batches.filter(state=BatchState.PARKED)
    assert parked.first <= bad <= parked.last
    assert Case.objects.filter(pk__range=(parked.first, parked.last)).count() == 1
    assert parked.tries == services.TRIES
    assert not Reminder.objects.filter(case=bad).exists()
    with_something_due = set(Reminder.objects.values_list("case", flat=True))
    assert len(with_something_due) > 4
    assert run.batches.get(step="letters").state == BatchState.DONE, "the rest of the night went on"

    assert try_parked_again(actor=no_runs.actor("director"), now=no_runs.now) == 1
    assert night(no_runs).failure == ""
    assert Reminder.objects.filter(case=bad).exists()
    assert Batch.objects.filter(state=BatchState.PARKED).count() == 0


def test_a_failed_night_is_told_to_whoever_started_it(
    no_runs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "FIRST_WAIT", timedelta(0))
    Reminder.objects.all().delete()
    with the_database_refuses("case_id IS NULL"):
        with pytest.raises(NightFailed):
            nightly()
        with pytest.raises(CommandError):
            call_command("nightly")


def test_a_failing_batch_waits_longer_each_time(
    no_runs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[datetime] = []

    def failing(given: Any) -> dict[str, int]:
        tried.append(given.now)
        raise RuntimeError("never said")

    broken = services.STEP_OF["covers"].__class__("covers", 3, failing)
    monkeypatch.setitem(services.STEP_OF, "covers", broken)
    run = night(no_runs)
    gaps = [round((b - a).total_seconds()) for a, b in itertools.pairwise(tried)]
    assert gaps == [2, 4, 8, 16]
    assert run.failure == "covers: RuntimeError"


def test_a_night_left_in_the_middle_is_gone_on_with(
    no_runs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process were killed after the second batch."""
    done: list[str] = []
    real = services._do

    def killed(batch: Batch, *rest: Any) -> None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(batch.step)
        real(batch, *rest)

    monkeypatch.setattr(services, "_do", killed)
    with pytest.raises(KeyboardInterrupt):
        night(no_runs)
    run = NightlyRun.objects.get()
    assert run.finished_at is None
    assert needs_resuming(no_runs.now)
    monkeypatch.setattr(services, "_do", real)
    resume()
    run.refresh_from_db()
    assert run.finished_at is not None
    assert NightlyRun.objects.count() == 1
    assert not run.batches.exclude(state=BatchState.DONE).exists()


def test_missed_nights_are_caught_up_on_in_order(no_runs: World) -> None:
    today = clock.day_of(no_runs.now)
    assert missed_nights(today) == [today], "the first night of an installation is one"
    night(no_runs, on=today - timedelta(days=3))
    assert missed_nights(today) == [today - timedelta(days=n) for n in (2, 1, 0)]
    nightly()
    days = list(NightlyRun.objects.order_by("started_at", "on").values_list("on", flat=True))
    assert days == [today - timedelta(days=n) for n in (3, 2, 1, 0)]
    assert missed_nights(today) == []
    assert not needs_resuming(no_runs.now)


def test_an_older_night_is_never_done_after_a_newer_one(
    no_runs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catching up on three days, while somebody else does today's night."""
    today = clock.day_of(no_runs.now)
    night(no_runs, on=today - timedelta(days=4))
    done: list[Any] = []

    def with_somebody_else(**given: Any) -> NightlyRun:
        done.append(given["on"])
        run = run_night(**given)
        if len(done) == 1:
            night(no_runs, on=today)
        return run

    monkeypatch.setattr("operations.tasks.run_night", with_somebody_else)
    nightly()
    assert done == [today - timedelta(days=3)]


def test_tending_begins_a_night_nobody_began_but_not_before_its_time(no_runs: World) -> None:
    """The broker was emptied at two: ten minutes later the night is found missing."""
    night(no_runs, on=clock.day_of(no_runs.now) - timedelta(days=1))
    today = no_runs.now.astimezone(clock.HELSINKI)
    assert not needs_resuming(today.replace(hour=1, minute=0))
    assert needs_resuming(today.replace(hour=2, minute=30))


def test_a_clock_set_back_an_hour_changes_nothing(no_runs: World) -> None:
    on = clock.day_of(no_runs.now)
    at = iter([no_runs.now] * 5)

    def set_back() -> datetime:
        return next(at, no_runs.now - timedelta(hours=1))

    time = Time(no_runs.now)
    run = run_night(actor=NIGHT, on=on, now=set_back, pause=time.pause)
    assert run.finished_at is not None and run.finished_at >= run.started_at
    assert not run.batches.exclude(state=BatchState.DONE).exists()


def test_a_second_night_of_the_same_day_makes_nothing_twice(no_runs: World) -> None:
    night(no_runs)
    before = Reminder.objects.count()
    again = night(no_runs)
    assert again.counts["reminders_raised"] == again.counts["reminders_ended"] == 0
    assert again.counts["letters_written"] == 0
    assert Reminder.objects.count() == before


@pytest.mark.usefixtures("committed_db")
def test_two_nights_at_once_make_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CASES_PER_BATCH", 3)
    Reminder.objects.all().delete()
    NightlyRun.objects.all().delete()
    on = clock.day_of(clock.now())
    start = threading.Barrier(3)
    runs: list[NightlyRun] = []
    errors: list[BaseException] = []

    def together(do: Callable[[], NightlyRun]) -> None:
        try:
            start.wait()
            runs.append(do())
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(
            target=together, args=(lambda: run_night(actor=NIGHT, on=on, now=clock.now),)
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {run.failure for run in runs} == {""}
    raised = sum(run.counts["reminders_raised"] for run in NightlyRun.objects.all())
    assert raised == Reminder.objects.count() > 0
    assert Batch.objects.exclude(state=BatchState.DONE).count() == 0


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 2, 15, tzinfo=clock.HELSINKI),  # at three the clock skips to four
        datetime(2026, 10, 25, 3, 15, tzinfo=clock.HELSINKI, fold=0),
        datetime(2026, 10, 25, 3, 15, tzinfo=clock.HELSINKI, fold=1),  # the same hour again
        datetime(2028, 2, 29, 2, 15, tzinfo=clock.HELSINKI),
    ],
)
def test_the_nights_when_the_clocks_change_and_the_leap_day(
    no_runs: World, moment: datetime
) -> None:
    """Each is one night of one day, and the hour that comes twice is no second day."""
    assert clock.day_of(moment) == moment.date()
    for at in (moment, moment + timedelta(hours=1)):
        time = Time(at)
        for day in missed_nights(clock.day_of(at)):
            run_night(actor=NIGHT, on=day, now=time.now, pause=time.pause)
    runs = NightlyRun.objects.filter(on=moment.date())
    assert runs.count() == 1
    assert runs[0].failure == ""
    before = Reminder.objects.count()
    again = run_night(actor=NIGHT, on=moment.date(), now=Time(moment).now, pause=Time(moment).pause)
    assert again.counts["reminders_raised"] == 0
    assert Reminder.objects.count() == before
