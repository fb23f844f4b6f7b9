"""What a worker's or client's first page lists, and the plans of many cases: a fixed number of
questions to the database for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from audit.models import Purpose
from caseplan.plan.access import versions_visible_to
from caseplan.plan.models import Action, Answer, Goal, PlannedService, PlanVersion
from cases.access import visible_to as cases_visible_to
from cases.access import work_of
from cases.models import Case
from common.actor import Actor
from consent.models import Category, ClientInformation
from records.access import visible_to
from records.selectors import reading_of


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The living plan of one case, as far as the reader may see it."""

    case: Case
    goals: list[Goal]
    actions: list[Action]
    planned_services: list[PlannedService]
    version_in_force: int | None
    open_proposal: int | None


def list_plans(actor: Actor, cases: Iterable[Case], *, now: datetime) -> list[PlanRow]:
    """The plans of some visible cases; logged. A fixed number of queries for any number."""
    page = list(cases)
    reading = reading_of(actor, now=now)
    grounds = reading.grounds
    goals = visible_to(actor, Goal, now=now, grounds=grounds).filter(
        case__in=page, dropped_at__isnull=True
    )
    actions = visible_to(actor, Action, now=now, grounds=grounds).filter(case__in=page)
    planned_services = visible_to(actor, PlannedService, now=now, grounds=grounds).filter(
        case__in=page
    )
    versions = versions_visible_to(actor, now=now, grounds=grounds).filter(case__in=page)
    standing = list(versions.order_by("number"))
    in_force = {v.case_id: v.number for v in standing if v.is_in_force}
    proposed = {v.case_id: v.number for v in standing if v.is_open_proposal}
    found_goals = list(goals.order_by("recorded_at", "pk"))
    found_actions = list(actions.select_related("owner").order_by("due_on", "recorded_at", "pk"))
    found_services = list(planned_services.order_by("starts_on", "recorded_at", "pk"))
    plans = [
        PlanRow(
            case=case,
            goals=[g for g in found_goals if g.case_id == case.pk],
            actions=[a for a in found_actions if a.case_id == case.pk],
            planned_services=[m for m in found_services if m.case_id == case.pk],
            version_in_force=in_force.get(case.pk),
            open_proposal=proposed.get(case.pk),
        )
        for case in page
    ]
    reading.log_and_hide_names(
        "plans_listed",
        Purpose.KEEP_CASE,
        [(plan.case, [*plan.goals, *plan.actions, *plan.planned_services]) for plan in plans],
    )
    return plans


def actions_for_day(actor: Actor, *, until: date, now: datetime) -> list[Action]:
    """The open actions due by ``until`` (inclusive) of a worker, and of whom they stand in for.

    The soonest first; logged.
    """
    reading = reading_of(actor, now=now)
    actions = list(
        visible_to(actor, Action, now=now, grounds=reading.grounds)
        .filter(
            owner_id__in=work_of(actor, now=now),
            state__in=Action.OPEN_STATES,
            due_on__lte=until,
            case__ended_at__isnull=True,
        )
        .select_related("case", "case__person")
        .order_by("due_on", "recorded_at", "pk")
    )
    by_case: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for action in actions:
        case, rows = by_case.setdefault(action.case_id, (action.case, []))
        action.case = case  # one object a case, so that a name taken away is away everywhere
        rows.append(action)
    reading.log_and_hide_names("day_opened", Purpose.FOLLOW_UP, by_case.values())
    return actions


def proposals_waiting_for(actor: Actor, *, now: datetime) -> list[PlanVersion]:
    """Open proposals that the actor's party has not answered yet, oldest first; logged."""
    reading = reading_of(actor, now=now)
    answered = Answer.objects.filter(version=OuterRef("pk"), party=actor.party)
    versions: list[PlanVersion] = list(
        versions_visible_to(actor, now=now, grounds=reading.grounds)
        .filter(
            in_force_at__isnull=True,
            set_aside_at__isnull=True,
            parties__contains=[actor.party],
            case__ended_at__isnull=True,
        )
        .annotate(own_answer=Subquery(answered.values("reply")[:1]))
        .filter(own_answer__isnull=True)
        .select_related("case", "case__person")
        .order_by("proposed_at", "pk")
    )
    reading.log_and_hide_names(
        "day_opened",
        Purpose.FOLLOW_UP,
        [(version.case, []) for version in versions],
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    return versions


def own_cases(actor: Actor, *, now: datetime) -> list[Case]:
    """Every open case of the client, the newest first: in each there is something to answer."""
    return list(
        cases_visible_to(actor, now=now)
        .filter(ended_at=None)
        .select_related("network", "person")
        .order_by("-opened_at", "-pk")
    )


def own_case(actor: Actor, *, now: datetime) -> Case | None:
    """The client's newest open case, or their latest one; None when there is none."""
    return (
        cases_visible_to(actor, now=now)
        .select_related("person")
        .order_by(F("ended_at").desc(nulls_first=True), "-opened_at", "-pk")
        .first()
    )
