"""Which offices keep a case waiting for their person with nobody there to name one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from cases.models import TeamMembership, TeamRole
from common.actor import Actor, ActorKind
from common.validity import valid_at
from people.models import Office, Position, Role


def offices_with_nobody_to_name(actor: Actor, *, now: datetime) -> list[Office]:
    """For the director: the offices where nobody works and for whose person a case waits.

    Nobody there is reminded of the case, so it goes to whoever can let somebody in. By body and
    name; of which case and of how many is not told.
    """
    if actor.kind is not ActorKind.DIRECTOR:
        return []
    seats = TeamMembership.objects.filter(
        valid_at(now), role=TeamRole.AWAITED, office=OuterRef("pk"), case__ended_at__isnull=True,
        case__network=actor.working_network_id,
    )  # fmt: skip
    there = Position.objects.filter(
        valid_at(now), role=Role.CASEWORKER, office=OuterRef("pk"), user__is_active=True
    )
    found = Office.objects.filter(Exists(seats)).exclude(Exists(there))
    return list(found.order_by("body", "name", "pk"))
