"""The municipality's share: another counter than the trigger, with tables of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.shares import Paid, Share, across_tables, share_on
from statutes.reader import MunicipalShare, law_on

OLD, NEW = date(2024, 6, 28), date(2025, 6, 27)


def table(day: date, name: str = "labour_market_subsidy") -> MunicipalShare:
    return next(t for t in law_on(day).municipal_shares if t.name == name)


def paid(
    last: date, days: int, benefit: str = "tyomarkkinatuki", basis: str = "unemployment"
) -> Paid:
    """One period whose ``days`` weekdays end on ``last`` (a weekday)."""
    first, left = last, days - 1
    while left:
        first -= timedelta(days=1)
        left -= first.weekday() < 5
    return Paid(benefit, basis, first, last, days)


def share(day: date, *payments: Paid, **more: object) -> Share:
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
    after = Paid("peruspaivaraha", "unemployment", NEW - timedelta(days=4), NEW, 5)
    subsidy = paid(date(2025, 3, 28), 30)
    assert share(NEW, before, subsidy).days == 120
    assert share(NEW, before, subsidy, after).days == 120


def test_nothing_before_2015_counts_in_the_new_table_and_everything_in_the_old() -> None:
    long_ago, lately = paid(date(2013, 5, 31), 250), paid(OLD, 60)
    assert share(OLD, long_ago, lately).days == 310
    assert share(NEW, long_ago, lately).days == 60


def test_until_2024_the_share_changes_after_the_period_in_which_the_limit_is_reached() -> None:
    reached_in = Paid("tyomarkkinatuki", "unemployment", date(2024, 6, 3), date(2024, 6, 30), 20)
    before = paid(date(2024, 5, 31), 290)
    during = share(date(2024, 6, 28), before, reached_in)
    assert (during.days, during.percent) == (310, 0)
    assert (during.next_percent, during.next_on) == (50, date(2024, 7, 1))
    assert share(date(2024, 7, 1), before, reached_in).percent == 50


FOUR_WEEKS = [
    Paid("tyomarkkinatuki", "unemployment", date(2024, 6, 3), date(2024, 6, 28), 20),
    Paid("tyomarkkinatuki", "unemployment", date(2024, 7, 1), date(2024, 7, 28), 20),
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
        Paid(
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
