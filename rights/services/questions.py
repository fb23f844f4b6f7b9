"""Asking about a look, and answering."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case, NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from rights.access import get_access, get_question
from rights.models import Question
from rights.services.deadlines import answer_due


@transaction.atomic
def ask_about_access(
    *, actor: Actor, case: Case, log_row: int, text: str, now: datetime
) -> Question:
    """The client asks about one look at their own case; due within a month.

    Raises ``NotVisible`` for a look that is not at their case, :class:`Refused` without words
    or while the same look is asked about already.
    """
    found = get_access(actor, case, log_row)
    if not text.strip():
        raise Refused(_("Write what you want to know."), field="text")
    try:
        with transaction.atomic():
            question = Question.objects.create(
                case=case,
                log_row=found.number,
                text=text.strip(),
                asked_at=now,
                due_on=answer_due(day_of(now)),
            )
    except IntegrityError as error:
        raise Refused(_("You have asked about this already. The answer is on its way.")) from error
    _record(actor, question, "access_asked_about", now)
    return question


@transaction.atomic
def answer_question(*, actor: Actor, question_id: UUID, answer: str, now: datetime) -> Question:
    """The data-protection officer answers; the client reads it beside the look."""
    question = get_question(actor, question_id, now=now, lock=True)
    if not question.is_open:
        raise Refused(_("This has been answered already."))
    if not answer.strip():
        raise Refused(_("Write an answer the client can read."), field="answer")
    question.answer, question.answered_at = answer.strip(), now
    question.answered_by_id = actor.writer_id
    question.save()
    _record(actor, question, "access_question_answered", now)
    notify_of_change(
        actor=actor, case=question.case, kind=NewsKind.RIGHT_ANSWERED, subject_id=question.pk,
        now=now,
    )  # fmt: skip
    return question


def _record(actor: Actor, question: Question, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="question",
        subject_id=question.pk,
        case_id=question.case_id,
        person_id=question.case.person_id,
        now=now,
    )
