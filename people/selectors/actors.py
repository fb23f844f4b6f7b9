"""As what somebody acts, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from common.actor import Actor, ActorKind
from common.bodies import Body
from common.levels import Act
from common.validity import valid_at
from people.languages import language_of_person, text_language
from people.models import Person, Position, Role, User
from people.selectors.persons import filter_by_code

_KIND = {
    Role.CASEWORKER: ActorKind.WORKER,
    Role.DIRECTOR: ActorKind.DIRECTOR,
    Role.DEPUTY: ActorKind.DIRECTOR,
    Role.STEERING: ActorKind.STEERING,
    Role.NATIONAL: ActorKind.NATIONAL,
    Role.KEEPER: ActorKind.KEEPER,
    Role.OFFICER: ActorKind.OFFICER,
    Role.GRANTER: ActorKind.GRANTER,
    Role.OUTSIDE: ActorKind.OUTSIDE,
}


def defer_all_but_name(user: str) -> list[str]:
    """What ``defer`` leaves out of a user who is only named in many rows; ``user``: the path."""
    kept = {"id", "first_name", "last_name"}
    return [f"{user}__{f.attname}" for f in User._meta.concrete_fields if f.attname not in kept]


def actor_for(user: User, *, now: datetime, proven: frozenset[Act] = frozenset()) -> Actor:
    """What a logged-in user acts as at this moment. ``proven``: for which acts they have shown
    surely and lately enough who they are.

    A position comes before being a client: a caseworker who is also somebody's client logs
    in to work; their own case is reached with another log-in.
    """
    position = (
        Position.objects.filter(valid_at(now), user=user)
        .select_related("office")
        .order_by("since", "pk")
        .first()
    )
    if position is not None:
        return replace(
            actor_in_position(position, user), proven=proven, own_person_id=_own_person(user)
        )
    person = Person.objects.filter(user=user).only("language", "chosen_language").first()
    return Actor(
        kind=ActorKind.CLIENT if person else ActorKind.STRANGER,
        name=user.full_name,
        user_id=user.pk,
        person_id=person.pk if person else None,
        language=language_of_person(person) if person else text_language(user.language),
        proven=proven,
    )


def is_own_person(user_id: UUID, person_id: UUID) -> bool:
    """Whether a worker is this client themselves, as far as their body has told their code."""
    user = User.objects.filter(pk=user_id).only("own_code_hash").first()
    return user is not None and _own_person(user) == person_id


def _own_person(user: User) -> UUID | None:
    """Whom a register knows as this worker themselves, where their body has told their code."""
    if not user.own_code_hash:
        return None
    found = Person.objects.filter(filter_by_code(user.own_code_hash, person=""))
    return found.values_list("pk", flat=True).first()


def actor_in_position(position: Position, user: User) -> Actor:
    """The actor a user is in one position."""
    return Actor(
        kind=_KIND[Role(position.role)],
        name=user.full_name,
        user_id=user.pk,
        language=text_language(user.language),
        body=Body(position.office.body) if position.office else None,
        office_id=position.office_id,
        network_id=position.network_id,
    )


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The full names of some users."""
    return {user.pk: user.full_name for user in User.objects.filter(pk__in=list(user_ids))}


def body_at(user_id: UUID, at: datetime) -> Body | None:
    """The body somebody worked for at a moment, or None."""
    body = (
        Position.objects.filter(valid_at(at), user_id=user_id, office__isnull=False)
        .values_list("office__body", flat=True)
        .first()
    )
    return Body(body) if body else None
