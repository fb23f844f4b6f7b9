"""Asking that something recorded be corrected (GDPR Art. 16), and answering."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case, NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import Refused
from rights.access import get_correction, require_own
from rights.models import Correction, Outcome
from rights.selectors.everything import recorded_item
from rights.services.deadlines import answer_due


@transaction.atomic
def ask_for_correction(
    *, actor: Actor, case: Case, kind: str, subject_id: str, statement: str, now: datetime
) -> Correction:
    """The client says what is wrong with one recorded thing; the body that recorded it answers.

    What the registers say is answered for by whoever keeps that register. Raises
    ``NotVisible`` for a thing that is not theirs or that they recorded themselves,
    :class:`Refused` without words or while one is open.
    """
    require_own(actor, case)
    thing = recorded_item(actor, kind, subject_id, now=now)
    if not statement.strip():
        raise Refused(_("Write what is wrong, and what would be right."), field="statement")
    try:
        with transaction.atomic():
            correction = Correction.objects.create(
                case=case,
                to_body=Body(thing.answers),
                category=thing.category,
                subject_type=kind,
                subject_id=_opaque(thing.subject_id),
                statement=statement.strip(),
                asked_at=now,
                asked_by_id=actor.writer_id,
                due_on=answer_due(day_of(now)),
            )
    except IntegrityError as error:
        raise Refused(_("You have asked about this already. The answer is on its way.")) from error
    _record(actor, correction, "correction_asked", now)
    return correction


@transaction.atomic
def answer_correction(
    *, actor: Actor, correction_id: UUID, outcome: Outcome, answer: str, now: datetime
) -> Correction:
    """The body that recorded the thing says whether it is corrected, and if not, why."""
    correction = get_correction(actor, correction_id, now=now, lock=True)
    if not correction.is_open:
        raise Refused(_("This has been answered already."))
    if outcome == Outcome.NOT_CORRECTED and not answer.strip():
        raise Refused(_("Write why it is not corrected. The client reads this."), field="answer")
    correction.outcome, correction.answer = outcome, answer.strip()
    correction.answered_at, correction.answered_by_id = now, actor.writer_id
    correction.save()
    _record(actor, correction, "correction_answered", now)
    notify_of_change(
        actor=actor, case=correction.case, kind=NewsKind.RIGHT_ANSWERED, subject_id=correction.pk,
        now=now,
    )  # fmt: skip
    return correction


def _opaque(subject_id: str) -> UUID:
    """A row's own id, or for a row of the registers its number as one."""
    return UUID(subject_id) if "-" in subject_id else UUID(int=int(subject_id))


def _record(actor: Actor, correction: Correction, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="correction",
        subject_id=correction.pk,
        case_id=correction.case_id,
        person_id=correction.case.person_id,
        categories=[correction.category],
        now=now,
    )
