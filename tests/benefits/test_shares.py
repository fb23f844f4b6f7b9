"""The municipality's share: another counter than the trigger, with tables of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits import shares
from benefits.shares import PaidPeriod, Share, across_tables, share_on
from statutes.reader import MunicipalShare, law_on

OLD, NEW = date(2024, 6, 28), date(2025, 6, 27)


def table(day: date, name: str = "labour_market_subsidy") -> MunicipalShare:
    return next(t for t in law_on(day).municipal_shares if t.name == name)


def paid(
    last: date, days: int, benefit: str = "tyomarkkinatuki", basis: str = "unemployment"
) -> PaidPeriod:
    """One period whose ``days`` weekdays end on ``last`` (a weekday)."""
    first, left = last, days - 1
    while left:
        first -= timedelta(days=1)
        left -= first.weekday() < 5
    return PaidPeriod(benefit, basis, first, last, days)


def share(day: date, *payments: PaidPeriod, **more: object) -> Share:
    found = share_on(day, table(day), payments, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("days", "percent", "following"),
    [(100, 0, 10), (101, 10, 20), (200, 10, 20), (201, 20, 30), (300, 20, 30), (301, 30, 40),
     (400, 30, 40), (401, 40, 50), (700, 40, 50), (701, 50, None)],
)  # fmt: skip
def test_from_2025_the_share_grows_with_the_day_after_each_limit(
    days: int, percent: int, following: int | None
) -> None:
    """The day asked is the last day paid: 100 days are the state's, the 101st is shared."""
    found = share(NEW, paid(NEW, days))
    assert (found.days, found.percent, found.next_percent) == (days, percent, following)


def test_the_next_step_is_the_day_after_the_limit_if_every_weekday_is_paid() -> None:
    assert NEW.weekday() == 4
    assert share(NEW, paid(NEW, 98)).next_on == date(2025, 7, 2)  # Mon 99, Tue 100, Wed shared


def test_from_2025_the_allowance_before_counts_and_the_one_after_does_not() -> None:
    before = paid(date(2024, 6, 28), 90, "ansiopaivaraha")
    after = PaidPeriod("peruspaivaraha", "unemployment", NEW - timedelta(days=4), NEW, 5)
    subsidy = paid(date(2025, 3, 28), 30)
    assert share(NEW, before, subsidy).days == 120
    assert share(NEW, before, subsidy, after).days == 120


def test_nothing_before_2015_counts_in_the_new_table_and_everything_in_the_old() -> None:
    long_ago, lately = paid(date(2013, 5, 31), 250), paid(OLD, 60)
    assert share(OLD, long_ago, lately).days == 310
    assert share(NEW, long_ago, lately).days == 60


def test_until_2024_the_share_changes_after_the_period_in_which_the_limit_is_reached() -> None:
    reached_in = PaidPeriod(
        "tyomarkkinatuki", "unemployment", date(2024, 6, 3), date(2024, 6, 30), 20
    )
    before = paid(date(2024, 5, 31), 290)
    during = share(date(2024, 6, 28), before, reached_in)
    assert (during.days, during.percent) == (310, 0)
    assert (during.next_percent, during.next_on) == (50, date(2024, 7, 1))
    assert share(date(2024, 7, 1), before, reached_in).percent == 50


