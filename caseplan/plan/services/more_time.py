"""Asking for a later day for a step of the client's, and answering it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_answer_more_time,
    can_ask_for_more_time,
    can_take_back_more_time,
)
from caseplan.plan.models import Action, MoreTime, MoreTimeState
from caseplan.plan.services.actions import move_day
from cases.models import NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.decision import Refused
from records.services import add_row, lock_row, log_row, require_text


@transaction.atomic
def ask_for_more_time(
    *, actor: Actor, action_id: UUID, asked_for: date, text: str, now: datetime
) -> MoreTime:
    """Ask for a later day, inclusive, for a step of the client's; once until it is answered."""
    action = lock_row(actor, Action, action_id, now)
    can_ask_for_more_time(actor, action, now=now).require()
    if asked_for <= action.due_on or asked_for < day_of(now):
        raise Refused(_("Choose a later day than the one now."), field="asked_for")
    waiting = MoreTime.objects.filter(action=action, state=MoreTimeState.OPEN, due_on=action.due_on)
    if waiting.exists():
        raise Refused(_("You have asked already. Your team answers you here."))
    asked = MoreTime(
        case=action.case,
        category=action.category,
        action=action,
        due_on=action.due_on,
        asked_for=asked_for,
        text=require_text(text, "text", _("Write what comes in the way.")),
    )
    return add_row(actor, asked, now, for_party=Party.CLIENT)


@transaction.atomic
def give_more_time(
    *, actor: Actor, more_time_id: UUID, new_day: date | None, answer: str, now: datetime
) -> MoreTime:
    """Agree: the step's day moves. ``answer`` may be empty. The client is told, and reads it."""
    asked = _to_answer(actor, more_time_id, now)
    if new_day is None or new_day <= asked.due_on:
        raise Refused(_("Choose a later day than the one now."), field="new_day")
    moved = move_day(
        actor=actor, action_id=asked.action_id, due_on=new_day, why=answer,
        revision=asked.action.revision, now=now, told=NewsKind.MORE_TIME_GIVEN,
    )  # fmt: skip
    asked.new_day = moved.due_on
    return _close(actor, asked, MoreTimeState.AGREED, answer, now)


@transaction.atomic
def refuse_more_time(*, actor: Actor, more_time_id: UUID, answer: str, now: datetime) -> MoreTime:
    """Say why the day stays. The client is told, and reads why."""
    asked = _to_answer(actor, more_time_id, now)
    answer = require_text(answer, "answer", _("Write why the day stays. The client reads it."))
    _close(actor, asked, MoreTimeState.NOT_AGREED, answer, now)
    notify_of_change(
        actor=actor, case=asked.case, kind=NewsKind.MORE_TIME_REFUSED, subject_id=asked.pk, now=now
    )
    return asked


@transaction.atomic
def take_back_more_time(*, actor: Actor, more_time_id: UUID, now: datetime) -> MoreTime:
    """The client needs no more time after all. Nobody is told: it only waits no more."""
    asked = lock_row(actor, MoreTime, more_time_id, now)
    can_take_back_more_time(actor, asked, now=now).require()
    return _close(actor, asked, MoreTimeState.TAKEN_BACK, "", now)


def _to_answer(actor: Actor, more_time_id: UUID, now: datetime) -> MoreTime:
    asked = lock_row(actor, MoreTime, more_time_id, now)
    # Read anew under its own lock: who moves or closes the step meanwhile is waited for.
    asked.action = lock_row(actor, Action, asked.action_id, now)
    can_answer_more_time(actor, asked, now=now).require()
    return asked


def _close(
    actor: Actor, asked: MoreTime, state: MoreTimeState, answer: str, now: datetime
) -> MoreTime:
    asked.state, asked.answer = state, answer.strip()
    asked.answered_at, asked.answered_by_id = now, actor.writer_id
    asked.save()
    log_row(actor, asked, state.value, now)
    return asked
