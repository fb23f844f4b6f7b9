"""The tables of report 2020:40 counted anew from an extract: 10 to 12, and 13 and 14 of benefits.

Part *Vaikuttavuuden arviointi*, 2.2, and the tables of benefit bundles. A cell of few people is a
star, as in the report: a class of under five joins "Others" before anything is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benefits.models.register import Benefit
from caseplan.assessments.instruments import WORK_ABILITY, instrument
from evaluation.extracts.provider_classes import ProviderClass
from evaluation.extracts.reading import KYKYVIISARI, ReadExtract, Taking
from evaluation.extracts.statistics import (
    FEWEST_FOR_AN_INTERVAL,
    FEWEST_SHOWN,
    area_under_curve,
    spread,
)
from evaluation.suppression import suppressed
from followup.models.point import Situation

STAR = "*"
OVERALL = "overall"
WORK_OR_STUDIES = frozenset({Situation.CONTRACT, Situation.DEGREE})
ELSEWHERE = frozenset({Situation.OTHER_SERVICE, Situation.UNEMPLOYED})
"""Whoever is in neither, "something else", is left out, as in the report."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table: its number and name, what stands above the columns, and the rows in words."""

    number: int
    name: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def report_tables(extract: ReadExtract) -> list[ReportTable]:
    """The five tables, in the order of the report."""
    return [
        _before_and_after(10, "Own rating of work ability and its change", WORK_ABILITY, extract),
        _before_and_after(11, "Kykyviisari overall and its change", OVERALL, extract),
        _scores_and_situations(extract),
        _benefits_a_year(extract),
        _benefits_by_number(extract),
    ]


def _before_and_after(number: int, name: str, scale: str, extract: ReadExtract) -> ReportTable:
    """First scores of all, and first and last of those who were asked again, by class."""
    answered = [
        [taking for taking in takings if scale in taking.scores]
        for takings in extract.takings.values()
    ]
    groups = _by_class([takings for takings in answered if takings])
    rows = [(str(one.label), *_line(group, scale)) for one, group in groups]
    everybody = [takings for _class, group in groups for takings in group]
    return ReportTable(
        number,
        name,
        ("", "n", "Mean", "95 %", "n again", "First", "95 %", "Last", "95 %"),
        [*rows, ("All", *_line(everybody, scale))],
    )


def _by_class(people: list[list[Taking]]) -> list[tuple[ProviderClass, list[list[Taking]]]]:
    """The people of each class; small ones together, until none tells of anybody."""
    groups: dict[ProviderClass, list[list[Taking]]] = {}
    for takings in people:
        first = takings[0].provider_class
        known = ProviderClass(first) if first in ProviderClass.values else ProviderClass.OTHERS
        groups.setdefault(known, []).append(takings)
    while len(groups) > 1 and (small := [one for one in groups if _is_small(groups[one])]):
        # The others themselves, where they are few: the smallest class joins them.
        named = [one for one in groups if one != ProviderClass.OTHERS]
        joined: ProviderClass = min(
            [one for one in named if one in small] or named, key=lambda one: len(groups[one])
        )
        group = groups.pop(joined)
        groups.setdefault(ProviderClass.OTHERS, []).extend(group)
    return [(one, groups[one]) for one in ProviderClass if one in groups]


def _is_small(group: list[list[Taking]]) -> bool:
    again = sum(len(takings) > 1 for takings in group)
    return len(group) < FEWEST_SHOWN or 0 < again < FEWEST_SHOWN


def _line(group: list[list[Taking]], scale: str) -> tuple[str, ...]:
    if _is_small(group):
        return (STAR,) * 8
    again = [takings for takings in group if len(takings) > 1]
    return (
        str(len(group)),
        *_mean([takings[0].scores[scale] for takings in group]),
        str(len(again)),
        *_mean([takings[0].scores[scale] for takings in again]),
        *_mean([takings[-1].scores[scale] for takings in again]),
    )


def _mean(scores: Sequence[int]) -> tuple[str, str]:
    found = spread(scores, fewest=FEWEST_FOR_AN_INTERVAL)
    if found is None:
        return (STAR, STAR)
    return (f"{found.mean:.2f}", f"{found.low:.2f}-{found.high:.2f}")


