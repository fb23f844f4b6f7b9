"""How dates, times and names are said."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from components.templatetags import formatting

TODAY = date(2024, 3, 9)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2024, 3, 12), "12 March 2024 (in 3 days)"),
        (date(2024, 3, 10), "10 March 2024 (tomorrow)"),
        (date(2024, 3, 9), "9 March 2024 (today)"),
        (date(2024, 3, 8), "8 March 2024 (yesterday)"),
        (date(2024, 3, 1), "1 March 2024 (8 days ago)"),
        (date(2022, 3, 1), "1 March 2022"),
    ],
)
def test_a_date_in_text_says_how_far_it_is_within_a_year(on: date, said: str) -> None:
    with translation.override("en"):
        assert formatting.long_date(on, TODAY) == said


def test_the_long_date_follows_the_language() -> None:
    with translation.override("fi"):
        assert formatting.day(date(2024, 3, 12)) == "12. maaliskuuta 2024"


def test_a_moment_late_in_the_evening_utc_is_the_next_day_in_finland() -> None:
    late = datetime(2024, 3, 12, 22, 30, tzinfo=UTC)
    assert formatting.short_date(late) == "13.3.2024"
    assert formatting.clock_time(late) == "00.30"
    assert formatting.distance(late, date(2024, 3, 13)) == formatting.distance(TODAY, TODAY)


def test_what_ends_at_midnight_ends_with_the_day_before() -> None:
    midnight, morning = datetime(2024, 3, 12, 22, tzinfo=UTC), datetime(2024, 3, 13, 6, tzinfo=UTC)
    with translation.override("en"):
        assert formatting.last_moment(midnight) == "12.3.2024"
        assert formatting.last_moment(morning) == "13.3.2024 at 08.00"


def test_no_date_is_nothing() -> None:
    assert (
        formatting.long_date(None, TODAY)
        == formatting.short_date(None)
        == formatting.day(None)
        == ""
    )


def test_a_phone_number_is_dialled_without_spaces() -> None:
    assert formatting.phone_link("+358 40 123-4567") == "+358401234567"