FOUR_WEEKS = [
    PaidPeriod("tyomarkkinatuki", "unemployment", date(2024, 6, 3), date(2024, 6, 28), 20),
    PaidPeriod("tyomarkkinatuki", "unemployment", date(2024, 7, 1), date(2024, 7, 28), 20),
]


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        (300, date(2024, 6, 1)),  # on the last day before: the day after it
        (299, date(2024, 6, 29)),  # on the first day of the period
        (290, date(2024, 6, 29)),
        (281, date(2024, 6, 29)),  # on its last day but one
        (280, date(2024, 6, 29)),  # on its very last day: this period's end still
        (279, date(2024, 7, 29)),  # on the first day of the next
        (260, date(2024, 7, 29)),  # on the next one's last weekday; it ends on a Sunday
    ],
)
def test_until_2024_a_limit_reached_on_any_day_of_a_period_changes_the_share_after_that_period(
    before: int, changes: date
) -> None:
    """Known payments and those to come alike: the last day of a period belongs to it."""
    rows = [paid(date(2024, 5, 31), before), *FOUR_WEEKS]
    for day in (changes - timedelta(days=1), changes, changes + timedelta(days=30)):
        percent = 50 if day >= changes else 0
        assert share(day, *rows).percent == percent, day
    if before < 300:
        known = share(changes - timedelta(days=1), *rows)
        assert (known.next_percent, known.next_on) == (50, changes)
        # Foretold where the last period known ended, and four weeks go on after four weeks.
        end = date(2024, 5, 31)
        foretold = share(end, paid(end, before)).next_on
        assert foretold is not None
        assert (foretold - end).days % 28 == 1
        assert foretold == end + timedelta(days=29 if before >= 280 else 57)


def test_what_goes_on_in_four_weeks_goes_on_from_the_last_period_known() -> None:
    """Asked on a day inside the period to come, the period still ends where it ends."""
    end = date(2024, 5, 31)
    for day in (end, date(2024, 6, 12), date(2024, 6, 28)):
        # 290 days known, so the 300th weekday from the day asked.
        found = share(day, paid(end, 290))
        expected = date(2024, 6, 29) if day < date(2024, 6, 15) else date(2024, 7, 27)
        assert found.next_on == expected, day


def test_a_period_is_never_paid_beyond_its_last_day_nor_on_a_weekend() -> None:
    """The extract may say more days than the period has weekdays."""
    week = PaidPeriod("tyomarkkinatuki", "unemployment", date(2025, 6, 2), date(2025, 6, 8), 9)
    assert list(week.paid_days()) == [date(2025, 6, day) for day in (2, 3, 4, 5, 6)]
    less = PaidPeriod("tyomarkkinatuki", "unemployment", date(2025, 5, 31), date(2025, 6, 8), 2)
    assert list(less.paid_days()) == [date(2025, 6, 2), date(2025, 6, 3)]


def test_a_benefit_that_a_table_does_not_name_counts_in_none() -> None:
    for day in (OLD, NEW):
        other = paid(day - timedelta(days=100), 90, "toimeentulotuki")
        assert share(day, paid(day, 50), other).days == 50


def test_the_first_day_of_2015_counts_in_the_new_table_and_the_last_of_2014_does_not() -> None:
    first = PaidPeriod("tyomarkkinatuki", "unemployment", date(2014, 12, 31), date(2015, 1, 2), 3)
    assert share(NEW, first, paid(NEW, 10)).days == 12


def test_the_first_and_the_last_day_of_integration_are_left_out() -> None:
    rows = [paid(NEW, 50)]
    days = sorted(d for row in rows for d in row.paid_days())
    assert share(NEW, *rows, integration=[(days[10], days[19])]).days == 40
    assert share(NEW, *rows, integration=[(days[10], days[10])]).days == 49
    assert share(NEW, *rows, integration=[(days[-1], days[-1])]).percent == 0
    assert share(NEW, *rows, integration=[(NEW + timedelta(days=1), date(2027, 1, 1))]).days == 50


def test_requalifying_on_a_day_counts_that_day_and_only_what_came_by_the_day_asked() -> None:
    days = sorted(paid(OLD, 50).paid_days())
    assert share(OLD, paid(OLD, 50), requalified=[days[30]]).days == 20
    assert share(OLD, paid(OLD, 50), requalified=[days[30], days[40]]).days == 10
    assert share(OLD, paid(OLD, 50), requalified=[OLD]).days == 1
    assert share(OLD, paid(OLD, 50), requalified=[OLD + timedelta(days=1)]).days == 50


