"""The home municipality's share of a benefit: another counter than the 300-day trigger.

Plain counting for one person over days already listed; ``statutes`` has the tables. What an
extract does not tell (requalifying, integration time) comes in from hand entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from common.dates import nth_weekday, weekdays_between, weekdays_to
from statutes.reader import ChangesWith, MunicipalShare, law_on

_DAY = timedelta(days=1)
_PERIOD_DAYS = 28  # a payment period is four weeks


@dataclass(frozen=True, slots=True)
class PaidPeriod:
    """One payment period, both days inclusive; paid are its first ``days`` weekdays."""

    benefit: str
    basis: str
    first: date
    last: date
    days: int

    def paid_days(self) -> Iterator[date]:
        """The weekdays paid, in order."""
        there = weekdays_between(self.first, self.last)
        number = weekdays_to(self.last) - there
        for _ in range(min(self.days, there)):
            number += 1
            yield nth_weekday(number)


@dataclass(frozen=True, slots=True)
class Share:
    """The share in force on a day and the next step.

    ``days`` were counted up to and including the day asked. ``percent`` is the municipality's
    share of a payment for that day, ``next_on`` the first day of ``next_percent`` if the person
    is paid every weekday from the day after; both None on the last step.
    """

    table: MunicipalShare
    days: int
    percent: int
    next_percent: int | None
    next_on: date | None


def share_on(
    day: date,
    table: MunicipalShare,
    payments: Sequence[PaidPeriod],
    *,
    requalified: Sequence[date] = (),
    integration: Sequence[tuple[date, date]] = (),
) -> Share | None:
    """The share of a table on a day; None for somebody never paid the shared benefit by then."""
    shared = {d for p in payments if p.benefit == table.shared_benefit for d in p.paid_days()}
    if not any(d <= day for d in shared):
        return None
    restart = max((r for r in requalified if r <= day), default=None) if table.restarts else None
    left_out = list(integration) if table.leaves_out_integration else []

    def counts(d: date) -> bool:
        return (
            d <= day
            and (table.counted_from is None or d >= table.counted_from)
            and (restart is None or d >= restart)
            and not any(first <= d <= last for first, last in left_out)
        )

    last_shared = max(d for d in shared if d <= day)
    counted = {
        d
        for p in payments
        if _is_counted(table, p)
        for d in p.paid_days()
        if counts(d) and (p.benefit not in table.counted_before or d < last_shared)
    }
    if any(first <= day <= last for first, last in left_out):
        return Share(table, len(counted), 0, None, None)
    if table.changes_with is ChangesWith.PERIOD:
        return _by_period(day, table, payments, sorted(counted))
    percent = table.percent(len(counted - {day}))
    step = next(((n, p) for n, p in table.steps if p > percent), None)
    if step is None:
        return Share(table, len(counted), percent, None, None)
    return Share(table, len(counted), percent, step[1], _weekday(day, step[0] - len(counted) + 1))


def across_tables(
    day: date,
    share: Share,
    payments: Sequence[PaidPeriod],
    *,
    requalified: Sequence[date] = (),
    integration: Sequence[tuple[date, date]] = (),
) -> Share:
    """The same share, its next step looked for also in the table that follows by law.

    A step that would come after the table's last day never comes; the change of tables is a step
    where it changes the share. No following table known: no next step is told.
    """
    last = share.table.valid_to
    if last is None or (share.next_on is not None and share.next_on <= last):
        return share
    first = last + _DAY
    tables = law_on(first).municipal_shares
    following = next((t for t in tables if t.name == share.table.name), None)
    if following is None:
        return replace(share, next_percent=None, next_on=None)
    going_on = PaidPeriod(share.table.shared_benefit, "unemployment", day + _DAY, first, 10**6)
    rows = [*payments, going_on]
    then = share_on(first, following, rows, requalified=requalified, integration=integration)
    if then is None or then.percent != share.percent:
        percent = then.percent if then else None
        return replace(share, next_percent=percent, next_on=first if then else None)
    later = across_tables(first, then, rows, requalified=requalified, integration=integration)
    return replace(share, next_percent=later.next_percent, next_on=later.next_on)


def _is_counted(table: MunicipalShare, paid: PaidPeriod) -> bool:
    if paid.benefit in table.counted_before:
        return True
    if paid.benefit not in table.counted_benefits:
        return False
    return not table.counted_bases or paid.basis in table.counted_bases


def _by_period(
    day: date, table: MunicipalShare, payments: Sequence[PaidPeriod], counted: list[date]
) -> Share:
    """The older rule: a limit changes the share from the day after that payment period."""
    ends = sorted(p.last for p in payments if _is_counted(table, p))

    def changes_on(limit: int) -> date:
        if len(counted) >= limit:
            reached = counted[limit - 1]
            return min(end for end in ends if end >= reached) + _DAY
        reached = _weekday(day, limit - len(counted))
        end = max((e for e in ends if e <= day), default=day)
        while end < reached:
            end += timedelta(days=_PERIOD_DAYS)
        return end + _DAY

    percent, following, following_on = 0, None, None
    for limit, share in table.steps:
        on = changes_on(limit)
        if on <= day:
            percent = share
        else:
            following, following_on = share, on
            break
    return Share(table, len(counted), percent, following, following_on)


def _weekday(after: date, number: int) -> date:
    """The ``number``-th Mon-Fri day after a day; at least the first."""
    return nth_weekday(weekdays_to(after) + max(number, 1))
