"""Saying something of the plan, proposing a step, and answering it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import Action, Goal, PlannedService
from caseplan.plan.services import add_action
from caseplan.remarks.access import can_answer_remark, can_remark
from caseplan.remarks.models import Remark, RemarkKind
from cases.models import NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.access import get_row
from records.services import add_row, lock_row, log_row, require_text


@transaction.atomic
def comment_on(
    *,
    actor: Actor,
    about: type[Goal | Action | PlannedService],
    about_id: UUID,
    text: str,
    now: datetime,
) -> Remark:
    """Say something of a goal, a step or a service, whoever's it is."""
    thing = get_row(actor, about, about_id, now=now)
    field = {Goal: "goal", Action: "action", PlannedService: "planned_service"}[about]
    return _say(actor, Remark(kind=RemarkKind.COMMENT, **{field: thing}), text, now)


@transaction.atomic
def propose_step(*, actor: Actor, goal_id: UUID, text: str, now: datetime) -> Remark:
    """Propose a step towards a goal that is still pursued."""
    goal = get_row(actor, Goal, goal_id, now=now)
    if goal.dropped_at is not None:
        raise Refused(_("The goal has been dropped. Choose another one."))
    return _say(actor, Remark(kind=RemarkKind.STEP, goal=goal), text, now)


@transaction.atomic
def answer_remark(*, actor: Actor, remark_id: UUID, answer: str, now: datetime) -> Remark:
    """Answer what the client said, beside it. They and the team read the answer."""
    remark = lock_row(actor, Remark, remark_id, now)
    can_answer_remark(actor, remark, now=now).require()
    return _answered(actor, remark, answer, now)


@transaction.atomic
def take_up_step(
    *,
    actor: Actor,
    remark_id: UUID,
    answer: str,
    owner_party: Party,
    owner_id: UUID | None,
    due_on: date,
    now: datetime,
) -> Remark:
    """Make the step that the client proposed a step of the plan, in their own words."""
    remark = lock_row(actor, Remark, remark_id, now)
    can_answer_remark(actor, remark, now=now).require()
    if not remark.is_step or remark.goal_id is None:
        raise Refused(_("This is a comment and no step."))
    if due_on < day_of(now):
        raise Refused(_("Choose a day that has not passed."), field="due_on")
    remark.step = add_action(
        actor=actor, goal_id=remark.goal_id, text=remark.text, owner_party=owner_party,
        owner_id=owner_id, due_on=due_on, category=Category(remark.category), now=now,
    )  # fmt: skip
    return _answered(actor, remark, answer, now)


def _say(actor: Actor, remark: Remark, text: str, now: datetime) -> Remark:
    thing = remark.about
    can_remark(actor, thing.case, now=now).require()
    remark.case, remark.category = thing.case, thing.category
    remark.text = require_text(text, "text", _("Write what you want to say."))
    return add_row(actor, remark, now, for_party=Party.CLIENT)


def _answered(actor: Actor, remark: Remark, answer: str, now: datetime) -> Remark:
    remark.answer = require_text(answer, "answer", _("Write your answer. The client reads it."))
    remark.answered_at, remark.answered_by_id = now, actor.writer_id
    remark.save()
    log_row(actor, remark, "answered", now)
    notify_of_change(
        actor=actor, case=remark.case, kind=NewsKind.REMARK_ANSWERED, subject_id=remark.pk, now=now
    )
    return remark
