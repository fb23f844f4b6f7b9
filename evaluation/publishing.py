"""What may be shown of what was counted: the one door by which a count leaves (docs/adr/0046)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from evaluation.counting import Counted
from evaluation.exposure import tells_too_much
from evaluation.indicators.base import Indicator, IndicatorUnit
from evaluation.models.figures import Breakdown
from evaluation.rounding import rounded

FEWEST_VALUES = 10
"""From so many on, as rounded, a median or a mean is shown."""
FEWEST_FOR_NINE_IN_TEN = 20
TRIES = 20
"""How often a total is drawn anew where its table would tell too much, before it is withheld."""

Place = tuple[Breakdown, str]
"""A breakdown and which part."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one cell; None for what is not."""

    whole: int | None
    part: int | None
    half_within: float | None = None
    nine_in_ten_within: float | None = None
    mean: float | None = None
    margin: float | None = None


def show(
    indicator: Indicator,
    network_id: UUID,
    counted: Mapping[Place, Counted],
    keys: Mapping[Breakdown, list[str]],
) -> dict[Place, Shown]:
    """All cells of one indicator of one network, also the empty ones, as they may be shown.

    ``keys``: every part by breakdown. Raises ``KeyError`` for a counted part that is none of them.
    """
    places = [(breakdown, key) for breakdown in indicator.told_by for key in keys[breakdown]]
    unknown = counted.keys() - set(places)
    if unknown:
        raise KeyError(f"{indicator.code}: counted, but not one of its parts: {sorted(unknown)}")
    measures = ["whole", "part"] if indicator.unit is IndicatorUnit.SHARE else ["whole"]
    told = {
        measure: _counts(
            f"{network_id}|{indicator.code}|{measure}",
            {at: getattr(counted[at], measure) if at in counted else 0 for at in places},
        )
        for measure in measures
    }
    return {
        at: _shown(counted.get(at), told["whole"][at], told.get("part", {}).get(at))
        for at in places
    }


def _counts(name: str, true: Mapping[Place, int]) -> dict[Place, int | None]:
    """Each count rounded; the network's drawn anew while some table of its parts tells too much."""
    total_at = (Breakdown.NETWORK, "")
    told: dict[Place, int | None] = {
        at: rounded(value, cell=f"{name}|{at[0]}|{at[1]}") for at, value in true.items()
    }
    tables = [
        [value for at, value in told.items() if at[0] is breakdown and value is not None]
        for breakdown in {at[0] for at in true} - {Breakdown.NETWORK}
    ]
    for draw in range(TRIES):
        total = rounded(true[total_at], cell=f"{name}|network|", draw=draw)
        if not any(tells_too_much(parts, total) for parts in tables):
            return {**told, total_at: total}
    return {**told, total_at: None}


def _shown(counted: Counted | None, whole: int | None, part: int | None) -> Shown:
    if counted is None or whole is None or whole < FEWEST_VALUES:
        return Shown(whole, part)
    return Shown(
        whole,
        part,
        half_within=counted.half_within,
        nine_in_ten_within=(
            counted.nine_in_ten_within if whole >= FEWEST_FOR_NINE_IN_TEN else None
        ),
        mean=None if counted.mean is None else round(counted.mean, 1),
        margin=_margin(counted),
    )


def _margin(counted: Counted) -> float | None:
    """Half of the 95 % interval of the mean, of a normal distribution."""
    if counted.deviation is None:
        return None
    return round(1.96 * counted.deviation / sqrt(counted.whole), 1)


def by_network(counted: Iterable[Counted]) -> dict[UUID, dict[Place, Counted]]:
    """The counted cells of each network by where they stand."""
    found: dict[UUID, dict[Place, Counted]] = {}
    for cell in counted:
        found.setdefault(cell.network_id, {})[(cell.breakdown, cell.key)] = cell
    return found


def parts_of(places: Iterable[Place]) -> dict[Breakdown, list[str]]:
    """The keys by breakdown, in their order."""
    found: dict[Breakdown, list[str]] = {}
    for breakdown, key in places:
        found.setdefault(Breakdown(breakdown), []).append(key)
    return found
