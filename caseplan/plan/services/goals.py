"""Writing goals: the client's own in the client's words, and the joint ones."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_edit_goal,
    can_take_up_goal,
    can_write_own_goal,
    dropped_just_now_by,
    is_agreed_on,
)
from caseplan.plan.models import (
    Action,
    Goal,
    GoalKind,
)
from cases.access import can_write_in_case
from cases.models import Case, NewsKind
from cases.services import notify_team_of_change, take_back_news
from common.actor import Actor
from common.bodies import Party
from common.decision import Refused
from consent.models import Category
from records.access import visible_to
from records.services import add_row, lock_row, recordable, require_filled, require_text, save_row
from records.signals import row_reopened


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
            text=require_filled(text, "text", _("Write the goal in a few words.")),
        ),
        now,
    )


@transaction.atomic
def edit_goal(
    *, actor: Actor, goal_id: UUID, text: str, revision: int, now: datetime, reason: str = ""
) -> Goal:
    """Change a goal's words: the client their own, the workers the joint ones.

    What stands in the version in force was agreed on: its words are changed with a ``reason``.
    """
    goal = lock_row(actor, Goal, goal_id, now)
    can_edit_goal(actor, goal, now=now).require()
    # The client's own words are theirs; those a worker takes from a template are filled in first.
    said = require_text if goal.kind == GoalKind.CLIENT else require_filled
    text = said(text, "text", _("Write the goal in a few words."))
    if text != goal.text:
        goal.reason = _why(goal, reason)
    goal.text = text
    return save_row(actor, goal, revision, now)


@transaction.atomic
def drop_goal(
    *, actor: Actor, goal_id: UUID, revision: int, now: datetime, reason: str = ""
) -> Goal:
    """Leave a goal behind, with a ``reason`` where it was agreed on.

    Refused while actions under it are open. Only those the actor sees: a refusal must
    not tell of others. Whoever sees one that is left over finds it among the actions without a
    goal.
    """
    goal = lock_row(actor, Goal, goal_id, now)
    can_edit_goal(actor, goal, now=now).require()
    goal.reason = _why(goal, reason)
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


@transaction.atomic
def take_up_goal(*, actor: Actor, goal_id: UUID, reason: str, revision: int, now: datetime) -> Goal:
    """Pursue a goal again that was dropped, and say why."""
    goal = lock_row(actor, Goal, goal_id, now)
    can_take_up_goal(actor, goal, now=now).require()
    return _taken_up(
        actor,
        goal,
        require_text(reason, "reason", _("Say why it is pursued again.")),
        revision,
        now,
    )


@transaction.atomic
def undo_drop_goal(*, actor: Actor, goal_id: UUID, revision: int, now: datetime) -> Goal:
    """Take back that one has just dropped a goal: within ten minutes, with no reason."""
    goal = lock_row(actor, Goal, goal_id, now)
    can_take_up_goal(actor, goal, now=now).require()
    if not dropped_just_now_by(actor, goal, now=now):
        raise Refused(_("This can no longer be undone. It is changed as anything else is."))
    return _taken_up(actor, goal, "", revision, now)


def _taken_up(actor: Actor, goal: Goal, reason: str, revision: int, now: datetime) -> Goal:
    dropped_at = goal.dropped_at
    goal.reason = reason
    goal.dropped_at = goal.dropped_by_id = None
    saved = save_row(actor, goal, revision, now)
    take_back_news(
        actor=actor, case=goal.case, kind=NewsKind.GOAL_DROPPED, otherwise=NewsKind.GOAL_TAKEN_UP,
        subject_id=goal.pk, now=now,
    )  # fmt: skip
    row_reopened.send(Goal, row=goal, since=dropped_at, now=now)
    return saved


def _why(goal: Goal, reason: str) -> str:
    """The reason, which only what was agreed on must have; the client's own goal needs none."""
    if goal.kind != GoalKind.CLIENT and is_agreed_on(goal):
        return require_text(reason, "reason", _("It was agreed on. Say why."))
    return reason.strip()
