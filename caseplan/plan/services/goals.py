"""Writing goals: the client's own in the client's words, and the joint ones."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_edit_goal,
    can_write_own_goal,
)
from caseplan.plan.models import (
    Action,
    Goal,
    GoalKind,
)
from cases.access import can_write_in_case
from cases.models import Case, NewsKind
from cases.services import notify_team_of_change
from common.actor import Actor
from common.bodies import Party
from common.decision import Refused
from consent.models import Category
from records.access import visible_to
from records.services import add_row, lock_row, recordable, require_text, save_row


@transaction.atomic
def add_own_goal(*, actor: Actor, case: Case, text: str, now: datetime) -> Goal:
    """The client adds a goal in their own words. Workers cannot (:class:`NotAllowed`).

    But with the client present, a worker types what the client says.
    """
    can_write_own_goal(actor, case, now=now).require()
    return add_row(
        actor,
        Goal(
            case=case,
            kind=GoalKind.CLIENT,
            category=Category.PLAN_FOLLOW_UP,
            text=require_text(text, "text", _("Write your goal in a few words.")),
        ),
        now,
        for_party=Party.CLIENT,
    )


@transaction.atomic
def add_goal(
    *,
    actor: Actor,
    case: Case,
    text: str,
    category: Category,
    now: datetime,
    kind: GoalKind = GoalKind.JOINT,
) -> Goal:
    """A worker adds a goal agreed on together, or one of their own body.

    ``category`` decides which bodies see it.
    """
    if kind == GoalKind.CLIENT:
        raise Refused(_("The client's own goals are written by the client."), field="kind")
    can_write_in_case(actor, case, now=now).require()
    return add_row(
        actor,
        Goal(
            case=case,
            kind=kind,
            category=recordable(actor, category),
            text=require_text(text, "text", _("Write the goal in a few words.")),
        ),
        now,
    )


@transaction.atomic
def edit_goal(*, actor: Actor, goal_id: UUID, text: str, revision: int, now: datetime) -> Goal:
    """Change a goal's words: the client their own, the workers the joint ones."""
    goal = lock_row(actor, Goal, goal_id, now)
    can_edit_goal(actor, goal, now=now).require()
    goal.text = require_text(text, "text", _("Write the goal in a few words."))
    return save_row(actor, goal, revision, now)


@transaction.atomic
def drop_goal(*, actor: Actor, goal_id: UUID, revision: int, now: datetime) -> Goal:
    """Leave a goal behind. Refused while actions under it are open.

    Only those the actor sees: a refusal must not tell of others. Whoever sees one that is left
    over finds it among the actions without a goal.
    """
    goal = lock_row(actor, Goal, goal_id, now)
    can_edit_goal(actor, goal, now=now).require()
    actions = visible_to(actor, Action, now=now)
    if actions.filter(goal=goal, state__in=Action.OPEN_STATES).exists():
        raise Refused(_("The goal has open actions. Close them, or move them, first."))
    goal.dropped_at, goal.dropped_by_id = now, actor.user_id
    save_row(actor, goal, revision, now)
    notify_team_of_change(
        actor=actor,
        case=goal.case,
        kind=NewsKind.GOAL_DROPPED,
        subject_id=goal.pk,
        now=now,
        client=True,
    )
    return goal
