"""Figures: a number, bars, days on lanes, scores over time, and how far long work is.

Every chart says its values in words too. Must not know any domain room and never reads the
database or the clock.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template

from components.chart_data import Bar, Column, Lane, Mark, ScoreLine, Text

register = template.Library()

# Where a score chart is drawn, in pixels from its upper edge; the shapes of its lines.
_TOP, _FOOT = 20, 150
_POINT_SHAPES = ("circle", "square", "diamond", "triangle")


@register.inclusion_tag("components/key_figure.html")
def key_figure(
    label: Text, value: Text, goal: Text = "", before: Text = "", rests_on: Text = ""
) -> dict[str, Any]:
    """A figure with its goal, the period before, and what it rests on ("412 cases")."""
    return {"label": label, "value": value, "goal": goal, "before": before, "rests_on": rests_on}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    title: Text, bars: Sequence[Bar], label_column: Text, value_column: Text
) -> dict[str, Any]:
    """Bars from zero with their values beside them, and the same as a table under a click."""
    most = max((bar.value for bar in bars if bar.value is not None), default=0) or 1
    return {
        "title": title,
        "bars": [
            {
                "label": bar.label,
                "said": bar.said,
                "width": None if bar.value is None else f"{100 * bar.value / most:.1f}%",
            }
            for bar in bars
        ],
        "columns": [Column(label_column), Column(value_column, number=True)],
        "rows": [(bar.label, bar.said) for bar in bars],
    }


@register.inclusion_tag("components/time_chart.html")
def time_chart(
    title: Text, first: date, last: date, lanes: Sequence[Lane], marks: Sequence[Mark] = ()
) -> dict[str, Any]:
    """Lanes of days from ``first`` to ``last``, both inclusive. The page adds its table."""
    days = (last - first).days + 1

    def place(day: date) -> float:
        return 100 * min(max((day - first).days, 0), days) / days

    def width(start: date, end: date) -> float:
        return max(place(end) + 100 / days - place(start), 0.3)

    return {
        "title": title,
        "lanes": [
            {
                "label": lane.label,
                "spans": [
                    {
                        "x": f"{place(span.first):.2f}%",
                        "width": f"{width(span.first, span.last):.2f}%",
                        "css": "counts" if span.counts else "counts-not",
                    }
                    for span in lane.spans
                    if span.last >= first and span.first <= last
                ],
            }
            for lane in lanes
        ],
        "marks": [
            {"x": f"{place(mark.on):.2f}%", "on": mark.on, "label": mark.label} for mark in marks
        ],
        "years": _years(first, last, place),
        "hatched": any(not span.counts for lane in lanes for span in lane.spans),
    }


def _years(first: date, last: date, place: Any) -> list[dict[str, str]]:
    """The beginnings of years within the chart, at most about six, so that they do not collide."""
    years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
    step = len(years) // 6 + 1
    return [
        {"x": f"{place(date(year, 1, 1)):.2f}%", "label": str(year)} for year in list(years)[::step]
    ]


@register.inclusion_tag("components/score_chart.html")
def score_chart(title: Text, top: int, lines: Sequence[ScoreLine]) -> dict[str, Any]:
    """Dated scores from zero to ``top``, each line with a shape and its values beside it.

    At most four lines. The page adds its table.
    """
    days = [day for line in lines for day, _score in line.scores]
    first, last = min(days), max(days)

    def across(day: date) -> float:
        return 50.0 if first == last else 8 + 86 * (day - first).days / (last - first).days

    def down(score: int) -> float:
        return _TOP + (_FOOT - _TOP) * (1 - score / top)

    drawn = []
    for line, shape in zip(lines, _POINT_SHAPES, strict=False):
        points = [
            {"x": f"{across(day):.2f}%", "y": f"{down(score):.1f}", "score": score}
            for day, score in line.scores
        ]
        drawn.append(
            {
                "label": line.label,
                "shape": shape,
                "points": points,
                "steps": list(itertools.pairwise(points)),
            }
        )
    return {
        "title": title,
        "lines": drawn,
        "levels": [{"y": f"{down(level):.1f}", "score": level} for level in (0, top // 2, top)],
        "days": [{"x": f"{across(day):.2f}%", "on": day} for day in sorted({first, last})],
    }


@register.inclusion_tag("components/progress.html")
def progress(label: Text, done: int, total: int, left: Text = "") -> dict[str, Any]:
    """Long work: how far it is, in numbers, and the time left in words."""
    return {"label": label, "done": done, "total": total, "left": left}
