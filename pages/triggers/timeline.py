"""What the timeline of an explanation is drawn from: lanes of days, and the day reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from benefits.selectors import Explanation
from components.chart_data import Lane, Mark, Span


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days from ``first`` to ``last``, both inclusive, with a lane for each kind of row."""

    title: str
    first: date
    last: date
    lanes: list[Lane]
    marks: list[Mark]


def timeline(*reasons: Explanation) -> Timeline:
    """One lane for each kind of period in the explanations; what did not count is hatched.

    Of several reasons of one person: what counted for any of them counts. Raises ValueError where
    they rest on no period that may be shown.
    """
    lanes: dict[str, dict[tuple[date, date], bool]] = {}
    marks: list[Mark] = []
    for found in reasons:
        for row in found.rows:
            last = max(row.start, row.end or found.asked_on)
            spans = lanes.setdefault(row.what, {})
            spans[row.start, last] = spans.get((row.start, last), False) or row.counted
        if found.reached_on:
            label = _("Reached")
            if found.unit == "paid_days":
                label = _("Paid day %(number)d") % {"number": found.threshold}
            marks.append(Mark(found.reached_on, label))
        if found.expected_on:
            marks.append(Mark(found.expected_on, _("Expected if nothing changes")))
    days = [days for spans in lanes.values() for days in spans]
    asked_on = reasons[0].asked_on
    return Timeline(
        title=_("What counted, day by day"),
        first=min(first for first, _last in days),
        last=max([asked_on, *(last for _first, last in days), *(mark.on for mark in marks)]),
        lanes=[
            Lane(label, [Span(first, last, counts) for (first, last), counts in spans.items()])
            for label, spans in lanes.items()
        ],
        marks=list(dict.fromkeys(marks)),
    )
