"""Who sees what an office asks another about nobody, and who answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import Consultation
from cases.access import does_work_of, stood_in_for
from common.actor import Actor
from common.decision import Decision, NotVisible


def consultations_visible_to(actor: Actor) -> QuerySet[Consultation]:
    """What a worker's office has asked and was asked."""
    if not actor.is_worker:
        return Consultation.objects.none()
    office = actor.working_office_id
    return Consultation.objects.filter(Q(from_office=office) | Q(to_office=office))


def get_consultation(
    actor: Actor, consultation_id: UUID, *, now: datetime, lock: bool = False
) -> Consultation:
    """One of those, or what one whom they stand in for has asked. Raises :class:`NotVisible`."""
    rows = consultations_visible_to(actor)
    if covered := stood_in_for(actor, now=now):
        rows |= Consultation.objects.filter(
            asked_by__in=covered,
            from_office__body=actor.working_body,
            from_office__network=actor.working_network_id,
        )
    rows = rows.select_related("from_office", "to_office", "asked_by")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=consultation_id)
    consultation = found.first()
    if consultation is None:
        raise NotVisible
    return consultation


def can_answer_consultation(actor: Actor, consultation: Consultation) -> Decision:
    """May this worker, who sees it, answer? Anybody of the office that was asked, once."""
    if not consultation.is_open:
        return Decision.no(_("This has been answered already."))
    if consultation.to_office_id != actor.office_id:
        return Decision.no(_("Only the office that was asked answers."))
    return Decision.yes()


def can_read_answer(actor: Actor, consultation: Consultation, *, now: datetime) -> Decision:
    """Is the answer theirs to have read? Whoever asked, and who stands in for them."""
    if not does_work_of(actor, consultation.asked_by_id, now=now):
        return Decision.no(_("Whoever asked reads the answer."))
    return Decision.yes()
