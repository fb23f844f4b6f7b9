"""Referring somebody to the assessment of another office, and answering with a code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from benefits.access import get_person
from caseplan.intake.access import can_answer, get_referral
from caseplan.intake.models import AssessmentReferral, ReferralAnswer
from caseplan.intake.services.beginning import LookedUp, person_looked_up
from caseplan.intake.services.letting_go import let_go
from caseplan.meetings.selectors import way_on
from caseplan.plan.models import SeenNeed, needs_on
from cases.models import NewsKind
from cases.services import notify_of_own_work
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible, Refused
from people.models import Person
from people.selectors import open_offices


@transaction.atomic
def refer(
    *,
    actor: Actor,
    person_id: UUID,
    to_office_id: UUID | None,
    needs: Iterable[SeenNeed],
    now: datetime,
) -> AssessmentReferral:
    """Refer somebody whom the actor may know of to the assessment of another office (s. 3).

    Raises ``NotVisible`` for anybody else.
    """
    person = get_person(actor, person_id, now=now)
    return _refer(actor, person, to_office_id, needs, now)


@transaction.atomic
def refer_looked_up(
    *,
    actor: Actor,
    found: LookedUp,
    to_office_id: UUID | None,
    needs: Iterable[SeenNeed],
    now: datetime,
) -> AssessmentReferral:
    """Refer somebody who was looked up by their identity code."""
    person = person_looked_up(actor=actor, found=found, now=now)
    return _refer(actor, person, to_office_id, needs, now)


@transaction.atomic
def answer_referral(
    *, actor: Actor, referral_id: UUID, answer: ReferralAnswer, now: datetime
) -> AssessmentReferral:
    """Answer for the office it was sent to, with a code. The sender is told, and nobody else."""
    row = get_referral(actor, referral_id, now=now, lock=True)
    can_answer(actor, row).require()
    if answer == ReferralAnswer.BEGUN:
        raise Refused(_("Begin the assessment: that is the answer."), field="answer")
    close_with(row, answer, actor, now)
    return row


@transaction.atomic
def remove_referral(*, actor: Actor, referral_id: UUID, now: datetime) -> None:
    """The office that sent it takes it back, or has read the answer: nothing of it is kept."""
    row = get_referral(actor, referral_id, now=now, lock=True)
    if row.from_office_id != actor.office_id:
        raise NotVisible
    _log(actor, "referral_removed", row, now)
    let_go([row])


def close_with(
    row: AssessmentReferral, answer: ReferralAnswer, actor: Actor, now: datetime
) -> None:
    """Write the answer of one that waits, and tell whoever sent it."""
    row.answer, row.answered_by_id, row.answered_at = answer, actor.writer_id, now
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    _log(actor, "referral_answered", row, now)
    notify_of_own_work(
        user_ids={row.sent_by_id} - {actor.writer_id},
        kind=NewsKind.REFERRAL_ANSWERED,
        subject_id=row.pk,
        now=now,
    )


def _refer(
    actor: Actor,
    person: Person,
    to_office_id: UUID | None,
    needs: Iterable[SeenNeed],
    now: datetime,
) -> AssessmentReferral:
    today = day_of(now)
    seen = list(needs)
    if not seen or not set(seen) <= set(needs_on(today)):
        raise Refused(_("Choose what stands in the way of employment."), field="needs")
    offices = open_offices().filter(network=actor.working_network_id)
    to = offices.filter(pk=to_office_id).first() if to_office_id else None
    if to is None or to.body == actor.working_body:
        raise Refused(_("Choose an office of another body in your network."), field="to_office_id")
    if person.died_on is not None:
        raise Refused(_("This person has died."))
    if person.user_id is not None and person.user_id == actor.user_id:
        raise Refused(_("Nobody works on their own case. Choose somebody else."))
    days = way_on(actor.working_network_id, today).referral_days
    try:
        with transaction.atomic():
            row = AssessmentReferral.objects.create(
                person=person,
                from_office_id=actor.working_office_id,
                to_office=to,
                needs=[need.value for need in seen],
                sent_by_id=actor.writer_id,
                sent_at=now,
                gone_on=today + timedelta(days=days),
            )
    except IntegrityError as error:
        raise Refused(
            _("Your office has referred this person there already. They have not answered yet."),
            field="to_office_id",
        ) from error
    _log(actor, "referral_sent", row, now)
    return row


def _log(actor: Actor, action: str, row: AssessmentReferral, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="assessment_referral",
        subject_id=row.pk,
        person_id=row.person_id,
        now=now,
    )
