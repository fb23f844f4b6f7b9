"""Who will reach a rule within the next days: each limit of it, to the day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from benefits.forecast import EXPECTED, segments
from benefits.models import PaymentPeriod, UnemploymentSpell
from tests.benefits.reference import Life
from tests.benefits.test_eligibility import (
    HALF,
    SUBSIDY,
    YEAR,
    correct,
    nth_weekday_after,
    paid_days,
    store,
    weekdays_until,
)

pytestmark = pytest.mark.django_db
ON = date(2024, 6, 28)  # a Friday
DAY = timedelta(days=1)
OLD = date(1980, 1, 1)


def expected(life: Life, on: date = ON, tolerance: int = 0) -> dict[str, date]:
    """The first day foretold for each rule, of one person alone."""
    (person,) = store([life])
    return of([person.pk], on, tolerance)


def of(persons: list[object], on: date = ON, tolerance: int = 0) -> dict[str, date]:
    """The same of persons in the register, asked about them alone."""
    found: dict[str, date] = {}
    with connection.cursor() as cursor:
        for segment in segments(on, tolerance=tolerance, persons=persons):  # type: ignore[arg-type]
            cursor.execute(EXPECTED, segment)
            for person_id, rule, day in cursor.fetchall():
                assert person_id in persons
                found.setdefault(rule, day)
    return found


def paid_until(last: date, count: int, **more: object) -> Life:
    """So many weekdays paid up to a day."""
    start = weekdays_until(last, count)
    return Life(OLD, payments=[("tyomarkkinatuki", "unemployment", start, last, count)], **more)  # type: ignore[arg-type]


# Paid days


@pytest.mark.parametrize(
    ("count", "day"),
    [(299, date(2024, 7, 1)), (298, date(2024, 7, 2)), (295, date(2024, 7, 5)),
     (294, date(2024, 7, 8)), (237, date(2024, 9, 25)), (236, date(2024, 9, 26)), (235, None)],
)  # fmt: skip
def test_who_is_paid_every_weekday_reaches_300_days_within_ninety_days(
    count: int, day: date | None
) -> None:
    """The ninetieth day after Friday 28 June is Thursday 26 September."""
    assert date(2024, 9, 26) == ON + 90 * DAY
    assert expected(paid_until(ON, count)).get(SUBSIDY) == day


@pytest.mark.parametrize(("last", "goes_on"), [(ON - 31 * DAY, True), (ON - 32 * DAY, False)])
def test_payments_go_on_where_the_newest_ended_at_most_31_days_ago(
    last: date, goes_on: bool
) -> None:
    """A payment period is paid after it ends. What was not paid meanwhile was not."""
    assert last.weekday() < 5
    found = expected(paid_until(last, 299))
    assert found.get(SUBSIDY) == (date(2024, 7, 1) if goes_on else None)


def test_a_period_of_which_no_day_was_paid_and_one_to_come_are_no_payments() -> None:
    life = paid_until(ON - 60 * DAY, 299)
    life.payments.append(("tyomarkkinatuki", "unemployment", ON - 5 * DAY, ON, 0))
    assert SUBSIDY not in expected(life)
    life.payments[1] = ("tyomarkkinatuki", "unemployment", ON + DAY, ON + 30 * DAY, 20)
    assert SUBSIDY not in expected(life)
    life.payments[1] = ("tyomarkkinatuki", "service", ON - 5 * DAY, ON, 4)
    assert SUBSIDY not in expected(life)
    life.payments[1] = ("ansiopaivaraha", "unemployment", ON - 5 * DAY, ON, 4)
    assert SUBSIDY not in expected(life)


def test_a_period_that_was_corrected_is_no_payment() -> None:
    (person,) = store([paid_days((date(2024, 6, 3), 20))])
    near = paid_until(date(2024, 5, 24), 270)
    (other,) = store([near])
    PaymentPeriod.objects.filter(person=other).update(person=person)
    assert SUBSIDY in of([person.pk])
    correct(PaymentPeriod.objects.filter(person=person, start=date(2024, 6, 3)))
    assert SUBSIDY not in of([person.pk])


def test_only_the_persons_asked_about_are_foretold() -> None:
    one, two = store([paid_until(ON, 299), paid_until(ON, 298)])
    assert of([one.pk]) == {SUBSIDY: date(2024, 7, 1)}
    assert of([two.pk]) == {SUBSIDY: date(2024, 7, 2)}


def test_asked_about_nobody_in_particular_everybody_is_foretold() -> None:
    by_days, by_months = store([paid_until(ON, 299), Life(OLD, [(date(2023, 7, 15), None)])])
    found = set()
    with connection.cursor() as cursor:
        for segment in segments(ON, tolerance=0):
            cursor.execute(EXPECTED, segment)
            found |= set(cursor.fetchall())
    assert {
        (by_days.pk, SUBSIDY, date(2024, 7, 1)), (by_months.pk, YEAR, date(2024, 7, 15)),
    } <= found  # fmt: skip


# Months


@pytest.mark.parametrize(
    ("start", "day"),
    [(date(2023, 6, 29), date(2024, 6, 29)), (date(2023, 6, 30), date(2024, 6, 30)),
     (date(2023, 9, 26), date(2024, 9, 26)), (date(2023, 9, 27), None)],
)  # fmt: skip
def test_twelve_months_are_reached_from_tomorrow_to_the_ninetieth_day(
    start: date, day: date | None
) -> None:
    found = expected(Life(OLD, [(start, None)]))
    assert found.get(YEAR) == day
    assert HALF not in found


@pytest.mark.parametrize(
    ("last", "day"),
    [(date(2024, 7, 15), date(2024, 7, 15)), (date(2024, 7, 14), None), (ON - DAY, None)],
)
def test_an_unemployment_that_is_known_to_end_is_counted_to_its_last_day(
    last: date, day: date | None
) -> None:
    assert expected(Life(OLD, [(date(2023, 7, 15), last)])).get(YEAR) == day


def test_a_gap_that_is_let_pass_joins_the_months_to_come_and_lengthens_no_end() -> None:
    life = Life(OLD, [(date(2023, 7, 15), date(2023, 12, 31)), (date(2024, 1, 3), None)])
    assert YEAR not in expected(life)
    assert expected(life, tolerance=2)[YEAR] == date(2024, 7, 15)
    ends = Life(OLD, [(date(2023, 7, 15), date(2024, 7, 14))])
    assert YEAR not in expected(ends, tolerance=2)


def test_each_rule_counts_in_its_own_unit_and_on_days_when_it_is_in_force() -> None:
    """Three hundred months are no three hundred days, twelve days paid no twelve months."""
    assert expected(Life(OLD, [(date(1999, 8, 1), None)])) == {YEAR: ON + DAY}
    assert expected(paid_until(ON, 11)) == {}
    before_any_law = date(2014, 6, 27)
    long = Life(OLD, [(date(2013, 7, 15), None)])
    assert expected(long, before_any_law) == {}
    assert expected(paid_until(before_any_law, 299), before_any_law) == {}


# Ages


def test_turning_25_moves_from_the_shorter_to_the_longer_time_on_the_birthday() -> None:
    birthday = date(2024, 8, 10)
    life = Life(date(1999, 8, 10), [(date(2023, 2, 1), None)])
    assert expected(life)[YEAR] == birthday, "reached long ago but for the age"
    half = Life(date(1999, 8, 10), [(date(2024, 2, 9), None)])
    assert expected(half) == {HALF: date(2024, 8, 9)}, "the day before the birthday"
    late = Life(date(1999, 8, 10), [(date(2024, 2, 10), None)])
    assert expected(late) == {}, "on the birthday it is too late"


def test_somebody_turning_25_who_is_no_longer_unemployed_then_is_not_foretold() -> None:
    life = Life(date(1999, 8, 10), [(date(2023, 2, 1), date(2024, 8, 9))])
    assert YEAR not in expected(life)
    life = Life(date(1999, 8, 10), [(date(2023, 2, 1), date(2024, 8, 10))])
    assert expected(life)[YEAR] == date(2024, 8, 10)


# The law of each coming day


def test_each_coming_day_is_judged_by_its_own_law() -> None:
    """General support counts from 1 May 2026: with it 300 days are full on that very day."""
    on = date(2026, 4, 1)
    subsidy = ("tyomarkkinatuki", "unemployment", weekdays_until(on, 200), on, 200)
    long_ago = weekdays_until(date(2025, 1, 31), 110)
    support = ("yleistuki", "unemployment", long_ago, date(2025, 1, 31), 110)
    assert expected(Life(OLD, payments=[subsidy, support]), on) == {SUBSIDY: date(2026, 5, 1)}
    # Short of it by then, the days go on to be counted from the day asked.
    subsidy = ("tyomarkkinatuki", "unemployment", weekdays_until(on, 160), on, 160)
    found = expected(Life(OLD, payments=[subsidy, support]), on)
    assert found == {SUBSIDY: nth_weekday_after(date(2026, 3, 30), 33)}


def test_the_days_foretold_are_cut_where_the_law_changes_and_nothing_is_left_out() -> None:
    (person,) = store([Life(OLD, [])])
    cut = [
        (s["from"], s["to"]) for s in segments(date(2026, 4, 1), tolerance=0, persons=[person.pk])
    ]
    assert cut[0][0] == date(2026, 4, 2) and cut[-1][1] == date(2026, 6, 30)
    assert date(2026, 5, 1) in [first for first, _last in cut]
    assert all(last + DAY == first for (_f, last), (first, _l) in pairwise(cut))
    whole = [(s["from"], s["to"], s["on"]) for s in segments(ON, tolerance=0, persons=[])]
    assert whole == [(ON + DAY, ON + 90 * DAY, ON)]
    assert not UnemploymentSpell.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("on", "begin"),
    [(date(2026, 4, 28), [date(2026, 4, 29), date(2026, 5, 1)]),
     (date(2026, 4, 29), [date(2026, 4, 30), date(2026, 5, 1)]),
     (date(2026, 4, 30), [date(2026, 5, 1)]), (date(2026, 5, 1), [date(2026, 5, 2)])],
)  # fmt: skip
def test_around_the_day_on_which_the_law_changes_each_day_is_in_one_part(
    on: date, begin: list[date]
) -> None:
    parts = [(s["from"], s["to"]) for s in segments(on, tolerance=0, persons=[])]
    assert [first for first, _last in parts][: len(begin)] == begin
    assert all(first <= last for first, last in parts)
