"""Counting with dates as the law counts. Reads no clock.

The database has a twin of each rule its statements need (``migrations/0001_dates.sql``); the two
are compared over every day of 1900-2100.
"""

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


def born_by(day: date, years: int) -> date:
    """The last birth date of those who are ``years`` or older on the day."""
    return add_months(day, -12 * years)


def weekdays_to(day: date, a_week: int = 5) -> int:
    """How many days up to and including one are among the first ``a_week`` of their week.

    5: Mon-Fri; 6: Mon-Sat. Counted from the first Monday of the calendar; only differences mean
    anything. Public holidays are paid like other weekdays.
    """
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * a_week + min(rest, a_week)


def weekdays_between(first: date, last: date, a_week: int = 5) -> int:
    """How many of the days from one to another, both included, are among those of the week."""
    return weekdays_to(last, a_week) - weekdays_to(first, a_week) + (first.weekday() < a_week)


def nth_weekday(number: int, a_week: int = 5) -> date:
    """The day of the ``number``-th of them; ``nth_weekday(weekdays_to(day))`` is the last one."""
    weeks, rest = divmod(number - 1, a_week)
    return date.fromordinal(1 + weeks * 7 + rest)