def test_a_step_within_the_table_is_told_as_it_is_and_on_its_last_day_too() -> None:
    rows = [paid(NEW, 98)]
    alone = share(NEW, *rows)
    assert across_tables(NEW, alone, rows) == alone
    last = alone.table.valid_to
    assert last is not None
    for rest, stays in ((1, True), (0, False)):
        # So many weekdays before the last day of the table that the step comes on it, or after.
        day, left = last, rest
        while left or day.weekday() > 4:
            day -= timedelta(days=1)
            left -= day.weekday() < 5 if left else 0
        found = share(day, paid(day, 100))
        assert (found.next_on is not None and found.next_on <= last) == stays
        told = across_tables(day, found, [paid(day, 100)])
        assert (told.next_on == found.next_on) == stays


def test_whoever_is_on_the_last_step_is_told_of_no_next_one() -> None:
    rows = [paid(NEW, 710)]
    alone = share(NEW, *rows)
    assert (alone.percent, alone.next_percent, alone.next_on) == (50, None, None)
    assert across_tables(NEW, alone, rows).next_on is None


def test_until_2024_days_in_a_service_never_count() -> None:
    assert share(OLD, paid(date(2024, 3, 29), 200, basis="service"), paid(OLD, 50)).days == 50
    assert share(NEW, paid(date(2024, 3, 29), 200, basis="service"), paid(NEW, 50)).days == 250


def test_requalifying_begins_the_old_count_anew_and_integration_time_is_left_out_of_the_new() -> (
    None
):
    rows = [paid(date(2024, 3, 29), 200), paid(OLD, 50)]
    assert share(OLD, *rows, requalified=[date(2024, 4, 1)]).days == 50
    assert share(NEW, *rows, requalified=[date(2024, 4, 1)]).days == 250
    during = [(date(2024, 4, 1), date(2024, 12, 31))]
    assert share(NEW, *rows, integration=during).days == 200
    whole = share(NEW, paid(NEW, 150), integration=[(date(2025, 1, 1), date(2027, 1, 1))])
    assert (whole.percent, whole.next_on) == (0, None)


def test_somebody_never_paid_the_benefit_has_no_share_and_no_table_is_known_after_april_2026() -> (
    None
):
    assert share_on(NEW, table(NEW), [paid(NEW, 50, "peruspaivaraha")]) is None
    basic = share_on(NEW, table(NEW, "basic_allowance"), [paid(NEW, 150, "peruspaivaraha")])
    assert basic is not None
    assert basic.percent == 10
    assert law_on(date(2026, 4, 30)).municipal_shares
    assert law_on(date(2026, 5, 1)).municipal_shares == ()


@settings(max_examples=200, deadline=None)
@given(days=st.integers(1, 800), rest=st.integers(0, 20), ahead=st.integers(0, 500))
def test_each_coming_day_has_the_share_foretold(days: int, rest: int, ahead: int) -> None:
    """Pay on every weekday from the day asked: the day foretold is the first of the next share."""
    last = NEW - timedelta(days=rest)
    while last.weekday() > 4:
        last -= timedelta(days=1)
    found = share(NEW, paid(last, days))
    if found.next_on is None:
        return
    going_on = (
        paid(last, days),
        PaidPeriod(
            "tyomarkkinatuki",
            "unemployment",
            NEW + timedelta(days=1),
            NEW + timedelta(days=1200),
            900,
        ),
    )
    new = table(NEW)

    def percent(day: date) -> int:
        later = share_on(day, new, going_on)
        assert later is not None
        return later.percent

    assert percent(found.next_on) == found.next_percent
    day_before = found.next_on - timedelta(days=1)
    while day_before.weekday() > 4:
        day_before -= timedelta(days=1)
    if day_before > NEW:
        assert percent(day_before) == found.percent


