"""Writes of the living plan: goals, actions, services, and the plan's own texts.

Every edit names the ``revision`` it was made on; if somebody else wrote in between it is
refused with :class:`Stale` and nothing is overwritten.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.access import (
    can_change_action,
    can_close_action,
    can_edit_goal,
    can_edit_measure,
    can_write_own_goal,
    can_write_plan,
    get_row,
    visible_to,
)
from caseplan.models import Action, ActionState, Goal, GoalKind, JointPlan, Measure
from cases.models import Case
from cases.selectors import team_of
from common.actor import Actor
from common.bodies import Body, Party
from common.decision import NotAllowed, Refused, Stale
from common.history import save_as
from consent.access import categories_recordable_by
from consent.models import Category, ClientInformation

Revised = TypeVar("Revised", JointPlan, Goal, Action, Measure)


@transaction.atomic
def add_own_goal(*, actor: Actor, case: Case, text: str, now: datetime) -> Goal:
    """The client adds a goal in their own words. Workers cannot (:class:`NotAllowed`)."""
    can_write_own_goal(actor, case).require()
    return _add(
        actor,
        Goal(
            case=case,
            kind=GoalKind.CLIENT,
            category=Category.PLAN_FOLLOW_UP,
            text=_said(text, "text", _("Write your goal in a few words.")),
        ),
        now,
    )


@transaction.atomic
def add_goal(*, actor: Actor, case: Case, text: str, category: Category, now: datetime) -> Goal:
    """A worker adds a goal agreed on together; ``category`` decides which bodies see it."""
    can_write_plan(actor, case, now=now).require()
    return _add(
        actor,
        Goal(
            case=case,
            kind=GoalKind.JOINT,
            category=_recordable(actor, category),
            text=_said(text, "text", _("Write the goal in a few words.")),
        ),
        now,
    )


@transaction.atomic
def edit_goal(*, actor: Actor, goal_id: UUID, text: str, revision: int, now: datetime) -> Goal:
    """Change a goal's words: the client their own, the workers the joint ones."""
    goal = _locked(actor, Goal, goal_id, now)
    can_edit_goal(actor, goal, now=now).require()
    goal.text = _said(text, "text", _("Write the goal in a few words."))
    return _save(actor, goal, revision, now)


