"""The clients' questions about a look, as the one who answers them reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from audit.models import AuditKind, AuditRow
from cases.models import Case
from common.actor import Actor
from records.selectors import log_what_was_written_to
from rights.access import get_question
from rights.models import Question
from rights.selectors.visits import AccessVisit, visits_asked_about


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What the list is narrowed to; empty narrows nothing. ``body``: whose worker looked."""

    state: str = ""  # "open", "overdue" or "answered"
    body: str = ""


@dataclass(frozen=True, slots=True)
class QuestionAboutAccess:
    """A question and the visit it is about; the visit is None once the log has let it go."""

    question: Question
    visit: AccessVisit | None

    def is_overdue(self, on: date) -> bool:
        """The law gives to the end of ``due_on``."""
        return self.question.is_open and self.question.due_on < on


def questions_asked(actor: Actor, chosen: QuestionFilter, *, on: date) -> QuerySet[Question]:
    """Everything clients have asked, for the data-protection officer; nothing for others.

    Open first, soonest due first, so what is overdue leads; then the answered, the newest first.
    """
    if not actor.is_officer:
        return Question.objects.none()
    rows = Question.objects.select_related("answered_by", "case").filter(
        {
            "": Q(),
            "open": Q(answered_at__isnull=True),
            "overdue": Q(answered_at__isnull=True, due_on__lt=on),
            "answered": Q(answered_at__isnull=False),
        }[chosen.state]
    )
    if chosen.body:
        looked = AuditRow.objects.filter(kind=AuditKind.ACCESS, actor_body=chosen.body)
        rows = rows.filter(log_row__in=looked.values("pk"))
    return rows.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")


def list_questions(
    actor: Actor, questions: Sequence[Question], *, now: datetime
) -> list[QuestionAboutAccess]:
    """The questions of a page with what was looked at, as the client's access log tells it; logged.

    Of the case only what the log says of the look: who, when, which kinds, why. Not whose.
    The number of queries does not grow with the questions.
    """
    log_what_was_written_to(actor, "questions_listed", _cases_of(questions), now=now)
    return _with_log_entries(questions, now=now)


def _cases_of(questions: Sequence[Question]) -> list[Case]:
    """Each case once: two questions about it are one look at it."""
    return list({question.case_id: question.case for question in questions}.values())


def _with_log_entries(questions: Sequence[Question], *, now: datetime) -> list[QuestionAboutAccess]:
    visits = visits_asked_about(questions, now=now)
    return [QuestionAboutAccess(question, visits.get(question.pk)) for question in questions]


def open_question(actor: Actor, question_id: UUID, *, now: datetime) -> QuestionAboutAccess:
    """One question, open or answered, for the officer; logged. Raises ``NotVisible``."""
    question = get_question(actor, question_id, now=now)
    log_what_was_written_to(actor, "question_opened", [question.case], now=now)
    return _with_log_entries([question], now=now)[0]
