"""Reads about users and the organisation."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from common.actor import Actor, ActorKind
from common.bodies import Body
from people.models import Municipality, Person, Position, Role, User


def standing_at(moment: datetime) -> Q:
    """Terms (``since``, ``until``) that cover the moment; ``until`` itself is outside."""
    return Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))


def actor_for(user: User, *, now: datetime) -> Actor:
    """What a logged-in user acts as at this moment.

    A position comes before being a client: a caseworker who is also somebody's client logs
    in to work; their own case is reached with another log-in.
    """
    position = (
        Position.objects.filter(standing_at(now), user=user)
        .select_related("office")
        .order_by("since")
        .first()
    )
    if position is not None:
        return actor_in(position, user)
    person_id = Person.objects.filter(user=user).values_list("pk", flat=True).first()
    if person_id is not None:
        return Actor(
            kind=ActorKind.CLIENT, name=user.full_name, user_id=user.pk, person_id=person_id
        )
    return Actor(kind=ActorKind.STRANGER, name=user.full_name, user_id=user.pk)


def actor_in(position: Position, user: User) -> Actor:
    """The actor a user is in one position."""
    is_director = position.role == Role.DIRECTOR
    return Actor(
        kind=ActorKind.DIRECTOR if is_director else ActorKind.WORKER,
        name=user.full_name,
        user_id=user.pk,
        body=Body(position.office.body) if position.office else None,
        office_id=position.office_id,
        network_id=position.network_id,
    )


def caseworkers_of(network_id: UUID, *, now: datetime) -> list[Position]:
    """The standing caseworker positions of a network, by body, then name."""
    return list(
        Position.objects.filter(
            standing_at(now),
            network_id=network_id,
            role=Role.CASEWORKER,
            user__is_active=True,
        )
        .select_related("user", "office")
        .order_by("office__body", "user__last_name", "user__first_name")
    )


def municipality_names(network_id: UUID) -> list[tuple[str, str]]:
    """The codes and names of a network's municipalities, by name, in the reader's language."""
    field = "name_sv" if get_language() == "sv" else "name_fi"
    return list(
        Municipality.objects.filter(network_id=network_id)
        .order_by(field)
        .values_list("code", field)
    )
