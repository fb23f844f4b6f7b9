"""The rules of dates: against calendars of others, the database's against ours, and nowhere twice.

What the code and its model share, both get wrong; so the rules are compared with python-dateutil
and with walking the calendar day by day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection

from benefits.early_signals import NOTICED, signal_parameters
from benefits.eligibility import MET, parameters
from benefits.forecast import EXPECTED, segments
from common.clock import day_of, start_of
from common.dates import (
    add_months,
    age_on,
    birthday,
    born_by,
    full_months,
    nth_weekday,
    weekdays_between,
    weekdays_to,
)
from statutes.reader import law_on

ROOT = Path(__file__).resolve().parents[2]
DAY = timedelta(days=1)
DAYS = [date(1900, 1, 1) + n * DAY for n in range((date(2101, 1, 1) - date(1900, 1, 1)).days)]
# Every day of a year on both sides of every kind of leap year.
BIRTHS = [d for d in DAYS if d.year in {1900, 1903, 1904, 1996, 1999, 2000, 2001, 2003, 2004}]
MONTHS = (-300, -48, -24, -1, 0, 1, 3, 6, 12, 13, 24, 48, 300)
LEGACY = {
    # A floor in the database, not a rule's reader.
    "audit/migrations/0003_append_only.sql": "the log's floor of 12 years, by its own clock",
    "audit/migrations/0005_one_row_a_view.sql": "the same floor",
    "audit/migrations/0006_seals.sql": "the same floor",
    "cases/migrations/0004_covers.sql": "a constraint on the moment at which a day ends",
    # A constraint is written by the model, before the functions are looked up.
    "caseplan/assessments/models.py": "a constraint of one assessment a day",
    "caseplan/assessments/migrations/0001_initial.py": "the same constraint",
    "common/migrations/0001_dates.sql": "the functions themselves",
    "common/dates.py": "their twins",
    "common/clock.py": "the twin of day_of",
    # Floors to measure against are written as somebody would who had no functions.
    "bench/benefits.py": "a floor written by hand",
    "bench/openfisca_rules.py": "another engine's own counting, to compare with",
}
SECOND_SPELLINGS = (
    r"make_interval\((?!days)",
    r"interval '\d+ (?:year|month)",
    r"birth_date\s*[-+]",
    r"birth_date\)?::date",
    r"(?<![\w.])age\(\s*(?:%\(|p\.|a\.|birth|now|timestamp)",
    r"AT TIME ZONE",
    r"DATE '1900-01-01'",
    r"isodow[^\n]*[-+*/]",
    r"datetime\.min\.time|(?<!date)time\.min\b",
    r"days=[^)\n]*\b(?:365|30|31) ?\*|days=[^)\n]*\* ?(?:365|30|31)\b",
    r"\.replace\(year=",
    r"relativedelta",
    r"\.weekday\(\) < [56]",
    r"monthrange",
)


def rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def walked_birthday(birth: date, years: int) -> date:
    """The first day of that year on which month and day have come."""
    first = bisect_left(DAYS, date(birth.year + years, 1, 1))
    year = DAYS[first : first + 366]
    return next(d for d in year if (d.month, d.day) >= (birth.month, birth.day))


def test_months_run_as_another_calendar_has_them() -> None:
    for start in BIRTHS:
        for months in (*MONTHS, *range(14, 40)):
            assert add_months(start, months) == start + relativedelta(months=months)


def test_a_birthday_is_the_first_day_on_which_the_date_of_birth_has_come() -> None:
    for birth in BIRTHS:
        for years in (0, 1, 18, 24, 25, 26, 28, 65, 96):
            day = walked_birthday(birth, years)
            assert birthday(birth, years) == day, (birth, years)
            assert (age_on(birth, day), age_on(birth, day - DAY)) == (years, years - 1)
            assert birth <= born_by(day, years)
            assert not birth <= born_by(day - DAY, years)


def test_nobody_but_those_of_29_february_has_another_birthday() -> None:
    other = {
        (b.month, b.day)
        for b in BIRTHS
        for years in range(101)
        if (birthday(b, years).month, birthday(b, years).day) != (b.month, b.day)
    }
    assert other == {(2, 29)}
    assert birthday(date(1999, 3, 1), 25) == date(2024, 3, 1)
    assert birthday(date(2000, 2, 29), 25) == date(2025, 3, 1)


def test_full_months_are_the_largest_number_that_has_passed() -> None:
    for start in (d for d in DAYS if d.year == 2023 and d.day in {1, 15, 27, 28, 29, 30, 31}):
        months = -1
        for n in range(800):
            while start + relativedelta(months=months + 1) <= start + n * DAY:
                months += 1
            assert full_months(start, start + n * DAY) == months


@pytest.mark.parametrize("a_week", [5, 6])
def test_weekdays_are_counted_as_one_walks_them(a_week: int) -> None:
    number = weekdays_to(DAYS[0] - DAY, a_week)
    for day in DAYS:
        if day.weekday() < a_week:
            number += 1
            assert nth_weekday(number, a_week) == day
        assert weekdays_to(day, a_week) == number
    for first in DAYS[:14]:
        for length in range(30):
            last = first + length * DAY
            walked = sum((first + n * DAY).weekday() < a_week for n in range(length + 1))
            assert weekdays_between(first, last, a_week) == walked


@pytest.mark.django_db
class TestTheDatabasesTwin:
    """Each function of the database, asked as the web role, over every day of 1900-2100."""

    ALL = "SELECT d::date AS d FROM generate_series(DATE '1900-01-01', '2100-12-31', '1 day') d"

    def test_add_months(self) -> None:
        found = rows(
            f"SELECT d, m, add_months(d, m) FROM ({self.ALL}) s, unnest(%s::int[]) m", list(MONTHS)
        )
        assert len(found) == len(DAYS) * len(MONTHS)
        assert [r for r in found if add_months(r[0], r[1]) != r[2]] == []

    def test_birthday_of_every_birth_and_age(self) -> None:
        found = rows(
            f"SELECT d, y, birthday(d, y) FROM ({self.ALL}) s, unnest(%s::int[]) y",
            [0, 1, 18, 25, 65],
        )
        found += rows(
            "SELECT d, y, birthday(d, y) FROM unnest(%s::date[]) d, generate_series(0, 100) y",
            BIRTHS,
        )
        assert [r for r in found if birthday(r[0], r[1]) != r[2]] == []

    def test_full_months(self) -> None:
        found = rows(
            f"""SELECT s.d, s.d + n, full_months(s.d, s.d + n) FROM ({self.ALL}) s,
              unnest(ARRAY[0, 1, 27, 28, 29, 30, 31, 59, 184, 365, 366,
                731, 9131]) n""",
        )
        starts = [d for d in DAYS if d.year in {2023, 2024} and d.day in {1, 15, 28, 29, 30, 31}]
        found += rows(
            """SELECT s, s + n, full_months(s, s + n)
            FROM unnest(%s::date[]) s, generate_series(0, 800) n""",
            starts,
        )
        assert [r for r in found if full_months(r[0], r[1]) != r[2]] == []

    def test_weekdays(self) -> None:
        found = rows(
            f"""SELECT d, w, weekdays_to(d, w), nth_weekday(weekdays_to(d, w), w)
            FROM ({self.ALL}) s, unnest(ARRAY[5, 6]) w"""
        )
        assert len(found) == 2 * len(DAYS)
        for day, a_week, number, last in found:
            assert number == weekdays_to(day, a_week)
            assert last == nth_weekday(number, a_week)
        assert rows("SELECT weekdays_to(d), nth_weekday(n) FROM (VALUES (DATE '2024-06-28', 9)) v"
                    "(d, n)") == [(weekdays_to(date(2024, 6, 28)), nth_weekday(9))]  # fmt: skip

    def test_the_day_at_a_moment(self) -> None:
        found = rows(
            """SELECT t, day_of(t) FROM generate_series(
              TIMESTAMPTZ '1975-01-01 00:30+00', '2037-12-31', '13 hours 30 minutes') t"""
        )
        assert [r for r in found if day_of(r[0]) != r[1]] == []
        for day in (date(2024, 3, 31), date(2024, 10, 27), date(2024, 1, 1)):
            before = start_of(day) - timedelta(microseconds=1)
            assert rows("SELECT day_of(%s), day_of(%s)", before, start_of(day)) == [
                (day - DAY, day)
            ]

    def test_nothing_known_gives_nothing_known(self) -> None:
        assert rows(
            """SELECT add_months(NULL, 1), add_months(d, NULL), birthday(NULL, 1),
              birthday(d, NULL), full_months(NULL, d), full_months(d, NULL), weekdays_to(NULL),
              nth_weekday(NULL), day_of(NULL) FROM (VALUES (DATE '2024-02-29')) v(d)"""
        ) == [(None,) * 9]

    def test_a_call_costs_nothing(self) -> None:
        """The planner writes each expression where it is called: none is left in the plan."""
        law = law_on(date(2024, 6, 28))
        given = parameters(law, tolerance=0)
        plans = [
            *explained(MET, given),
            *explained(NOTICED, signal_parameters(law)),
            *explained(EXPECTED, next(segments(law.day, tolerance=0))),
            *explained("SELECT day_of(recorded_at) FROM plan_goal", {}),
        ]
        assert len(plans) > 100
        called = r"(add_months|full_months|birthday|nth_weekday|weekdays_to|day_of)\("
        assert [line for line in plans if re.search(called, line)] == []


def explained(sql: str, values: dict[str, Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (VERBOSE) {sql}", values)
        return [line for (line,) in cursor.fetchall()]


def test_no_rule_of_dates_is_written_a_second_time() -> None:
    found = []
    for path in sorted(ROOT.glob("*/**/*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in {".py", ".sql", ".html"} or name.startswith((".", "tests/", "var/")):
            continue
        if name in LEGACY:
            continue
        text = path.read_text("utf-8")
        found += [f"{name}: {m.group(0)}" for s in SECOND_SPELLINGS for m in re.finditer(s, text)]
    assert found == []


def test_every_exception_still_needs_to_be_one() -> None:
    for name in LEGACY:
        text = (ROOT / name).read_text("utf-8")
        assert any(re.search(spelling, text) for spelling in SECOND_SPELLINGS), name


def test_the_moment_a_day_begins_is_midnight_in_finland() -> None:
    assert start_of(date(2024, 7, 1)) == datetime(2024, 6, 30, 21, tzinfo=UTC)
    for one, other in pairwise([date(2024, 3, 30), date(2024, 3, 31), date(2024, 4, 1)]):
        assert day_of(start_of(other)) == other
        assert day_of(start_of(other) - timedelta(seconds=1)) == one
