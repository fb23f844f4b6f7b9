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


def timeline(found: Explanation) -> Timeline:
    """One lane for each kind of period in the explanation; what did not count is hatched."""
    lanes: dict[str, list[Span]] = {}
    for row in found.rows:
        last = row.end or found.asked_on
        lanes.setdefault(row.what, []).append(Span(row.start, max(row.start, last), row.counted))
    marks = []
    if found.reached_on:
        label = _("Reached")
        if found.unit == "paid_days":
            label = _("Paid day %(number)d") % {"number": found.threshold}
        marks.append(Mark(found.reached_on, label))
    if found.expected_on:
        marks.append(Mark(found.expected_on, _("Expected if nothing changes")))
    ends = [span.last for spans in lanes.values() for span in spans]
    return Timeline(
        title=_("What counted, day by day"),
        first=min(span.first for spans in lanes.values() for span in spans),
        last=max([found.asked_on, *ends, *(mark.on for mark in marks)]),
        lanes=[Lane(label, spans) for label, spans in lanes.items()],
        marks=marks,
    )
