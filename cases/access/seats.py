"""The places on teams that an office's person has yet to take."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from cases.models import TeamMembership, TeamRole
from common.actor import Actor
from common.decision import NotVisible
from common.validity import valid_at


def seats_of(actor: Actor, *, now: datetime) -> QuerySet[TeamMembership]:
    """The places in open cases that this worker's office has yet to name its person for.

    That there is such a case is the office's to know; what is in it is its person's.
    """
    if not actor.is_worker:
        return TeamMembership.objects.none()
    return TeamMembership.objects.filter(
        valid_at(now),
        role=TeamRole.AWAITED,
        office_id=actor.working_office_id,
        case__ended_at__isnull=True,
    ).select_related("case__person", "case__opened_by", "office")


def get_seat(
    actor: Actor, membership_id: UUID, *, now: datetime, lock: bool = False
) -> TeamMembership:
    """One of them. Raises :class:`NotVisible`: also once somebody was named."""
    rows = seats_of(actor, now=now)
    seat = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=membership_id).first()
    if seat is None:
        raise NotVisible
    return seat
