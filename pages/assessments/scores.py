"""What the pages of assessments draw: the lines of a chart, and the same as tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from caseplan.assessments.instruments import Instrument
from caseplan.assessments.models import Assessment
from caseplan.assessments.selectors import AssessmentsPage, WorkAbility, scores_over_time
from components.chart_data import Column, ScoreLine
from components.templatetags.formatting import short_date


@dataclass(frozen=True, slots=True)
class Table:
    """One instrument: a row a scale, a column a day, and its picture where one is drawn."""

    title: str
    columns: list[Column]
    rows: list[list[object]]
    drawn: list[ScoreLine]
    top: int
    rows_taken: list[Assessment]


def work_ability_lines(page: AssessmentsPage) -> list[ScoreLine]:
    """The client's own ratings, then each body's experts': one line each."""
    lines: dict[str, list[tuple[date, int]]] = {}
    for rating in sorted(page.work_ability, key=lambda r: r.by_expert):
        lines.setdefault(_whose(rating), []).append((rating.on, rating.score))
    return [ScoreLine(label, scores) for label, scores in lines.items()]


def work_ability_columns() -> list[Column]:
    return [
        Column(_("Day"), number=True),
        Column(_("Who rated")),
        Column(_("Score, 0-10"), number=True),
        Column(_("What it rests on")),
    ]


def work_ability_rows(page: AssessmentsPage) -> list[list[object]]:
    """The same as a table, the newest first."""
    return [
        [short_date(r.on), _whose(r), r.score, r.basis or r.source]
        for r in reversed(page.work_ability)
    ]


def tables(page: AssessmentsPage) -> list[Table]:
    """The instruments of more than one scale; a single one is in the table of work ability."""
    return [
        _table(used, rows)
        for used, rows in page.by_instrument()
        if any(len(row.of.version(row.version).scales) > 1 for row in rows)
    ]


def _table(used: Instrument, rows: list[Assessment]) -> Table:
    lines = scores_over_time(rows)
    drawn = [(scale, line) for scale, line in lines if scale.code == used.newest.drawn]
    return Table(
        title=used.name,
        columns=[
            Column(_("Scale")),
            *(Column(short_date(row.taken_on), number=True) for row in rows),
        ],
        rows=[
            [
                f"{scale.name} ({scale.minimum}–{scale.maximum})",
                *(row.scores.get(scale.code, "–") for row in rows),
            ]
            for scale, _line in lines
        ],
        drawn=[ScoreLine(scale.name, line) for scale, line in drawn],
        top=drawn[0][0].maximum if drawn else 0,
        rows_taken=rows,
    )


def _whose(rating: WorkAbility) -> str:
    if not rating.by_expert:
        return _("The client's own")
    return _("Expert, %(body)s") % {"body": rating.party.label}
