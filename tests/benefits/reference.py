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
