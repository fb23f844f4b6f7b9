"""Reminders asked for on a day so far from the demo's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from caseplan.meetings.models import Meeting
from caseplan.plan import services as plan
from caseplan.plan.models import Action, PlannedService
from cases.models import Case
from common.actor import system_actor
from common.bodies import Party
from common.clock import day_of
from common.history import save_with_history
from common.reminders import ReminderKind
from consent.models import Category
from followup.models import Reminder
from followup.models.reminder import Level
from followup.services import remind
from people.models import Position
from tests.personas import World

NIGHT = system_actor("night")


_K = ReminderKind


def after(world: World, days: int) -> date:
    return day_of(world.now) + timedelta(days=days)


def reminded(world: World, kind: str, on: date, level: int = Level.OWN) -> set[str]:
    """The user names that stand reminded of the joint case once the night of a day is done."""
    remind(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(case=world.case, kind=kind, level=level, ended_on=None)
    return set(rows.values_list("for_user__username", flat=True))


def the_case(world: World) -> Any:
    return Case.objects.filter(pk=world.case.pk)


def agree(world: World) -> None:
    for party in ("social", "kela", "client"):
        plan.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)


def leads(username: str) -> None:
    Position.objects.filter(user__username=username).update(leads=True)


def step(world: World, owner: Party, due: date, **given: Any) -> Action:
    action = Action(
        **{
            "case": world.case, "goal": world.own_goal, "text": "A step",
            "category": Category.PLAN_FOLLOW_UP, "owner_party": owner, "due_on": due,
            "recorded_for": Party.SOCIAL, "recorded_at": world.now,
            "recorded_by_id": world.actor("social").user_id,
            "owner_id": None if owner == Party.CLIENT else world.actor(owner.value).user_id,
            **given,
        }
    )  # fmt: skip
    return save_with_history(NIGHT, action, now=world.now)  # type: ignore[no-any-return]


def is_held(world: World, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        state="held",
        client_present=True,
        closed_at=world.now,
        closed_by=world.actor("employment").user_id,
    )


def served(world: World, days: int, **given: Any) -> PlannedService:
    planned_service = PlannedService(
        **{
            "case": world.case, "category": Category.PLAN_FOLLOW_UP, "body": "employment",
            "name": "One", "service": "work_trial", "recorded_for": Party.EMPLOYMENT,
            "recorded_by_id": world.actor("employment").user_id,
            "recorded_at": world.now + timedelta(days=days), **given,
        }
    )  # fmt: skip
    return save_with_history(NIGHT, planned_service, now=world.now)  # type: ignore[no-any-return]
