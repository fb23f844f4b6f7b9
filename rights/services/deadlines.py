"""By when an answer is owed to a client who uses their rights, and taking longer once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.dates import add_months
from common.decision import Refused
from rights.access import get_correction, get_question
from rights.models import Correction, Question
from statutes.reader import law_on


def answer_due(asked: date) -> date:
    """The last day of an answer in time: within a month of the asking (GDPR Art. 12(3))."""
    return add_months(asked, law_on(asked).figure("rights_answer_months").value)


def longest_due(asked: date) -> date:
    """The last day where the month was prolonged: two months more, counted from the asking."""
    law = law_on(asked)
    months = law.figure("rights_answer_months").value + law.figure("rights_longer_months").value
    return add_months(asked, months)


@transaction.atomic
def prolong_correction(*, actor: Actor, correction_id: UUID, why: str, now: datetime) -> Correction:
    """The body that answers takes longer, once, within the month; the client is told why."""
    correction = get_correction(actor, correction_id, now=now, lock=True)
    _prolong(actor, correction, why, now)
    record_change(
        actor=actor, action="correction_prolonged", subject_type="correction",
        subject_id=correction.pk, case_id=correction.case_id,
        person_id=correction.case.person_id, categories=[correction.category], now=now,
    )  # fmt: skip
    return correction


@transaction.atomic
def prolong_question(*, actor: Actor, question_id: UUID, why: str, now: datetime) -> Question:
    """The data-protection officer takes longer, once, within the month; the client is told why."""
    question = get_question(actor, question_id, now=now, lock=True)
    _prolong(actor, question, why, now)
    record_change(
        actor=actor, action="access_question_prolonged", subject_type="question",
        subject_id=question.pk, case_id=question.case_id, person_id=question.case.person_id,
        now=now,
    )  # fmt: skip
    return question


def _prolong(actor: Actor, owed: Correction | Question, why: str, now: datetime) -> None:
    if not owed.is_open:
        raise Refused(_("This has been answered already."))
    if owed.prolonged_at is not None:
        raise Refused(_("The time has been prolonged already. Answer by the day it says."))
    if day_of(now) > owed.due_on:
        raise Refused(_("The month is over: it can be prolonged within it only. Answer now."))
    if not why.strip():
        raise Refused(_("Write why it takes longer. The client reads this."), field="why")
    owed.prolonged_at, owed.prolonged_by_id = now, actor.writer_id
    owed.prolonged_why, owed.due_on = why.strip(), longest_due(day_of(owed.asked_at))
    owed.save(update_fields=["prolonged_at", "prolonged_by", "prolonged_why", "due_on"])
    notify_of_change(
        actor=actor, case=owed.case, kind=NewsKind.ANSWER_PROLONGED, subject_id=owed.pk, now=now
    )
