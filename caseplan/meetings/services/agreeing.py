"""What a meeting agrees on: actions and services of the plan."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from caseplan.meetings.models import (
    Agreed,
    Meeting,
)
from caseplan.meetings.services.meeting import lock_planned_meeting
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import Action, PlannedService
from caseplan.plan.services.actions import add_action
from caseplan.plan.services.planned_services import add_service
from common.actor import Actor
from common.bodies import Party
from common.decision import NotVisible
from consent.models import Category
from records.services import add_row


@transaction.atomic
def agree_on_action(
    *,
    actor: Actor,
    meeting_id: UUID,
    goal_id: UUID,
    text: str,
    owner_party: Party,
    owner_id: UUID | None,
    due_on: date,
    category: Category,
    now: datetime,
    repeats_weeks: int | None = None,
) -> Action:
    """Agree on a step in a meeting: it is an action of the plan at once."""
    meeting = lock_planned_meeting(actor, meeting_id, now)
    action = add_action(
        actor=actor,
        goal_id=goal_id,
        text=text,
        owner_party=owner_party,
        owner_id=owner_id,
        due_on=due_on,
        category=category,
        repeats_weeks=repeats_weeks,
        now=now,
    )
    if action.case_id != meeting.case_id:
        raise NotVisible
    _agreed(actor, meeting, Agreed(action=action, category=action.category), now)
    return action


@transaction.atomic
def agree_on_service(
    *,
    actor: Actor,
    meeting_id: UUID,
    service: ServiceType,
    name: str,
    provider: str,
    starts_on: date | None,
    ends_on: date | None,
    category: Category,
    now: datetime,
) -> PlannedService:
    """Agree on a service of one's own body in a meeting: it is in the plan at once."""
    meeting = lock_planned_meeting(actor, meeting_id, now)
    planned_service = add_service(
        actor=actor,
        case=meeting.case,
        service=service,
        name=name,
        provider=provider,
        starts_on=starts_on,
        ends_on=ends_on,
        category=category,
        now=now,
    )
    _agreed(
        actor,
        meeting,
        Agreed(planned_service=planned_service, category=planned_service.category),
        now,
    )
    return planned_service


def _agreed(actor: Actor, meeting: Meeting, agreed: Agreed, now: datetime) -> Agreed:
    agreed.case, agreed.meeting = meeting.case, meeting
    return add_row(actor, agreed, now, for_party=Party(agreed.thing.recorded_for))
