"""Which rows before a case exist for whom: the office that sent one and the office it went to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import AssessmentReferral
from common.actor import Actor
from common.clock import day_of
from common.decision import Decision, NotVisible


def referrals_visible_to(actor: Actor, *, now: datetime) -> QuerySet[AssessmentReferral]:
    """The referrals that this worker's office sent or was sent; none whose days are over."""
    if not actor.is_worker:
        return AssessmentReferral.objects.none()
    office = actor.working_office_id
    return AssessmentReferral.objects.filter(
        Q(from_office=office) | Q(to_office=office), gone_on__gt=day_of(now)
    ).select_related("person", "from_office", "to_office", "sent_by")


def get_referral(
    actor: Actor, referral_id: UUID, *, now: datetime, lock: bool = False
) -> AssessmentReferral:
    """One of them. Raises :class:`NotVisible`."""
    rows = referrals_visible_to(actor, now=now)
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=referral_id).first()
    if row is None:
        raise NotVisible
    return row


def can_answer(actor: Actor, row: AssessmentReferral) -> Decision:
    """May this worker, who sees a referral, answer it or begin the assessment? Its receivers."""
    if row.to_office_id != actor.office_id:
        return Decision.no(_("The office it was sent to answers."))
    if row.answer:
        return Decision.no(_("This has been answered already."))
    return Decision.yes()


def referrals_waiting_for(actor: Actor, *, now: datetime) -> QuerySet[AssessmentReferral]:
    """Those that wait for an answer of this worker's office, the oldest first."""
    rows = referrals_visible_to(actor, now=now)
    if not actor.is_worker:
        return rows
    return rows.filter(to_office=actor.working_office_id, answer="").order_by("sent_at", "pk")
