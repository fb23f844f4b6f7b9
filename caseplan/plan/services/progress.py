"""Each party says, in its own row, how near a goal is; nobody's view overwrites another's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import can_rate_goal
from caseplan.plan.models import Goal, GoalRating, GoalStatus
from common.actor import Actor
from common.decision import Refused
from records.access import get_row
from records.services import add_row


@transaction.atomic
def rate_goal(
    *, actor: Actor, goal_id: UUID, status: GoalStatus, comment: str, now: datetime
) -> GoalRating:
    """Say for the actor's party how near a visible goal is. Earlier ratings stay as they were.

    The client rates own and joint goals; a worker rates for their body.
    """
    goal = get_row(actor, Goal, goal_id, now=now)
    can_rate_goal(actor, goal, now=now).require()
    if status not in GoalStatus:
        raise Refused(_("Choose how near the goal is."), field="status")
    return add_row(
        actor,
        GoalRating(
            case=goal.case,
            goal=goal,
            category=goal.category,
            status=status,
            comment=comment.strip(),
        ),
        now,
    )
