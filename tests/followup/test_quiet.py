"""Nothing is handed over in quiet hours, also in the nights when an hour is missing or twice."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.clock import HELSINKI
from followup.quiet import first_allowed

EVENING, MORNING = time(20, 0), time(8, 0)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-28T02:15", "2026-11-28T08:00"),
        ("2026-11-28T07:59", "2026-11-28T08:00"),
        ("2026-11-28T08:00", "2026-11-28T08:00"),
        ("2026-11-28T19:59", "2026-11-28T19:59"),
        ("2026-11-28T20:00", "2026-11-29T08:00"),
        ("2028-02-28T21:00", "2028-02-29T08:00"),  # a leap day
        ("2026-03-29T02:30", "2026-03-29T08:00"),  # at three the clock skips to four
        ("2026-10-25T03:30", "2026-10-25T08:00"),  # the hour from three to four comes twice
        ("2026-12-31T23:00", "2027-01-01T08:00"),
    ],
)
def test_the_night_is_quiet(moment: str, allowed: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=HELSINKI)
    expected = datetime.fromisoformat(allowed).replace(tzinfo=HELSINKI)
    assert first_allowed(at, EVENING, MORNING) == expected


def test_the_longer_night_is_quiet_an_hour_longer() -> None:
    """In autumn there are eleven hours from 21 to 8 by the clock, and twelve by the sun."""
    evening = datetime(2026, 10, 24, 21, 0, tzinfo=HELSINKI)
    waited = first_allowed(evening, EVENING, MORNING).astimezone(UTC) - evening.astimezone(UTC)
    assert waited == timedelta(hours=12)


def test_quiet_in_the_day_and_never_quiet() -> None:
    noon = datetime(2026, 11, 28, 12, 0, tzinfo=HELSINKI)
    assert first_allowed(noon, time(9), time(17)) == noon.replace(hour=17)
    assert first_allowed(noon, time(9), time(9)) == noon


times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
    quiet_from=times,
    quiet_until=times,
)
def test_what_is_allowed_is_never_quiet_and_never_earlier(
    moment: datetime, quiet_from: time, quiet_until: time
) -> None:
    allowed = first_allowed(moment, quiet_from, quiet_until)
    assert allowed >= moment
    assert first_allowed(allowed, quiet_from, quiet_until) == allowed
    assert allowed - moment <= timedelta(hours=25)
