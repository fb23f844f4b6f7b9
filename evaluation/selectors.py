"""The network's counts, for its director; only suppressed figures leave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from caseplan.models import PlanVersion
from cases.models import Case, TeamTerm
from common.actor import Actor, ActorKind
from common.bodies import Body
from common.decision import NotVisible
from evaluation.suppression import SMALLEST, suppressed
from people.models import Municipality
from people.selectors import standing_at


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its name; None where it may not be shown."""

    label: str
    value: int | None


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
    """Raises ``NotVisible`` for anybody but a director."""
    if actor.kind is not ActorKind.DIRECTOR:
        raise NotVisible
    cases: dict[UUID, str] = dict(
        Case.objects.filter(network_id=actor.working_network_id, ended_at__isnull=True).values_list(
            "pk", "person__municipality_code"
        )
    )
    names = dict(
        Municipality.objects.filter(network_id=actor.working_network_id)
        .order_by("code")
        .values_list("code", "name_fi")
    )
    codes = list(names)
    elsewhere = [code for code in set(cases.values()) if code not in names]
    rows = [*codes, *([""] if elsewhere else [])]
    place = {code: code if code in names else "" for code in set(cases.values())}
    on_team: dict[UUID, set[str]] = defaultdict(set)
    for term in TeamTerm.objects.filter(standing_at(now), case__in=list(cases)).values_list(
        "case", "office__body", "user__positions__office__body"
    ):
        on_team[term[0]].update(body for body in term[1:] if body)
    table = [[0] * (1 + len(Body)) for _row in rows]
    for case_id, code in cases.items():
        row = table[rows.index(place[code])]
        row[0] += 1
        for number, body in enumerate(Body, start=1):
            row[number] += body.value in on_team[case_id]
    totals = [sum(column) for column in zip(*table, strict=True)] if table else []
    shown = _by_column([*table, totals]) if table else []
    in_force = PlanVersion.objects.filter(
        case__in=list(cases), in_force_at__isnull=False, replaced_at__isnull=True
    ).count()
    others = len(cases) - in_force
    return NetworkCounts(
        open_cases=Count(_("Open cases"), len(cases) if len(cases) >= SMALLEST else None),
        plans_in_force=Count(
            _("Plans in force"),
            in_force if in_force >= SMALLEST and (others == 0 or others >= SMALLEST) else None,
        ),
        municipalities=[names.get(code, _("Elsewhere")) for code in rows] + [_("All")],
        bodies=list(Body),
        cases=[row[0] for row in shown],
        by_body=[row[1:] for row in shown],
    )


def _by_column(table: list[list[int]]) -> list[list[int | None]]:
    """Suppress each column by itself, against its total, and one row against another.

    A case counts for every body on its team, so rows have no total; but "all cases" less "with
    Kela" is a count too: a body's cell is withheld where its difference from the cases is small.
    """
    columns = [list(column) for column in zip(*table, strict=True)]
    small = [
        [
            0 if number and 0 < columns[0][r] - value < SMALLEST else value
            for r, value in enumerate(column)
        ]
        for number, column in enumerate(columns)
    ]
    hidden = [suppressed([[value] for value in column]) for column in small]
    return [
        [columns[c][r] if hidden[c][r][0] is not None else None for c in range(len(columns))]
        for r in range(len(table))
    ]
