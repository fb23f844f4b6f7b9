"""Who sees an office's staff, and who keeps it.

Each body keeps its own people: whoever leads an office keeps its staff. The director has no line
authority over the bodies (report 2020:40, Toimeenpano 3.4.1): they see the offices of the network
and write down who leads each, and keep the staff only where nobody leads, so that no office is ever
stuck.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.decision import Decision, NotVisible
from common.validity import valid_at
from people.models import Office, Position, Role


def offices_managed_by(actor: Actor, *, now: datetime) -> QuerySet[Office]:
    """The offices whose staff an actor sees: one's own to lead, or the whole network's."""
    if actor.kind is ActorKind.DIRECTOR:
        return Office.objects.filter(network_id=actor.working_network_id)
    if actor.is_worker:
        led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
        return Office.objects.filter(pk__in=led.values("office"))
    return Office.objects.none()


def get_office(actor: Actor, office_id: UUID, *, now: datetime) -> Office:
    """An office whose staff the actor sees. Raises :class:`NotVisible`."""
    office = offices_managed_by(actor, now=now).filter(pk=office_id).first()
    if office is None:
        raise NotVisible
    return office


def positions_in(office: Office) -> QuerySet[Position]:
    """The positions of caseworkers that an office has and has had, with who holds them."""
    return Position.objects.filter(office=office, role=Role.CASEWORKER).select_related(
        "user", "office"
    )


def get_position(actor: Actor, position_id: UUID, *, now: datetime) -> Position:
    """A standing position in an office whose staff the actor sees. Raises :class:`NotVisible`."""
    position = (
        Position.objects.filter(
            valid_at(now),
            pk=position_id,
            role=Role.CASEWORKER,
            office__in=offices_managed_by(actor, now=now),
        )
        .select_related("user", "office")
        .first()
    )
    if position is None:
        raise NotVisible
    return position


def can_manage_staff(actor: Actor, office: Office, *, now: datetime) -> Decision:
    """May they say who works in an office they see? Its leader; the director where nobody leads."""
    if actor.kind is ActorKind.DIRECTOR and is_led(office, now=now):
        return Decision.no(_("Whoever leads the office keeps its staff."))
    return can_name_leader(actor, office, now=now)


def can_name_leader(actor: Actor, office: Office, *, now: datetime) -> Decision:
    """May they write down who leads an office? Whoever leads it, and the director."""
    if offices_managed_by(actor, now=now).filter(pk=office.pk).exists():
        return Decision.yes()
    return Decision.no(_("Whoever leads the office keeps its staff."))


def is_led(office: Office, *, now: datetime, besides: UUID | None = None) -> bool:
    """Whether somebody who can log in leads the office now. ``besides``: a position left out."""
    led = positions_in(office).filter(valid_at(now), leads=True, user__is_active=True)
    return (led.exclude(pk=besides) if besides else led).exists()
