"""Who says that somebody is away, and who takes it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.access.covers import workers_led_by
from cases.models import Absence
from common.actor import Actor
from common.decision import NotVisible


def absences_ended_by(actor: Actor, *, now: datetime) -> QuerySet[Absence]:
    """The absences, standing and to come, of this worker and of the office they lead."""
    if not actor.is_worker:
        return Absence.objects.none()
    led = workers_led_by(actor, now=now).values("user")
    mine = Q(user_id=actor.user_id) | Q(user__in=led)
    return Absence.objects.filter(mine, until__gt=now, network_id=actor.working_network_id)


def get_absence(actor: Actor, absence_id: UUID, *, now: datetime) -> Absence:
    """One of them. Raises :class:`NotVisible`."""
    row = absences_ended_by(actor, now=now).filter(pk=absence_id).first()
    if row is None:
        raise NotVisible
    return row
