"""The network's counts, for its director; only suppressed figures leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caseplan.plan.models import PlanVersion
from caseplan.plan.selectors import unanswered_by_body
from cases.models import Case, TeamMembership
from common.actor import Actor, ActorKind
from common.bodies import Body
from common.clock import day_of
from common.decision import NotVisible
from common.validity import valid_at
from evaluation.suppression import may_show, suppressed
from followup.selectors import escalated_to_director
from people.models import Municipality, Network, Position, TerritoryChange, TerritoryKind
from people.selectors import towns_on


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its name; None where it may not be shown."""

    label: str
    value: int | None


_READS_FIGURES = frozenset({ActorKind.DIRECTOR, ActorKind.STEERING})
"""Who reads a network's figures: who leads how it works, and the steering group that follows it
(Decree 388/2024 s. 2)."""


@dataclass(frozen=True, slots=True)
class NetworkCounts:
    """Open cases by municipality (rows) and body on the team (columns), suppressed.

    The last row counts all municipalities. A case with several bodies on its team counts once
    for each, so body columns do not add up to the cases; ``cases`` counts each case once.
    """

    open_cases: Count
    plans_in_force: Count
    municipalities: list[str]
    bodies: list[Body]
    cases: list[int | None]
    by_body: list[list[int | None]]


def network_counts(actor: Actor, *, now: datetime) -> NetworkCounts:
    """Raises ``NotVisible`` for anybody but a director and the steering group."""
    if actor.kind not in _READS_FIGURES:
        raise NotVisible
    towns = towns_on(day_of(now))
    cases: dict[UUID, str] = {
        case_id: towns.now_called(code)
        for case_id, code in Case.objects.filter(
            network_id=actor.working_network_id, ended_at__isnull=True
        ).values_list("pk", "person__municipality_code")
    }
    here = [c for c in towns.codes_of(actor.working_network_id) if c not in towns.standing]
    rows_of = Municipality.objects.filter(code__in=here).order_by("code")
    names = dict(rows_of.values_list("code", "name_fi"))
    codes = list(names)
    elsewhere = [code for code in set(cases.values()) if code not in names]
    rows = [*codes, *([""] if elsewhere else [])]
    place = {code: code if code in names else "" for code in set(cases.values())}
    on_team = _bodies_on_teams(cases, now)
    table = [[0] * (1 + len(Body)) for _row in rows]
    for case_id, code in cases.items():
        row = table[rows.index(place[code])]
        row[0] += 1
        for number, body in enumerate(Body, start=1):
            row[number] += body.value in on_team[case_id]
    shown = _by_column(table)
    in_force = PlanVersion.objects.filter(
        case__in=list(cases), in_force_at__isnull=False, replaced_at__isnull=True
    ).count()
    return NetworkCounts(
        open_cases=Count(_("Open cases"), len(cases) if may_show(len(cases), 0) else None),
        plans_in_force=Count(
            _("Plans in force"), in_force if may_show(in_force, len(cases) - in_force) else None
        ),
        municipalities=[names.get(code, _("Elsewhere")) for code in rows] + [_("All")],
        bodies=list(Body),
        cases=[row[0] for row in shown],
        by_body=[row[1:] for row in shown],
    )


def late_answers(actor: Actor, *, now: datetime) -> list[Count]:
    """The requests between bodies that wait past their day, by the body that was asked.

    Raises ``NotVisible`` for anybody but a director and the steering group.
    """
    if actor.kind not in _READS_FIGURES:
        raise NotVisible
    late = unanswered_by_body(actor, now=now)
    # Each stands alone: no total of them is published that could be subtracted from.
    return [
        Count(str(body.label), value if may_show(value, 0) else None)
        for body, value in late.items()
    ]


def late_in_network(actor: Actor, *, now: datetime) -> list[Count]:
    """How many cases have a reminder of each kind that went all the way up to the director.

    Raises ``NotVisible`` for anybody but a director.
    """
    if actor.kind is not ActorKind.DIRECTOR:
        raise NotVisible
    # Each stands alone, as above.
    return [
        Count(str(kind.label), value if may_show(value, 0) else None)
        for kind, value in escalated_to_director(actor).items()
    ]


def _bodies_on_teams(cases: Iterable[UUID], now: datetime) -> dict[UUID, set[str]]:
    """For each case the bodies with an office, or a user who works for them now, on the team."""
    memberships = TeamMembership.objects.filter(valid_at(now), case__in=list(cases))
    works_for = dict(
        Position.objects.filter(
            valid_at(now), office__isnull=False, user__in=memberships.values("user")
        ).values_list("user", "office__body")
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for case_id, user_id, office_body in memberships.values_list("case", "user", "office__body"):
        body = office_body or works_for.get(user_id)
        if body:
            found[case_id].add(body)
    return found


def _by_column(table: list[list[int]]) -> list[list[int | None]]:
    """Suppress the cases against their total, then each body's column as a share of the cases.

    A case counts for every body on its team, so a row has no total; but "all cases" less "with
    Kela" is a count too, and is guarded like one. The last row returned is the total.
    """
    cases, *bodies = [list(column) for column in zip(*table, strict=True)] or [[]]
    columns = [suppressed(cases), *(suppressed(column, whole=cases) for column in bodies)]
    return [list(row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class TerritoryEffect:
    """What a change of territory does to one network's open cases; None where it is withheld.

    ``receiver``: the network in which these people live then; None for none of this installation.
    """

    network: Network
    receiver: Network | None
    open_cases: int | None


def territory_effects(
    actor: Actor, change: TerritoryChange, *, now: datetime
) -> list[TerritoryEffect]:
    """Whose open cases are of people who live outside their network from that day on, and how many.

    A figure under five is not told. Raises ``NotVisible`` for anybody but keeper and officer.
    """
    if not (actor.is_keeper or actor.is_officer):
        raise NotVisible
    on = max(change.since, day_of(now))
    towns = towns_on(on)
    ends = change.kind == TerritoryKind.ENDS
    code = change.municipality_id or ""
    codes = towns.codes_of(change.network_id) if ends else towns.codes_within(code)
    before = change.network_id if ends else towns.network_of.get(code)
    after = None
    if change.kind == TerritoryKind.JOINS:
        after = change.network_id
    elif change.kind == TerritoryKind.MERGES:
        after = towns.network_of.get(change.into_id or "", before)
    networks = {network.pk: network for network in Network.objects.all()}
    if before is None or before == after:
        return []
    found = Case.objects.filter(network_id=before, ended_at__isnull=True)
    count = found.filter(person__municipality_code__in=codes).count()
    said = count if not count or may_show(count, 0) else None
    return [TerritoryEffect(networks[before], networks.get(after) if after else None, said)]
