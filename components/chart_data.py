"""What the kit's table and charts are drawn from: plain values that a page makes.

Must not know where the values come from; whoever makes them has suppressed small cells already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``number``: aligned right, as numbers and short dates are."""

    label: Text
    number: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``value`` None: not shown, ``said`` tells why ("fewer than 5")."""

    label: Text
    value: float | None
    said: Text


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both inclusive. ``counts`` False is drawn hatched grey."""

    first: date
    last: date
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a time chart with its spans."""

    label: Text
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Mark:
    """A day drawn as a line across all lanes, such as the day a threshold was reached."""

    on: date
    label: Text


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """Dated scores of one sort, in the order of their days."""

    label: Text
    scores: list[tuple[date, int]]