def _scores_and_situations(extract: ReadExtract) -> ReportTable:
    """The first scores of those in work or studies at three months, and of those elsewhere."""
    rows = []
    for scale in instrument(KYKYVIISARI).newest.scales:
        reached = _first_scores(extract, scale.code, WORK_OR_STUDIES)
        others = _first_scores(extract, scale.code, ELSEWHERE)
        rows.append(
            (f"{scale.names['en']} ({scale.minimum}-{scale.maximum})", *_apart(reached, others))
        )
    return ReportTable(
        12,
        "Scores and the situation three months after",
        ("", "Work or studies: n", "Mean", "SD", "Median",
         "Another service or unemployed: n", "Mean", "SD", "Median", "AUC"),
        rows,
    )  # fmt: skip


def _first_scores(extract: ReadExtract, scale: str, situations: Collection[Situation]) -> list[int]:
    found = []
    for case, takings in extract.takings.items():
        scored = [taking.scores[scale] for taking in takings if scale in taking.scores]
        if scored and extract.situations.get(case) in situations:
            found.append(scored[0])
    return found


def _apart(reached: Sequence[int], others: Sequence[int]) -> tuple[str, ...]:
    sides = [spread(side, fewest=FEWEST_SHOWN) for side in (reached, others)]
    if None in sides:
        return (STAR,) * 9
    told = [
        cell
        for side in sides
        if side is not None
        for cell in (str(side.n), f"{side.mean:.2f}", f"{side.sd:.2f}", f"{side.median:g}")
    ]
    return (*told, f"{area_under_curve(reached, others):.2f}")


def _benefits_a_year(extract: ReadExtract) -> ReportTable:
    """How many had how many kinds of benefits, by year from the entry."""
    most = max((len(kinds) for kinds in extract.benefits.values()), default=0)
    columns = []
    for year in extract.years:
        counts = Counter(len(kinds) for (_c, y), kinds in extract.benefits.items() if y == year)
        columns.append(suppressed([counts[number] for number in range(most + 1)]))
    heads = [*(str(number) for number in range(most + 1)), "All"]
    return ReportTable(
        13,
        "People by number of benefits, by year from the entry",
        ("Benefits", *(str(year) for year in extract.years)),
        [(head, *(_count(column[at]) for column in columns)) for at, head in enumerate(heads)],
    )


def _count(value: int | None) -> str:
    return STAR if value is None else str(value)


def _benefits_by_number(extract: ReadExtract) -> ReportTable:
    """Of those with one, two, three kinds in a year, the per cent that had each."""
    bundles: dict[int, list[set[str]]] = {}
    for kinds in extract.benefits.values():
        bundles.setdefault(len(kinds), []).append(kinds)
    numbers = sorted(number for number in bundles if number)
    return ReportTable(
        14,
        "Per cent that had each benefit, by number of benefits in a year",
        ("Benefit", *(f"{number} (n={_years(bundles[number])})" for number in numbers)),
        [
            (benefit.value, *(_share(benefit, bundles[number]) for number in numbers))
            for benefit in Benefit
        ],
    )


def _years(bundles: list[set[str]]) -> str:
    return str(len(bundles)) if len(bundles) >= FEWEST_SHOWN else STAR


def _share(benefit: Benefit, bundles: list[set[str]]) -> str:
    """The per cent, where neither those who had it nor those who had not are one to four."""
    had = sum(benefit in kinds for kinds in bundles)
    few = any(0 < count < FEWEST_SHOWN for count in (had, len(bundles) - had))
    return STAR if few else f"{100 * had / len(bundles):.2f}"


def in_plain_text(tables: Sequence[ReportTable]) -> str:
    """The tables as text for a terminal, columns under their heads."""
    return "\n".join(_in_columns(table) for table in tables)


def _in_columns(table: ReportTable) -> str:
    lines = [table.columns, *table.rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
    told = [
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True)),
            ]
        )
        for line in lines
    ]
    return "\n".join([f"Table {table.number}. {table.name}", *(line.rstrip() for line in told), ""])
