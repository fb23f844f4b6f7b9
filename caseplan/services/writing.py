"""Writes of the living plan: goals, actions, services, and the plan's own texts.

Every edit names the ``revision`` it was made on; if somebody else wrote in between it is
refused with :class:`Stale` and nothing is overwritten.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.access import (
    can_change_action,
    can_close_action,
    can_edit_goal,
    can_edit_measure,
    can_write_own_goal,
)
from caseplan.catalogue import ServiceType
from caseplan.models import (
    Action,
    ActionState,
    Goal,
    GoalKind,
    JointPlan,
    Measure,
    Participation,
)
from cases.access import can_write_in_case
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.access import get_row, visible_to
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
    return save_row(actor, goal, revision, now)


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
            text=require_text(text, "text", _("Write what is done.")),
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
    action.text = require_text(text, "text", _("Write what is done."))
    action.owner_party = owner_party
    action.owner_id = _owner(action.case, owner_party, owner_id, now)
    action.due_on, action.repeats_weeks = due_on, repeats_weeks
    changed = save_row(actor, action, revision, now)
    if before != (action.text, action.owner_party, action.due_on):
        _tell_of_task(actor, action, NewsKind.TASK_CHANGED, now, before)
    return changed


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
    service: ServiceType = ServiceType.OTHER,
) -> Measure:
    """Add a service that the actor's own body arranges, with its planned days (inclusive)."""
    can_write_in_case(actor, case, now=now).require()
    return add_row(
        actor,
        Measure(
            case=case,
            body=actor.working_body,
            category=recordable(actor, category),
            service=service,
            name=require_text(name, "name", _("Name the service.")),
            provider=provider.strip(),
            starts_on=starts_on,
            ends_on=_not_before(starts_on, ends_on, "ends_on"),
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
    service: ServiceType = ServiceType.OTHER,
) -> Measure:
    """Change what a service of the actor's own body is and when it is planned."""
    measure = lock_row(actor, Measure, measure_id, now)
    can_edit_measure(actor, measure, now=now).require()
    before, was = (measure.starts_on, measure.ends_on), measure.name
    measure.service = service
    measure.name = require_text(name, "name", _("Name the service."))
    measure.provider = provider.strip()
    measure.starts_on = starts_on
    measure.ends_on = _not_before(starts_on, ends_on, "ends_on")
    changed = save_row(actor, measure, revision, now)
    if before != (measure.starts_on, measure.ends_on):
        notify_of_change(
            actor=actor, case=measure.case, kind=NewsKind.SERVICE_MOVED, subject_id=measure.pk,
            now=now, was_on=before[0], was=was,
        )  # fmt: skip
    return changed


@transaction.atomic
def tell_measure(
    *,
    actor: Actor,
    measure_id: UUID,
    began_on: date | None,
    finished_on: date | None,
    participation: str,
    result: str,
    result_words: str,
    revision: int,
    now: datetime,
) -> Measure:
    """Say how a service really went: its days (inclusive, not to come), taking part, result.

    What is not known is left empty. A result is told once the service is over.
    """
    measure = lock_row(actor, Measure, measure_id, now)
    can_edit_measure(actor, measure, now=now).require()
    never = participation == Participation.NEVER_BEGAN
    if never and (began_on or finished_on):
        wrong = "began_on" if began_on else "finished_on"
        raise Refused(_("It never began, so it has no days."), field=wrong)
    for day, field in ((began_on, "began_on"), (finished_on, "finished_on")):
        if day and day > day_of(now):
            raise Refused(_("Tell what has happened. This day is still to come."), field=field)
    if result and not (finished_on or never):
        raise Refused(_("Say when it ended before you say what came of it."), field="finished_on")
    measure.began_on = began_on
    measure.finished_on = _not_before(began_on, finished_on, "finished_on")
    measure.participation, measure.result = participation, result
    measure.result_words = result_words.strip()
    return save_row(actor, measure, revision, now)


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
    plan = lock_row(actor, JointPlan, case.plan.pk, now)
    can_write_in_case(actor, case, now=now).require()
    on_team = {member.body for member in team_of(case, now=now)}
    if kela_participates and Body.KELA not in on_team:
        raise Refused(_("Add somebody from Kela to the team first."), field="kela_participates")
    plan.strengths = strengths.strip()
    plan.job_search_duty = job_search_duty.strip()
    plan.follow_up = follow_up.strip()
    plan.kela_participates = kela_participates
    return save_row(actor, plan, revision, now)


def _not_before(first: date | None, last: date | None, field: str) -> date | None:
    if last and (first is None or last < first):
        raise Refused(_("The last day cannot be before the first day."), field=field)
    return last


def _again(actor: Actor, done: Action, now: datetime) -> Action:
    """The next of a repeating action; it is recorded for the body that recorded the first."""
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