def test_a_step_that_the_law_overtakes_is_the_change_of_tables() -> None:
    rows = [paid(date(2024, 5, 31), 542), paid(OLD, 20)]
    alone = share(OLD, *rows)
    assert (alone.percent, alone.next_percent) == (50, 70)
    assert alone.next_on is not None
    assert alone.next_on > date(2025, 12, 31)  # after the table's last day: it never came
    found = across_tables(OLD, alone, rows)
    assert (found.percent, found.next_percent, found.next_on) == (50, 40, date(2025, 1, 1))


def test_no_step_is_told_where_no_table_is_known() -> None:
    day = date(2026, 4, 1)
    rows = [paid(day, 110)]
    assert across_tables(day, share(day, *rows), rows).next_on is None


def test_a_table_whose_end_no_act_has_set_has_its_next_step_told_as_it_is() -> None:
    for days in (98, 710):
        found = replace(share(NEW, paid(NEW, days)), table=replace(table(NEW), valid_to=None))
        assert across_tables(NEW, found, [paid(NEW, days)]) == found


def test_on_the_first_and_the_last_day_of_integration_there_is_no_share() -> None:
    rows = [paid(NEW, 150)]
    for first, last in ((NEW, date(2027, 1, 1)), (date(2025, 6, 16), NEW)):
        found = share(NEW, *rows, integration=[(first, last)])
        assert (found.percent, found.next_percent, found.next_on) == (0, None, None), first


def test_the_allowance_counts_up_to_the_newest_day_of_the_subsidy() -> None:
    """Not only what came before its first one; what comes after the newest one does not yet."""
    first, newest = paid(date(2024, 3, 29), 30), paid(NEW, 10)
    between = paid(date(2024, 9, 27), 40, "ansiopaivaraha")
    assert share(NEW, first, between, newest).days == 80
    assert share(date(2024, 12, 31) + timedelta(days=30), first, between).days == 30


def test_the_coming_periods_go_on_from_the_newest_one_known() -> None:
    """Two known periods out of step with each other: four weeks count from the later."""
    newest = PaidPeriod("tyomarkkinatuki", "unemployment", date(2024, 6, 10), date(2024, 6, 28), 15)
    rows = [paid(date(2024, 5, 17), 275), newest]
    found = share(newest.last, *rows)
    assert (found.days, found.percent) == (290, 0)
    assert found.next_on == newest.last + timedelta(days=29)


def following(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    """The law as it would be if this table followed on the labour market subsidy's of today."""
    last = table(NEW).valid_to
    assert last is not None
    then = replace(table(NEW), valid_from=last + timedelta(days=1), valid_to=None, **changed)
    law = replace(law_on(NEW), municipal_shares=(table(NEW, "basic_allowance"), then))
    monkeypatch.setattr(shares, "law_on", lambda day: law)


def foretold(rows: list[PaidPeriod], day: date) -> tuple[int | None, date | None]:
    told = across_tables(day, share(day, *rows), rows)
    return told.next_percent, told.next_on


def test_where_another_benefit_is_shared_from_then_on_no_next_step_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    following(monkeypatch, shared_benefit="yleistuki")
    day = date(2026, 4, 1)
    assert foretold([paid(day, 110)], day) == (None, None)


def test_the_table_that_follows_counts_on_from_every_weekday_until_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked on Wednesday 1 April 2026: 21 weekdays more to Thursday 30, and 1 May is paid."""
    day, change = date(2026, 4, 1), date(2026, 5, 1)
    following(monkeypatch, steps=((100, 10), (150, 25)))
    assert foretold([paid(day, 129)], day) == (25, change), "150 days have gone by before it"
    assert foretold([paid(day, 128)], day) == (25, date(2026, 5, 4)), "the next weekday"


def test_where_the_table_that_follows_goes_on_the_same_its_own_next_step_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = date(2026, 4, 1)
    following(monkeypatch, steps=((100, 10), (140, 15)))
    # The 132nd day is 1 May; the 141st is the first of the next share.
    assert foretold([paid(day, 110)], day) == (15, date(2026, 5, 14))
