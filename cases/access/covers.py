"""Who chooses, confirms and looks at covers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Cover
from common.actor import Actor
from common.decision import Decision, NotVisible
from common.validity import valid_at
from people.models import Position, Role


def leads(actor: Actor, office_id: UUID | None, *, now: datetime) -> bool:
    """Does this worker lead that very office now?"""
    return office_id is not None and _led_by(actor, now).filter(office=office_id).exists()


def _led_by(actor: Actor, now: datetime) -> QuerySet[Position]:
    return Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)


def workers_led_by(actor: Actor, *, now: datetime) -> QuerySet[Position]:
    """The workers of the offices this actor leads."""
    return Position.objects.filter(
        valid_at(now), office__in=_led_by(actor, now).values("office"), role=Role.CASEWORKER
    )


def covers_ended_by(actor: Actor, *, now: datetime) -> QuerySet[Cover]:
    """The standing covers this worker may end: of their own, and of the office they lead.

    Of their own: they are covered, stand in, or chose it.
    """
    if not actor.is_worker:
        return Cover.objects.none()
    led = workers_led_by(actor, now=now).values("user")
    mine = Q(user_id=actor.user_id) | Q(by_id=actor.user_id) | Q(made_by_id=actor.user_id)
    return Cover.objects.filter(mine | Q(user__in=led), until__gt=now)


def covers_to_confirm(actor: Actor, *, now: datetime) -> QuerySet[Cover]:
    """The standing covers of leaders who named themselves, that another leader may confirm.

    Any other leader of the network, of whichever body: they see who, for whom and how long, and
    no client.
    """
    if not actor.is_worker or not _led_by(actor, now).exists():
        return Cover.objects.none()
    return Cover.objects.filter(
        made_by=F("by"),
        network_id=actor.working_network_id,
        asked_until__isnull=False,
        confirmed_at__isnull=True,
        reviewed_at__isnull=True,
        until__gt=now,
    ).exclude(made_by_id=actor.writer_id)


def covers_to_review(actor: Actor) -> QuerySet[Cover]:
    """What the officer is to look at: leaders named themselves and nobody confirmed it.

    From their first moment, also when they have ended. One that ended before it began never was.
    """
    if not actor.is_officer:
        return Cover.objects.none()
    return Cover.objects.filter(
        made_by=F("by"), confirmed_at__isnull=True, reviewed_at__isnull=True, until__gt=F("since")
    )


def get_cover_to_review(actor: Actor, cover_id: UUID) -> Cover:
    """One of them, with the names. Raises :class:`NotVisible`."""
    row = covers_to_review(actor).filter(pk=cover_id).select_related("user", "by").first()
    if row is None:
        raise NotVisible
    return row


def can_stand_in_for(actor: Actor, absent: Position | None, *, now: datetime) -> Decision:
    """May this actor choose who stands in for somebody? The one away may, or who leads there."""
    if absent is not None and (
        absent.user_id == actor.user_id or leads(actor, absent.office_id, now=now)
    ):
        return Decision.yes()
    return Decision.no(_("You choose a cover for yourself, or for the office you lead."))
