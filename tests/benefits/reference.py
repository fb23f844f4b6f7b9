"""A plain model of the counting, day by day, written apart from the SQL to check it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass
class Life:
    """One person's register: birth date, spells, payments (benefit, basis, start, end, paid)."""

    birth: date
    spells: list[tuple[date, date | None]] = field(default_factory=list)
    payments: list[tuple[str, str, date, date, int | None]] = field(default_factory=list)


def add_months(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = start.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def paid_weekdays(life: Life, on: date) -> list[date]:
    """Every day paid, once, in order."""
    counted = {"tyomarkkinatuki", *(["yleistuki"] if on >= date(2026, 5, 1) else [])}
    days: set[date] = set()
    for benefit, basis, start, end, paid in life.payments:
        if benefit not in counted or basis != "unemployment":
            continue
        left, day = paid or 0, start
        while day <= end and left:
            if day.weekday() < 5:
                left -= 1
                if day <= on:
                    days.add(day)
            day += DAY
    return sorted(days)


def run_start(life: Life, on: date) -> date | None:
    """The first day of the unbroken run of unemployment that covers ``on``."""

    def unemployed(day: date) -> bool:
        return any(s <= day and (e is None or day <= e) for s, e in life.spells)

    if not unemployed(on):
        return None
    day = on
    while unemployed(day - DAY):
        day -= DAY
    return day


def answers(life: Life, on: date) -> dict[str, tuple[int, date | None, int]]:
    """rule -> (met, reached on, measured), as the interface describes it."""
    law = on >= date(2015, 1, 1)
    paid = paid_weekdays(life, on)
    met = law and len(paid) >= 300
    result: dict[str, tuple[int, date | None, int]] = {
        "subsidy_300_days": (int(met), paid[299] if met else None, len(paid))
    }
    start = run_start(life, on)
    months = 0
    if start:
        while add_months(start, months + 1) <= on:
            months += 1
    years = age(life.birth, on)
    old = law and start is not None and months >= 12 and years >= 25
    young = law and start is not None and months >= 6 and years < 25
    reached = None
    if old and start:
        reached = add_months(start, 12)
        while age(life.birth, reached) < 25:
            reached += DAY
    result["unemployed_12_months"] = (int(old), reached, months)
    result["unemployed_6_months_under_25"] = (
        int(young),
        add_months(start, 6) if young and start else None,
        months,
    )
    return result


def expected(life: Life, on: date, days: int = 90) -> dict[str, date]:
    """rule -> the first day it is met within so many days if nothing changes, day by day."""
    known = [(b, i, s, e, p) for b, i, s, e, p in life.payments if s <= on]
    met_now = {rule for rule, (met, _r, _m) in answers(life, on).items() if met}
    found: dict[str, date] = {}
    for ahead in range(1, days + 1):
        day = on + ahead * DAY
        counted = {"tyomarkkinatuki", *(["yleistuki"] if day >= date(2026, 5, 1) else [])}
        lately = any(
            b in counted and i == "unemployment" and p and e >= on - 31 * DAY
            for b, i, s, e, p in known
        )
        # What was paid by the day asked, and from the day after every weekday.
        later = Life(life.birth, life.spells)
        for b, i, s, e, p in known:
            by_then = [d for d in _weekdays(s, e)[: p or 0] if d <= on]
            if by_then:
                later.payments.append((b, i, s, by_then[-1], len(by_then)))
        if lately:
            weekdays = _weekdays(on + DAY, day)
            later.payments.append(("tyomarkkinatuki", "unemployment", on + DAY, day, len(weekdays)))
        for rule, (met, _reached, _measured) in answers(later, day).items():
            if rule == "subsidy_300_days" and not lately:
                continue
            if met and rule not in met_now and rule not in found:
                found[rule] = day
    return found


def _weekdays(first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    return [d for n in range(count) if (d := first + n * DAY).weekday() < 5]


def _days(first: date, last: date) -> set[date]:
    return {first + n * DAY for n in range((last - first).days + 1)}


def _years_before(day: date, years: int) -> date:
    return add_months(day, -12 * years)


def _stretches(days: set[date]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day == found[-1][1] + DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def noticed(life: Life, on: date) -> dict[str, tuple[date, int]]:
    """signal -> (reached on, measured), each straight from its sentence."""
    rows = [row for row in life.payments if row[2] <= on]
    found: dict[str, tuple[date, int]] = {}

    year = date(on.year, 1, 1)
    first_of: dict[str, date] = {}
    for b, _i, s, e, _p in rows:
        if e >= year and (b != "yleistuki" or on >= date(2026, 5, 1)):
            payer = {
                "ansiopaivaraha": "the fund",
                "tyokyvyttomyyselake": "the insurer",
                "toimeentulotuki": "social services",
            }.get(b, "Kela")
            first_of[payer] = min(first_of.get(payer, date.max), max(s, year))
    if len(first_of) >= 3:
        found["many_benefits"] = (sorted(first_of.values())[2], len(first_of))

    sick: set[date] = set()
    for b, _i, s, e, _p in rows:
        if b == "sairauspaivaraha":
            sick |= _days(s, e)
    back_to = {
        "tyomarkkinatuki",
        "peruspaivaraha",
        *(["yleistuki"] if on >= date(2026, 5, 1) else []),
    }
    returns = []
    for _first, end in _stretches(sick):
        if end >= on:
            continue
        unemployed = [
            max(s, end + DAY)
            for b, i, s, e, _p in rows
            if b in back_to and i == "unemployment" and e > end and (s - end).days <= 60
        ]
        if unemployed and on - 365 * DAY < min(unemployed) <= on:
            returns.append((min(unemployed), -(min(unemployed) - end).days))
    if returns:
        back, minus = max(returns)
        found["back_from_sickness"] = (back, -minus)

    paid = set()
    for b, _i, s, e, p in rows:
        if b == "sairauspaivaraha":
            six = [d for d in sorted(_days(s, e)) if d.weekday() < 6]
            paid |= {d for d in six[: p or 0] if d <= on}
    window = sorted(d for d in paid if d > _years_before(on, 2))
    if len(window) >= 300:
        reached = next(
            d for d in window
            if sum(_two_years(d) <= x <= d for x in paid) >= 300
        )  # fmt: skip
        after = {"kuntoutusraha", "tyokyvyttomyyselake"}
        if not any(b in after and e >= reached for b, _i, _s, e, _p in rows):
            found["long_sickness"] = (reached, len(window))

    related: set[date] = set()
    for b, _i, s, e, _p in rows:
        if b == "ansiopaivaraha":
            related |= _days(s, e + 31 * DAY)
    if on in related:
        since = next(first for first, last in _stretches(related) if first <= on <= last)
        unemployed_days: set[date] = set()
        for s, end in life.spells:
            unemployed_days |= _days(s, min(end or on, on))
        count = sum(d > _years_before(on, 5) for d in unemployed_days)
        if count > 500:
            found["long_history_on_earnings_related"] = (since, count)

    service: set[date] = set()
    for _b, i, s, e, _p in rows:
        if i == "service":
            service |= _days(s, e)
    starts = [s for s, _e in _stretches(service) if s > _years_before(on, 3)]
    if len(starts) >= 3:
        found["service_again"] = (max(starts), len(starts))

    if rows:
        end = max(e for _b, _i, _s, e, _p in rows)
        reached = end + 31 * DAY
        if (on - end).days > 30 and reached > on - 365 * DAY:
            found["nothing_paid"] = (reached, (on - end).days)
    return found


def _two_years(day: date) -> date:
    """The first day of the two years that end on a day."""
    return _years_before(day, 2) + DAY
