"""Counts an indicator for the networks of a period: one statement, every breakdown at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from common.bodies import Body
from evaluation.indicators.base import CASE_AT, Indicator
from evaluation.models.figures import Breakdown
from evaluation.periods import Period

FRAME = Path(__file__).with_suffix(".sql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Counted:
    """One cell as it was counted; the fields are those of ``Tally``."""

    network_id: UUID
    breakdown: Breakdown
    key: str
    whole: int
    part: int
    half_within: float | None = None
    nine_in_ten_within: float | None = None
    mean: float | None = None
    deviation: float | None = None


def count(indicator: Indicator, period: Period, networks: Iterable[UUID]) -> list[Counted]:
    """Every cell in which there is something, of each of these networks."""
    given: dict[str, Any] = {
        "since": period.since, "until": period.until, "begins": period.begins,
        "ends": period.ends, "year": period.until.year, "networks": list(networks),
        "breakdowns": [breakdown.value for breakdown in indicator.told_by],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FRAME.format(case_at=CASE_AT, event=indicator.statement), given)
        return [_counted(row) for row in cursor.fetchall()]


def keys_of(
    indicator: Indicator, breakdown: Breakdown, *, groups: Iterable[str], offices: Iterable[UUID]
) -> list[str]:
    """Every part a network's figure is told by, also those of which there is none.

    A part that were left out when it is empty would tell nought from one to four. "" is what
    belongs to none of them: a client who lives elsewhere, a case whose manager has no office.
    """
    found: dict[Breakdown, list[str]] = {
        Breakdown.NETWORK: [""],
        Breakdown.MUNICIPALITY: [*sorted(set(groups)), ""],
        Breakdown.BODY: [*Body.values, ""],
        Breakdown.OFFICE: [*sorted(str(office) for office in offices), ""],
        Breakdown.ITEM: list(indicator.items),
    }
    return found[breakdown]


def _counted(row: tuple[Any, ...]) -> Counted:
    network_id, breakdown, key, whole, part, *values = row
    return Counted(
        network_id, Breakdown(breakdown), key, whole, part,
        *(None if value is None else float(value) for value in values),
    )  # fmt: skip
