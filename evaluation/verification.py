"""Whether every figure is what it says it is, before rounding and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from math import isclose
from typing import Any
from uuid import UUID

from common.database_roles import KEEPER, logged_in_as
from evaluation.counting import Counted, count
from evaluation.indicators import INDICATORS, Indicator
from evaluation.models import (
    Breakdown,
    MunicipalityGroup,
    PeriodKind,
    PublishedFigure,
    Snapshot,
    Tally,
)
from evaluation.periods import Period
from evaluation.publishing import Place, Shown, parts_of, show
from evaluation.recounted import RECOUNTS
from evaluation.recounted.rows import tally

_VALUES = ("half_within", "nine_in_ten_within", "mean", "deviation")
_SHOWN = tuple(field.name for field in fields(Shown))


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A cell that two ways of counting do not agree on. Names counts: never for a page."""

    network_id: UUID
    indicator: str
    until: date
    at: Place
    counted: object
    recounted: object

    def __str__(self) -> str:
        breakdown, key = self.at
        return (
            f"{self.indicator}, {self.until}, network {self.network_id}, {breakdown} {key or '-'}:"
            f" {self.counted} counted, {self.recounted} recounted"
        )


def recount(network_id: UUID, period: Period) -> Iterator[FigureDifference]:
    """Count every indicator of a period now, by its statement and one by one, and compare."""
    groups = dict(
        MunicipalityGroup.objects.filter(network=network_id, year=period.until.year).values_list(
            "municipality", "under"
        )
    )
    for indicator in INDICATORS.values():
        if period.kind in indicator.periods:
            yield from _compare(indicator, network_id, period, groups)


def _compare(
    indicator: Indicator, network_id: UUID, period: Period, groups: dict[str, str]
) -> Iterator[FigureDifference]:
    ours = _placed(count(indicator, period, [network_id]))
    rows = RECOUNTS[indicator.code](network_id, period)
    theirs = _placed(tally(network_id, rows, indicator.told_by, groups))
    for at in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(at), theirs.get(at)
        if one is None or other is None or not _alike(one, other):
            yield FigureDifference(network_id, indicator.code, period.until, at, one, other)


def _placed(cells: Iterable[Counted]) -> dict[Place, Counted]:
    return {(cell.breakdown, cell.key): cell for cell in cells}


def _alike(one: Counted, other: Counted) -> bool:
    if (one.whole, one.part) != (other.whole, other.part):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in _VALUES]
    return all(
        a is b if a is None or b is None else isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
        for a, b in pairs
    )


@logged_in_as(KEEPER)
def check_published(snapshots: Iterable[Snapshot]) -> list[FigureDifference]:
    """Show anew what was counted for each snapshot, and compare with what is shown of it."""
    return [found for snapshot in snapshots for found in _check(snapshot)]


def _check(snapshot: Snapshot) -> Iterator[FigureDifference]:
    counted: dict[str, dict[Place, Counted]] = {}
    for row in Tally.objects.filter(snapshot=snapshot):
        cell = Counted(
            snapshot.network_id, Breakdown(row.breakdown), row.key, row.whole, row.part,
            *(getattr(row, name) for name in _VALUES),
        )  # fmt: skip
        counted.setdefault(row.indicator, {})[cell.breakdown, cell.key] = cell
    published: dict[str, dict[Place, Any]] = {}
    for figure in PublishedFigure.objects.filter(snapshot=snapshot):
        published.setdefault(figure.indicator, {})[Breakdown(figure.breakdown), figure.key] = figure
    for code, figures in published.items():
        indicator = INDICATORS.get(code)
        if indicator is None:
            continue  # counted by an earlier release
        shown = show(
            indicator, snapshot.network_id, counted.get(code, {}), parts_of(figures.keys())
        )
        for at, as_shown in shown.items():
            told = figures[at]
            if any(getattr(told, name) != getattr(as_shown, name) for name in _SHOWN):
                yield FigureDifference(
                    snapshot.network_id, code, snapshot.until, at, told, as_shown
                )


def newest(network_id: UUID) -> list[Snapshot]:
    """The network's newest snapshot of each kind."""
    found = (
        Snapshot.objects.filter(network=network_id, kind=kind).order_by("-until").first()
        for kind in PeriodKind
    )
    return [snapshot for snapshot in found if snapshot is not None]


class FiguresDiffer(Exception):
    """What two ways of counting do not agree on; ``str`` says how many cells of what, no counts."""

    def __init__(self, found: list[FigureDifference]) -> None:
        self.found = found
        names = ", ".join(sorted({difference.indicator for difference in found}))
        super().__init__(f"{len(found)} figures differ from their recount: {names}")


def verify_tonight(*, on: date) -> int:
    """Recount one network's newest figures, another each night, and check all it has published.

    How many snapshots were looked at. Raises ``FiguresDiffer``.
    """
    networks = sorted(Snapshot.objects.values_list("network", flat=True).distinct().order_by())
    if not networks:
        return 0
    network_id = networks[on.toordinal() % len(networks)]
    return verify([network_id])


def verify(networks: Iterable[UUID]) -> int:
    """The same for these networks, at once."""
    looked_at, found = 0, list[FigureDifference]()
    for network_id in networks:
        for snapshot in newest(network_id):
            period = Period(PeriodKind(snapshot.kind), snapshot.since, snapshot.until)
            found += recount(network_id, period)
        published = list(Snapshot.objects.filter(network=network_id))
        found += check_published(published)
        looked_at += len(published)
    if found:
        raise FiguresDiffer(found)
    return looked_at
