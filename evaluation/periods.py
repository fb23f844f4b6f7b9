"""The periods that figures are made of: weeks, months, and each year so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common.clock import start_of
from common.dates import add_months
from evaluation.models.snapshots import PeriodKind


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``since`` to ``until``, both inclusive."""

    kind: PeriodKind
    since: date
    until: date

    @property
    def begins(self) -> datetime:
        """The first moment of it."""
        return start_of(self.since)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return start_of(self.until + timedelta(days=1))

    @property
    def year_before(self) -> Period:
        """The same days of the year before; a week has none."""
        return _ending(self.kind, add_months(self.until + timedelta(days=1), -12))


def whole_periods(first: date, today: date) -> Iterator[Period]:
    """The periods that are over before ``today`` and not before ``first``, the oldest first."""
    found = [
        *(_ending(PeriodKind.WEEK, monday) for monday in _mondays(first, today)),
        *(
            _ending(kind, month)
            for month in _months(first, today)
            for kind in (PeriodKind.MONTH, PeriodKind.YEAR)
        ),
    ]
    yield from sorted(found, key=lambda period: (period.until, period.since))


def _ending(kind: PeriodKind, after: date) -> Period:
    """The period of a kind that is over just before a day: a Monday, or the first of a month."""
    until = after - timedelta(days=1)
    since = {
        PeriodKind.WEEK: after - timedelta(days=7),
        PeriodKind.MONTH: until.replace(day=1),
        PeriodKind.YEAR: date(until.year, 1, 1),
    }
    return Period(kind, since[kind], until)


def _mondays(first: date, today: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday()) + timedelta(days=7)
    while monday <= today:
        yield monday
        monday += timedelta(days=7)


def _months(first: date, today: date) -> Iterator[date]:
    month = add_months(first.replace(day=1), 1)
    while month <= today:
        yield month
        month = add_months(month, 1)
