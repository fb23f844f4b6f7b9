"""A thing that counts, where it belongs, and how rows become the cells of a tally."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import fmean, stdev
from uuid import UUID

from cases.models import Case, TeamMembership, TeamRole
from evaluation.counting import Counted
from evaluation.models.figures import Breakdown
from evaluation.periods import Period
from people.models import Office, Position


@dataclass(frozen=True, slots=True)
class RecountedRow:
    """One thing that counts; ``hit``: whether what the indicator asks is so of it."""

    municipality: str
    body: str = ""
    office: UUID | None = None
    item: str = ""
    hit: bool = True
    value: float | None = None


@dataclass(frozen=True)
class CaseThen:
    """A case as it stood at the period's end, or when it ended before that."""

    case: Case
    period: Period

    @property
    def at(self) -> datetime:
        ended = self.case.ended_at
        return self.period.ends if ended is None else min(ended, self.period.ends)

    @property
    def is_open(self) -> bool:
        ended = self.case.ended_at
        return self.case.opened_at < self.period.ends and (
            ended is None or ended >= self.period.ends
        )

    @property
    def municipality(self) -> str:
        return self.case.person.municipality_code

    @cached_property
    def office(self) -> Office | None:
        """The office the case manager worked in then."""
        managers = [
            membership
            for membership in TeamMembership.objects.filter(case=self.case)
            if membership.role == TeamRole.CASE_MANAGER and membership.since < self.period.ends
        ]
        if not managers:
            return None
        manager = max(managers, key=lambda membership: membership.since)
        at = min(moment for moment in (self.at, manager.until) if moment is not None)
        worked = [
            position
            for position in Position.objects.filter(user=manager.user).select_related("office")
            if position.office is not None
            and position.network_id == self.case.network_id
            and position.since < at
        ]
        return max(worked, key=lambda position: position.since).office if worked else None

    def row(self, *, item: str = "", hit: bool = True, value: float | None = None) -> RecountedRow:
        """The case as a row, in the office of its manager."""
        office = self.office
        return RecountedRow(
            self.municipality, office.body if office else "", office.pk if office else None,
            item, hit, value,
        )  # fmt: skip


def cases_then(network_id: UUID, period: Period) -> list[CaseThen]:
    """Every case of the network that had been opened by the period's end."""
    found = Case.objects.filter(network_id=network_id).select_related("person")
    return [CaseThen(case, period) for case in found if case.opened_at < period.ends]


def tally(
    network_id: UUID,
    rows: Iterable[RecountedRow],
    breakdowns: Iterable[Breakdown],
    groups: Mapping[str, str],
) -> list[Counted]:
    """The rows counted for the network and for each part of it."""
    parts: dict[tuple[Breakdown, str], list[RecountedRow]] = defaultdict(list)
    for row in rows:
        keys = {
            Breakdown.NETWORK: "",
            Breakdown.MUNICIPALITY: groups.get(row.municipality, ""),
            Breakdown.BODY: row.body,
            Breakdown.OFFICE: str(row.office or ""),
            Breakdown.ITEM: row.item,
        }
        for breakdown in breakdowns:
            parts[breakdown, keys[breakdown]].append(row)
    return [_cell(network_id, *at, found) for at, found in parts.items()]


def _cell(
    network_id: UUID, breakdown: Breakdown, key: str, rows: Sequence[RecountedRow]
) -> Counted:
    values = sorted(row.value for row in rows if row.value is not None)
    return Counted(
        network_id, breakdown, key, len(rows), sum(row.hit for row in rows),
        half_within=_nearest_rank(values, 50),
        nine_in_ten_within=_nearest_rank(values, 90),
        mean=fmean(values) if values else None,
        deviation=stdev(values) if len(values) > 1 else None,
    )  # fmt: skip


def _nearest_rank(values: Sequence[float], percent: int) -> float | None:
    """The least value that so many in a hundred are not above."""
    if not values:
        return None
    rank = -(-percent * len(values) // 100)
    return values[max(rank, 1) - 1]
