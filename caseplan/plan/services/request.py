"""One body asks another, which accepts with a name and a day, or declines and says why."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import can_answer_body_request, can_withdraw_body_request
from caseplan.plan.models import BodyRequest, BodyRequestState, Goal
from caseplan.plan.services.actions import add_action
from cases.access import can_write_in_case, stands_as
from cases.models import NewsKind
from cases.services import mark_news_seen, notify_team_of_change
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.access import get_row
from records.services import add_row, lock_row, log_row, require_text


@transaction.atomic
def ask_body(
    *, actor: Actor, goal_id: UUID, to_body: Body, text: str, answer_by: date, now: datetime
) -> BodyRequest:
    """Ask another body for a step towards a goal; ``answer_by`` is the last day to answer."""
    goal = get_row(actor, Goal, goal_id, now=now)
    can_write_in_case(actor, goal.case, now=now).require()
    if to_body == actor.body:
        raise Refused(_("Ask another body. Your own adds an action."), field="to_body")
    if goal.category != Category.PLAN_FOLLOW_UP:
        # Whoever accepts adds an action to the goal, so they must be able to see it.
        raise Refused(_("Not every body sees this goal. Ask under a goal that all see."))
    if answer_by < day_of(now):
        raise Refused(_("Choose a day that has not passed."), field="answer_by")
    return add_row(
        actor,
        BodyRequest(
            case=goal.case,
            goal=goal,
            category=Category.PLAN_FOLLOW_UP,
            to_body=to_body,
            text=require_text(text, "text", _("Write what you ask for.")),
            answer_by=answer_by,
        ),
        now,
    )


@transaction.atomic
def accept_request(
    *, actor: Actor, request_id: UUID, due_on: date, answer: str, now: datetime
) -> BodyRequest:
    """Take it on: it becomes an action of the one who accepts, by ``due_on``.

    Of whom they stand in for, where they accept in somebody's place.
    """
    request = lock_row(actor, BodyRequest, request_id, now)
    can_answer_body_request(actor, request, now=now).require()
    if due_on < day_of(now):
        raise Refused(_("Choose a day that has not passed."), field="due_on")
    request.action = add_action(
        actor=actor,
        goal_id=request.goal_id,
        text=request.text,
        owner_party=Party(actor.working_body.value),
        owner_id=stands_as(actor, request.case, now=now),
        due_on=due_on,
        category=Category.PLAN_FOLLOW_UP,
        now=now,
    )
    return _answered(actor, request, BodyRequestState.ACCEPTED, answer, now)


@transaction.atomic
def decline_request(*, actor: Actor, request_id: UUID, answer: str, now: datetime) -> BodyRequest:
    """Say why one's body does not do it. The client and the team read the reason."""
    request = lock_row(actor, BodyRequest, request_id, now)
    can_answer_body_request(actor, request, now=now).require()
    answer = require_text(answer, "answer", _("Write why. The client and the team read it."))
    return _answered(actor, request, BodyRequestState.DECLINED, answer, now)


@transaction.atomic
def withdraw_body_request(*, actor: Actor, request_id: UUID, now: datetime) -> BodyRequest:
    """Take back what one's own body asked, before it is answered."""
    request = lock_row(actor, BodyRequest, request_id, now)
    can_withdraw_body_request(actor, request, now=now).require()
    return _answered(actor, request, BodyRequestState.WITHDRAWN, "", now)


@transaction.atomic
def read_answer(*, actor: Actor, request_id: UUID, now: datetime) -> BodyRequest:
    """The reader has read what became of a request of their body: a refusal stands no longer."""
    request = get_row(actor, BodyRequest, request_id, now=now)
    mark_news_seen(actor=actor, now=now, subject_id=request.pk)
    return request


def _answered(
    actor: Actor, request: BodyRequest, state: BodyRequestState, answer: str, now: datetime
) -> BodyRequest:
    request.state, request.answer = state, answer.strip()
    request.answered_at, request.answered_by_id = now, actor.writer_id
    request.save()
    log_row(actor, request, state.value, now)
    asker, asked = Body(request.recorded_for), Body(request.to_body)
    is_taken_back = state is BodyRequestState.WITHDRAWN
    notify_team_of_change(
        actor=actor,
        case=request.case,
        kind=NewsKind.REQUEST_WITHDRAWN if is_taken_back else NewsKind.REQUEST_ANSWERED,
        subject_id=request.pk,
        now=now,
        body=asked if is_taken_back else asker,
    )
    return request
