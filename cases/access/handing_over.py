"""Who hands a case over, and who answers for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access.standing_in import does_work_of, work_of
from cases.access.visibility import managed_by
from cases.models import Case, Handover, HandoverState
from common.actor import Actor
from common.decision import Decision, NotVisible


def can_hand_over(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor hand the case to another manager? Its manager, or who stands in, may."""
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    if not managed_by(actor, now=now).filter(pk=case.pk).exists():
        return Decision.no(_("Only the case manager hands the case over."))
    return Decision.yes()


def handovers_to(actor: Actor, *, now: datetime) -> QuerySet[Handover]:
    """The handovers that wait for this worker's answer, or for whom they stand in for."""
    if not actor.is_worker:
        return Handover.objects.none()
    return Handover.objects.filter(
        receiver_id__in=work_of(actor, now=now),
        state=HandoverState.OPEN,
        case__network_id=actor.working_network_id,
        case__ended_at__isnull=True,
    )


def can_answer_handover(actor: Actor, handover: Handover, *, now: datetime) -> Decision:
    """May this actor take the case that is handed over, or say why not?

    Whoever was asked may, and who stands in for them: the case is then theirs who was asked.
    """
    if not does_work_of(actor, handover.receiver_id, now=now):
        return Decision.no(_("Only the one who was asked answers."))
    if handover.receiver_id != actor.user_id and handover.giver_id == actor.user_id:
        return Decision.no(_("You asked them yourself. Somebody else answers for them."))
    return Decision.yes()


def get_handover(actor: Actor, handover_id: UUID, *, now: datetime) -> Handover:
    """A handover that this worker answers, or takes back. Raises :class:`NotVisible`."""
    row = (
        Handover.objects.filter(pk=handover_id, state=HandoverState.OPEN)
        .filter(Q(pk__in=handovers_to(actor, now=now)) | Q(case__in=managed_by(actor, now=now)))
        .select_related("case", "case__person", "giver", "receiver")
        .first()
    )
    if row is None:
        raise NotVisible
    return row