@transaction.atomic
def drop_goal(*, actor: Actor, goal_id: UUID, revision: int, now: datetime) -> Goal:
    """Leave a goal behind. Refused while actions under it are open.

    Only those the actor sees: a refusal must not tell of others. Whoever sees one that is left
    over finds it among the actions without a goal.
    """
    goal = _locked(actor, Goal, goal_id, now)
    can_edit_goal(actor, goal, now=now).require()
    actions = visible_to(actor, Action, now=now)
    if actions.filter(goal=goal, state__in=Action.OPEN_STATES).exists():
        raise Refused(_("The goal has open actions. Close them, or move them, first."))
    goal.dropped_at, goal.dropped_by_id = now, actor.user_id
    return _save(actor, goal, revision, now)


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
) -> Action:
    """Add a step towards a goal, with its owner and last day.

    A body's action names a worker of that body on the team; the client's action needs none.
    """
    goal = get_row(actor, Goal, goal_id, now=now)
    can_write_plan(actor, goal.case, now=now).require()
    if goal.dropped_at is not None:
        raise Refused(_("The goal has been dropped. Choose another one."), field="goal")
    return _add(
        actor,
        Action(
            case=goal.case,
            goal=goal,
            category=_recordable(actor, category),
            text=_said(text, "text", _("Write what is done.")),
            owner_party=owner_party,
            owner_id=_owner(goal.case, owner_party, owner_id, now),
            due_on=due_on,
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
) -> Action:
    """Change what is done, whose task it is, or its last day."""
    action = _locked(actor, Action, action_id, now)
    can_change_action(actor, action, now=now).require()
    action.text = _said(text, "text", _("Write what is done."))
    action.owner_party = owner_party
    action.owner_id = _owner(action.case, owner_party, owner_id, now)
    action.due_on = due_on
    return _save(actor, action, revision, now)


@transaction.atomic
def start_action(*, actor: Actor, action_id: UUID, revision: int, now: datetime) -> Action:
    """Say that an action has begun."""
    action = _locked(actor, Action, action_id, now)
    can_close_action(actor, action, now=now).require()
    action.state = ActionState.IN_PROGRESS
    return _save(actor, action, revision, now)


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
    """Say that an action is done, or dropped and why. ``reason`` is needed when dropped."""
    action = _locked(actor, Action, action_id, now)
    can_close_action(actor, action, now=now).require()
    if state not in (ActionState.DONE, ActionState.DROPPED):
        raise Refused(_("Say whether it is done or dropped."), field="state")
    if state == ActionState.DROPPED:
        reason = _said(reason, "reason", _("Say why it is dropped."))
    action.state, action.state_reason = state, reason.strip()
    action.closed_at, action.closed_by_id = now, actor.user_id
    return _save(actor, action, revision, now)


@transaction.atomic
def add_measure(
    *,
    actor: Actor,
    case: Case,
    name: str,
    provider: str,
    starts_on: date | None,
    ends_on: date | None,
    category: Category,
    now: datetime,
) -> Measure:
    """Add a service that the actor's own body arranges. Days are inclusive."""
    can_write_plan(actor, case, now=now).require()
    return _add(
        actor,
        Measure(
            case=case,
            body=actor.working_body,
            category=_recordable(actor, category),
            name=_said(name, "name", _("Name the service.")),
            provider=provider.strip(),
            starts_on=starts_on,
            ends_on=_not_before(starts_on, ends_on),
        ),
        now,
    )


@transaction.atomic
def edit_measure(
    *,
    actor: Actor,
    measure_id: UUID,
    name: str,
    provider: str,
    starts_on: date | None,
    ends_on: date | None,
    revision: int,
    now: datetime,
) -> Measure:
    """Change a service of the actor's own body."""
    measure = _locked(actor, Measure, measure_id, now)
    can_edit_measure(actor, measure, now=now).require()
    measure.name = _said(name, "name", _("Name the service."))
    measure.provider = provider.strip()
    measure.starts_on = starts_on
    measure.ends_on = _not_before(starts_on, ends_on)
    return _save(actor, measure, revision, now)


@transaction.atomic
def edit_plan(
    *,
    actor: Actor,
    case: Case,
    strengths: str,
    job_search_duty: str,
    follow_up: str,
    kela_participates: bool,
    revision: int,
    now: datetime,
) -> JointPlan:
    """Change the plan's own texts, and whether Kela takes part (its rehabilitation is needed)."""
    plan = _locked(actor, JointPlan, case.plan.pk, now)
    can_write_plan(actor, case, now=now).require()
    on_team = {member.body for member in team_of(case, now=now)}
    if kela_participates and Body.KELA not in on_team:
        raise Refused(_("Add somebody from Kela to the team first."), field="kela_participates")
    plan.strengths = strengths.strip()
    plan.job_search_duty = job_search_duty.strip()
    plan.follow_up = follow_up.strip()
    plan.kela_participates = kela_participates
    return _save(actor, plan, revision, now)


def _add(actor: Actor, row: Revised, now: datetime) -> Revised:
    if actor.party is None:
        raise NotAllowed(_("Only the client and the three bodies record here."))
    row.recorded_for, row.recorded_by_id, row.recorded_at = actor.party, actor.writer_id, now
    save_as(actor, row, now=now)
    _log(actor, row, "added", now)
    return row


def _locked(actor: Actor, model: type[Revised], row_id: UUID, now: datetime) -> Revised:
    """The visible row, locked until the transaction ends: the second of two writers waits."""
    seen = get_row(actor, model, row_id, now=now)
    locked = model.objects.select_for_update().get(pk=seen.pk)
    locked.case = seen.case
    return locked


def _save(actor: Actor, row: Revised, revision: int, now: datetime) -> Revised:
    if row.revision != revision:
        raise Stale(
            _(
                "Somebody else changed this while you were writing. "
                "Look at the change, then save again."
            )
        )
    row.revision += 1
    save_as(actor, row, now=now)
    _log(actor, row, "changed", now)
    return row


def _log(actor: Actor, row: ClientInformation, verb: str, now: datetime) -> None:
    noun = row._meta.model_name or ""
    record_change(
        actor=actor,
        action=f"{noun}_{verb}",
        subject_type=noun,
        subject_id=row.pk,
        case_id=row.case_id,
        person_id=row.case.person_id,
        categories=[row.category],
        now=now,
    )


def _said(text: str, field: str, otherwise: object) -> str:
    if not text.strip():
        raise Refused(str(otherwise), field=field)
    return text.strip()


def _recordable(actor: Actor, category: Category) -> Category:
    if category not in categories_recordable_by(actor):
        raise Refused(_("Choose what this concerns from the list."), field="category")
    return category


def _not_before(starts_on: date | None, ends_on: date | None) -> date | None:
    if ends_on and (starts_on is None or ends_on < starts_on):
        raise Refused(_("The last day cannot be before the first day."), field="ends_on")
    return ends_on


def _owner(case: Case, party: Party, owner_id: UUID | None, now: datetime) -> UUID | None:
    if party == Party.CLIENT:
        return None
    for member in team_of(case, now=now):
        if owner_id and member.user_id == owner_id and member.body.value == Party(party).value:
            return owner_id
    raise Refused(
        _("Choose the person of that body, from the team, whose task this is."), field="owner"
    )
