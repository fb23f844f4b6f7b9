"""Makes the snapshots. What was counted is written by the night's log-in and read by no page."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, Q

from cases.models import Case
from common.actor import Actor, ActorKind
from common.clock import day_of
from common.database_roles import KEEPER, logged_in_as
from common.dates import add_months
from common.decision import NotVisible
from evaluation.counting import Counted, count, keys_of
from evaluation.indicators import INDICATORS
from evaluation.indicators.base import Indicator
from evaluation.models import (
    Breakdown,
    MunicipalityGroup,
    PeriodKind,
    PublishedFigure,
    Snapshot,
    Tally,
)
from evaluation.periods import Period, whole_periods
from evaluation.publishing import by_network, show
from people.models import Office
from people.selectors import towns_on

MONTHS_BACK = 24
"""So far back figures are made where there are none yet: rows remember how things stood."""
WEEKS_BACK = 8
LARGE_ENOUGH = 20
"""Open cases, with which a municipality stands alone in a year's figures."""


@logged_in_as(KEEPER)
def make_snapshots(*, actor: Actor, on: date, now: datetime) -> int:
    """Make what is over on the day and not made yet, for every network with a case; how many.

    Each period in a transaction of its own: broken off, the next run goes on with the next period;
    run twice, it makes nothing a second time. Raises ``NotVisible`` for anybody but the system.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise NotVisible
    made = 0
    for period, networks in _due(on).items():
        made += _make(period, networks, now)
    return made


def _due(on: date) -> dict[Period, list[UUID]]:
    """The periods that are over, each with the networks that lack it, the oldest first."""
    begun = dict(Case.objects.order_by().values_list("network").annotate(begun=Min("opened_at")))
    found: dict[Period, list[UUID]] = defaultdict(list)
    there = set(Snapshot.objects.values_list("network_id", "kind", "until"))
    for network_id, opened_at in begun.items():
        for period in whole_periods(max(day_of(opened_at), add_months(on, -MONTHS_BACK)), on):
            if period.kind is PeriodKind.WEEK and (on - period.until).days > 7 * WEEKS_BACK:
                continue
            if (network_id, period.kind, period.until) not in there:
                found[period].append(network_id)
    return dict(sorted(found.items(), key=lambda due: (due[0].until, due[0].since)))


@transaction.atomic
def _make(period: Period, networks: list[UUID], now: datetime) -> int:
    snapshots = {
        network_id: Snapshot(
            network_id=network_id, kind=period.kind, since=period.since, until=period.until,
            made_at=now,
        )
        for network_id in networks
    }  # fmt: skip
    Snapshot.objects.bulk_create(snapshots.values())
    groups = {network_id: _groups(network_id, period) for network_id in networks}
    offices = _offices(networks)
    for indicator in INDICATORS.values():
        if period.kind not in indicator.periods:
            continue
        counted = by_network(count(indicator, period, networks))
        for network_id, snapshot in snapshots.items():
            keys = {
                breakdown: keys_of(
                    indicator, breakdown,
                    groups=groups[network_id].values(), offices=offices[network_id],
                )
                for breakdown in indicator.told_by
            }  # fmt: skip
            _keep(snapshot, indicator, counted.get(network_id, {}), keys)
    return len(snapshots)


def _keep(
    snapshot: Snapshot,
    indicator: Indicator,
    counted: dict[tuple[Breakdown, str], Counted],
    keys: dict[Breakdown, list[str]],
) -> None:
    Tally.objects.bulk_create(
        Tally(
            snapshot=snapshot, indicator=indicator.code, breakdown=breakdown, key=key,
            whole=cell.whole, part=cell.part, half_within=cell.half_within,
            nine_in_ten_within=cell.nine_in_ten_within, mean=cell.mean, deviation=cell.deviation,
        )
        for (breakdown, key), cell in counted.items()
    )  # fmt: skip
    shown = show(indicator, snapshot.network_id, counted, keys)
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            snapshot=snapshot, indicator=indicator.code, breakdown=breakdown, key=key,
            whole=cell.whole, part=cell.part, half_within=cell.half_within,
            nine_in_ten_within=cell.nine_in_ten_within, mean=cell.mean, margin=cell.margin,
        )
        for (breakdown, key), cell in shown.items()
    )  # fmt: skip


def _offices(networks: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {network_id: [] for network_id in networks}
    for office_id, network_id in Office.objects.filter(network__in=networks).values_list(
        "pk", "network"
    ):
        found[network_id].append(office_id)
    return found


def _groups(network_id: UUID, period: Period) -> dict[str, str]:
    """Under which municipality each of a network's is counted that year; settled when first asked.

    The smallest go together, until each group has enough open cases at the year's beginning, or all
    are one. A municipality that joins within the year stands under the smallest group.
    """
    year = period.until.year
    kept = dict(
        MunicipalityGroup.objects.filter(network=network_id, year=year).values_list(
            "municipality", "under"
        )
    )
    towns = towns_on(period.until)
    here = [code for code in towns.codes_of(network_id) if code not in kept]
    if not here:
        return kept
    sizes = _sizes(network_id, period)
    size_of = {code: sizes.get(code, 0) for code in towns.codes_of(network_id)}
    new = join_small(size_of) if not kept else dict.fromkeys(here, _smallest(kept, size_of))
    MunicipalityGroup.objects.bulk_create(
        MunicipalityGroup(
            network_id=network_id, year=year, municipality_id=code, under_id=new[code]
        )
        for code in here
    )
    return {**kept, **{code: new[code] for code in here}}


def _sizes(network_id: UUID, period: Period) -> dict[str, int]:
    """Open cases by municipality when the period began, or when it ended where it is the first."""
    moments = (period.begins, period.ends)
    for moment in moments:
        found = (
            Case.objects.filter(network=network_id, opened_at__lt=moment)
            .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=moment))
            .order_by()
            .values_list("person__municipality_code")
            .annotate(number=Count("pk"))
        )
        sizes = dict(found)
        if sizes:
            return sizes
    return {}


def _smallest(kept: dict[str, str], size_of: dict[str, int]) -> str:
    groups: dict[str, int] = defaultdict(int)
    for code, under in kept.items():
        groups[under] += size_of.get(code, 0)
    return min(groups, key=lambda under: (groups[under], under))


def join_small(size_of: dict[str, int]) -> dict[str, str]:
    """Put the smallest municipalities together until each group has ``LARGE_ENOUGH``.

    A group is called by its largest municipality. ``size_of``: open cases by municipality.
    """
    groups = [[code] for code in sorted(size_of)]

    def size(group: list[str]) -> int:
        return sum(size_of[code] for code in group)

    while len(groups) > 1 and size(min(groups, key=size)) < LARGE_ENOUGH:
        groups.sort(key=size)
        smallest, next_one, *rest = groups
        groups = [[*smallest, *next_one], *rest]
    return {
        code: max(group, key=lambda one: (size_of[one], one)) for group in groups for code in group
    }
