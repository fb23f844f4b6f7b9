"""Counting with dates as the law counts. Reads no clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(start: date, months: int) -> date:
    """The date ``months`` after ``start``, from date to date; without such a day, the last one.

    Always count from the start (31.8. + 6 months = 28.2. or 29.2.): adding month after month
    would slide to the shortest month passed.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def full_months(start: date, day: date) -> int:
    """The largest number of months for which ``add_months(start, n) <= day``."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if add_months(start, months) <= day else months - 1


def birthday(birth: date, years: int) -> date:
    """The day on which somebody turns ``years``; born on 29 February: 1 March in a common year."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Age in full years on the day; negative before birth."""
    years = day.year - birth.year
    return years if birthday(birth, years) <= day else years - 1
