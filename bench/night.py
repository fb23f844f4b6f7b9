"""A whole night over every case, beside the bare question that finds what is due."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from audit.sealing import attest, seal
from bench.caseload import NOW
from bench.memory import peak_megabytes
from bench.table import Row
from cases.models import Case
from common.actor import system_actor
from common.clock import day_of, machine_now
from followup.models import Reminder
from followup.rules import all_rules
from followup.services import remind
from followup.services.reminding import FIRST_OF_ALL, LAST_OF_ALL, statement, values_on
from operations.models import Batch, NightlyRun
from operations.services import run_night

NIGHT = system_actor("bench")


@override_settings(DEMO=True)
def measure(cases: int) -> list[Row]:
    """Nights over all cases, none ended: a first one, the next day's, one with nothing new."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET state = 'mapping', ended_at = NULL, ended_by_id = NULL"
            " WHERE ended_at IS NOT NULL"
        )
        for table in ("cases_case", "plan_action", "followup_reminder"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    today = day_of(NOW)
    seal(laid_down=True)  # what was laid down says other moments than that of writing
    attest(on=today, now=machine_now())
    asking, due = _timed(lambda: _asked(today))
    print(f"{due} things due among {cases} cases", file=sys.stderr)
    before = peak_megabytes()
    first, _run = _timed(lambda: _night(today))
    grown = peak_megabytes() - before
    made = Reminder.objects.filter(ended_on__isnull=True).count()
    assert made == due, f"{made} reminders, {due} found by the question"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) followup_reminder")
    tomorrow = today + timedelta(days=1)
    asked_again, _due = _timed(lambda: _asked(tomorrow))
    ordinary, _run = _timed(lambda: _night(tomorrow))
    nothing_new, _run = _timed(lambda: _night(tomorrow))
    half_seconds, whole_seconds = _half_and_whole(tomorrow)
    few, many = _queries(tomorrow, batches=4), _queries(tomorrow, batches=8)
    per_batch = (many - few) / (_batches(8) - _batches(4))
    return [
        Row("a first night, everything is new", first, asking, "the question alone, SELECT"),
        Row("an ordinary night", ordinary, asked_again, "the question alone, SELECT", at_most=3),
        Row("a night with nothing new", nothing_new, asked_again, "the question alone", at_most=3),
        Row("reminders of all cases", whole_seconds, half_seconds, "of half of them", at_most=2.2),
        Row("queries, eight batches", many, few, "four batches", unit="queries"),
        Row("queries a batch more", per_batch, None, "–", unit="queries"),
        Row("memory the first night added", max(grown, 0.0), None, "–", unit="MB"),
    ]


def _timed(do: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    found = do()
    return time.perf_counter() - began, found


def _asked(on: date) -> int:
    """The bare question in one batch: what is due, for whom; nothing written, no figure of ours."""
    whole = statement(all_rules())
    question = whole[: whole.index("standing_ones AS MATERIALIZED")].rstrip().rstrip(",")
    with connection.cursor() as cursor:
        cursor.execute(
            question + " SELECT count(*) FROM wanted", values_on(on, FIRST_OF_ALL, LAST_OF_ALL)
        )
        (found,) = cursor.fetchone()
    return int(found)


def _night(on: date) -> int:
    run = run_night(actor=NIGHT, on=on, now=lambda: NOW)
    assert not run.failure, run.failure
    return int(run.counts["reminders_raised"])


def _half_and_whole(on: date) -> tuple[float, float]:
    """The reminders step over the first half of the cases, and over all, by batches."""
    middle: UUID = Case.objects.order_by("pk").values_list("pk", flat=True)[
        Case.objects.count() // 2
    ]
    ranges = list(Batch.objects.filter(step="reminders").values_list("first", "last").distinct())

    def over(batches: list[tuple[UUID, UUID]]) -> float:
        began = time.perf_counter()
        for first, last in sorted(batches):
            remind(actor=NIGHT, on=on, first=first, last=last)
        return time.perf_counter() - began

    return over([batch for batch in ranges if batch[1] <= middle]), over(ranges)


def _batches(wanted: int) -> int:
    return Case.objects.count() // (Case.objects.count() // wanted + 1) + 1


def _queries(on: date, *, batches: int) -> int:
    before = settings.CASES_PER_BATCH
    settings.CASES_PER_BATCH = Case.objects.count() // batches + 1
    try:
        with CaptureQueriesContext(connection) as asked:
            _night(on)
        return len(asked)
    finally:
        settings.CASES_PER_BATCH = before
        NightlyRun.objects.all().delete()
