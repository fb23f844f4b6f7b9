"""Writing actions: who does what by when, and how it went."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_change_action,
    can_close_action,
)
from caseplan.plan.models import (
    Action,
    ActionState,
    Goal,
)
from cases.access import can_write_in_case
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.access import get_row
from records.services import add_row, lock_row, recordable, require_filled, require_text, save_row


@transaction.atomic
def add_action(
    *,
    actor: Actor,
    goal_id: UUID,
    text: str,
    owner_party: Party,
    owner_id: UUID | None,
    due_on: date,
    category: Category,
    now: datetime,
    repeats_weeks: int | None = None,
) -> Action:
    """Add a step towards a goal, with its owner and last day.

    A body's action names a worker of that body on the team; the client's action needs none.
    """
    goal = get_row(actor, Goal, goal_id, now=now)
    can_write_in_case(actor, goal.case, now=now).require()
    if goal.dropped_at is not None:
        raise Refused(_("The goal has been dropped. Choose another one."), field="goal")
    return add_row(
        actor,
        Action(
            case=goal.case,
            goal=goal,
            category=recordable(actor, category),
            text=require_filled(text, "text", _("Write what is done.")),
            owner_party=owner_party,
            owner_id=_owner(goal.case, owner_party, owner_id, now),
            due_on=due_on,
            repeats_weeks=repeats_weeks,
        ),
        now,
    )


@transaction.atomic
def edit_action(
    *,
    actor: Actor,
    action_id: UUID,
    text: str,
    owner_party: Party,
    owner_id: UUID | None,
    due_on: date,
    revision: int,
    now: datetime,
    repeats_weeks: int | None = None,
) -> Action:
    """Change what is done, whose task it is, or its last day."""
    action = lock_row(actor, Action, action_id, now)
    can_change_action(actor, action, now=now).require()
    before = (action.text, action.owner_party, action.due_on)
    action.text = require_filled(text, "text", _("Write what is done."))
    action.owner_party = owner_party
    action.owner_id = _owner(action.case, owner_party, owner_id, now)
    action.due_on, action.repeats_weeks = due_on, repeats_weeks
    changed = save_row(actor, action, revision, now)
    if before != (action.text, action.owner_party, action.due_on):
        _tell_of_task(actor, action, NewsKind.TASK_CHANGED, now, before)
    return changed


@transaction.atomic
def move_day(
    *,
    actor: Actor,
    action_id: UUID,
    due_on: date,
    why: str,
    revision: int,
    now: datetime,
    told: NewsKind = NewsKind.TASK_CHANGED,
) -> Action:
    """Move an action's last day, and nothing else of it; ``why`` may be empty.

    The client reads why, where the task is theirs. ``told``: as which news it comes to them.
    """
    action = lock_row(actor, Action, action_id, now)
    can_change_action(actor, action, now=now).require()
    if due_on < day_of(now):
        raise Refused(_("Choose a day that has not passed."), field="due_on")
    before = (action.text, action.owner_party, action.due_on)
    action.due_on, action.state_reason = due_on, why.strip()
    moved = save_row(actor, action, revision, now)
    if before[2] != due_on:
        _tell_of_task(actor, action, told, now, before)
    return moved


@transaction.atomic
def move_action(
    *,
    actor: Actor,
    action_id: UUID,
    state: ActionState,
    reason: str,
    waiting_for: str,
    revision: int,
    now: datetime,
) -> Action:
    """Say where an action stands: begun, waiting for whom, done, or dropped and why."""
    if state in (ActionState.DONE, ActionState.DROPPED):
        return close_action(
            actor=actor, action_id=action_id, state=state, reason=reason, revision=revision, now=now
        )
    action = lock_row(actor, Action, action_id, now)
    can_close_action(actor, action, now=now).require()
    if state == ActionState.WAITING and waiting_for not in Party.values:
        raise Refused(_("Say whom it waits for."), field="waiting_for")
    action.state, action.state_reason = state, reason.strip()
    action.waiting_for = waiting_for if state == ActionState.WAITING else ""
    return save_row(actor, action, revision, now)


@transaction.atomic
def close_action(
    *,
    actor: Actor,
    action_id: UUID,
    state: ActionState,
    reason: str,
    revision: int,
    now: datetime,
) -> Action:
    """Say that an action is done, or dropped and why. ``reason`` is needed when dropped.

    One that repeats comes again when it is done, its day so many weeks later, never in the past.
    """
    action = lock_row(actor, Action, action_id, now)
    can_close_action(actor, action, now=now).require()
    if state not in (ActionState.DONE, ActionState.DROPPED):
        raise Refused(_("Say whether it is done or dropped."), field="state")
    if state == ActionState.DROPPED:
        reason = require_text(reason, "reason", _("Say why it is dropped."))
    action.state, action.state_reason, action.waiting_for = state, reason.strip(), ""
    action.closed_at, action.closed_by_id = now, actor.user_id
    closed = save_row(actor, action, revision, now)
    before = (action.text, action.owner_party, action.due_on)
    _tell_of_task(actor, action, NewsKind.TASK_CLOSED, now, before)
    if state == ActionState.DONE and action.repeats_weeks:
        _again(actor, action, now)
    return closed


def give_step(actor: Actor, case: Case, step: Action, owner_id: UUID | None, now: datetime) -> None:
    """A locked open step of a case that changes hands is somebody else's of the same body.

    What it was stays in its history. Without a new owner it stays as it is.
    """
    if owner_id is not None and owner_id != step.owner_id:
        step.case, step.owner_id = case, owner_id
        save_row(actor, step, step.revision, now)


def _tell_of_task(
    actor: Actor, action: Action, kind: NewsKind, now: datetime, before: tuple[str, str, date]
) -> None:
    """A change of what the client does is news for them; of what others do, their page tells."""
    text, owner, due_on = before
    if Party.CLIENT in (owner, action.owner_party):
        notify_of_change(
            actor=actor, case=action.case, kind=kind, subject_id=action.pk, now=now,
            was_on=due_on, was=text,
        )  # fmt: skip


def _again(actor: Actor, done: Action, now: datetime) -> Action:
    """The next of a repeating action; it is recorded for the body that recorded the first.

    What the client has decided about one of them alone holds for all of them.
    """
    weeks = timedelta(weeks=done.repeats_weeks or 0)
    due_on = done.due_on + weeks
    while due_on <= day_of(now):
        due_on += weeks
    return add_row(
        actor,
        Action(
            case=done.case,
            goal_id=done.goal_id,
            category=done.category,
            text=done.text,
            owner_party=done.owner_party,
            owner_id=done.owner_id,
            due_on=due_on,
            repeats_weeks=done.repeats_weeks,
            first_id=done.first_id or done.pk,
        ),
        now,
        for_party=Party(done.recorded_for),
    )


def _owner(case: Case, party: Party, owner_id: UUID | None, now: datetime) -> UUID | None:
    if party == Party.CLIENT:
        return None
    for member in team_of(case, now=now):
        if owner_id and member.user_id == owner_id and member.body.value == Party(party).value:
            return owner_id
    raise Refused(
        _("Choose the person of that body, from the team, whose task this is."), field="owner"
    )
