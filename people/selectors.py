"""Reads about users and the organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from common.actor import Actor, ActorKind
from common.bodies import Body
from common.validity import valid_at
from people.access import get_office, offices_managed_by, positions_in
from people.languages import language_of_person, text_language
from people.models import (
    Draft,
    FormerCode,
    Municipality,
    Network,
    Office,
    Person,
    Position,
    Role,
    SentForm,
    User,
)

FORMER = timedelta(days=365)
"""How long whoever has left an office is shown there, to be taken back with their log-in."""

_KIND = {
    Role.CASEWORKER: ActorKind.WORKER,
    Role.DIRECTOR: ActorKind.DIRECTOR,
    Role.OFFICER: ActorKind.OFFICER,
    Role.OUTSIDE: ActorKind.OUTSIDE,
}


def defer_all_but_name(user: str) -> list[str]:
    """What ``defer`` leaves out of a user who is only named in many rows; ``user``: the path."""
    kept = {"id", "first_name", "last_name"}
    return [f"{user}__{f.attname}" for f in User._meta.concrete_fields if f.attname not in kept]


def actor_for(user: User, *, now: datetime, strong: bool = False) -> Actor:
    """What a logged-in user acts as at this moment. ``strong``: identified strongly just now.

    A position comes before being a client: a caseworker who is also somebody's client logs
    in to work; their own case is reached with another log-in.
    """
    position = (
        Position.objects.filter(valid_at(now), user=user)
        .select_related("office")
        .order_by("since")
        .first()
    )
    if position is not None:
        return replace(actor_in_position(position, user), strong=strong)
    person = Person.objects.filter(user=user).only("language", "chosen_language").first()
    return Actor(
        kind=ActorKind.CLIENT if person else ActorKind.STRANGER,
        name=user.full_name,
        user_id=user.pk,
        person_id=person.pk if person else None,
        language=language_of_person(person) if person else text_language(user.language),
        strong=strong,
    )


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


def caseworkers_of(network_id: UUID, *, now: datetime) -> list[Position]:
    """The standing caseworker positions of a network, by body, then name."""
    return list(
        Position.objects.filter(
            valid_at(now),
            network_id=network_id,
            role=Role.CASEWORKER,
            user__is_active=True,
        )
        .select_related("user", "office")
        .order_by("office__body", "user__last_name", "user__first_name")
    )


def draft_of(actor: Actor, page: str) -> Draft | None:
    """What this actor has begun to write on a page, if anything."""
    return Draft.objects.filter(user_id=actor.writer_id, page=page).first()


def answer_to(digest: str) -> str:
    """Where a form that was sent before led to; empty where it showed a page."""
    return SentForm.objects.values_list("answer", flat=True).get(digest=digest)


def leads_office(actor: Actor, *, now: datetime) -> bool:
    """Whether this worker leads an office now. One query."""
    return Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True).exists()


def leaders_and_officers(office_id: UUID, *, now: datetime) -> list[UUID]:
    """Who is told when something in an office is disputed: who leads it, and the officers."""
    positions = Position.objects.filter(
        valid_at(now), Q(office=office_id, leads=True) | Q(role=Role.OFFICER)
    )
    return list(positions.order_by("pk").values_list("user", flat=True))


@dataclass(frozen=True, slots=True)
class OfficeStaffing:
    """An office with who leads it and how many work there now."""

    office: Office
    leaders: list[User]
    workers: int


@dataclass(frozen=True, slots=True)
class OfficeStaff:
    """Who works in an office now, by name, and who did within a year, the last first."""

    office: Office
    current: list[Position]
    former: list[Position]


def list_office_staffing(actor: Actor, *, now: datetime) -> list[OfficeStaffing]:
    """The offices whose staff the actor sees, by body and name. Two queries."""
    offices = list(offices_managed_by(actor, now=now).order_by("body", "name"))
    positions = (
        Position.objects.filter(valid_at(now), office__in=offices, user__is_active=True)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    staff: dict[UUID | None, list[Position]] = defaultdict(list)
    for position in positions:
        staff[position.office_id].append(position)
    return [
        OfficeStaffing(o, [p.user for p in staff[o.pk] if p.leads], len(staff[o.pk]))
        for o in offices
    ]


def staff_of(actor: Actor, office_id: UUID, *, now: datetime) -> OfficeStaff:
    """The staff of an office. Raises ``NotVisible`` to whoever does not see it. Three queries."""
    office = get_office(actor, office_id, now=now)
    positions = positions_in(office)
    current = positions.filter(valid_at(now)).order_by("user__last_name", "user__first_name", "pk")
    works = Position.objects.filter(valid_at(now), user=OuterRef("user"))
    former = positions.filter(until__gt=now - FORMER, until__lte=now).exclude(Exists(works))
    latest = former.order_by("user", "-until").distinct("user")
    return OfficeStaff(
        office, list(current), sorted(latest, key=lambda p: str(p.until), reverse=True)
    )


def offices_of(network_id: UUID) -> list[Office]:
    """The offices of a network, by body and name."""
    return list(Office.objects.filter(network_id=network_id).order_by("body", "name"))


@dataclass(frozen=True, slots=True)
class Contact:
    """Where somebody who answers can be reached: an office, or a role without a name."""

    name: str
    phone: str


def contacts_of(body: Body) -> list[Contact]:
    """The offices of a body in every network, by name."""
    offices = Office.objects.filter(body=body).order_by("name", "pk")
    return [Contact(office.name, office.phone) for office in offices]


def officer_contacts(*, now: datetime) -> list[Contact]:
    """The data-protection officers of this installation, by their title: the role is public."""
    positions = Position.objects.filter(valid_at(now), role=Role.OFFICER).order_by("since", "pk")
    return [Contact(p.title or str(Role.OFFICER.label), p.phone) for p in positions]


def filter_by_code(code_hash: str, person: str = "person") -> Q:
    """Narrows to whoever has this identity code, or had it before. ``person``: the path to them.

    One person at most: the database keeps a code from being two people's. An empty ``person`` is
    for a query of people themselves.
    """
    path = f"{person}__" if person else ""
    had = FormerCode.objects.filter(identity_code_hash=code_hash).values("person")
    return Q(**{f"{path}identity_code_hash": code_hash}) | Q(**{f"{path}pk__in": had})


def codes_of(person: Person) -> set[str]:
    """The hashes of every identity code a person has or had: whoever spoke of them used one."""
    former = FormerCode.objects.filter(person=person).values_list("identity_code_hash", flat=True)
    return {person.identity_code_hash, *former}


def people_by_code(person_ids: Iterable[UUID]) -> dict[str, UUID]:
    """The hash of every identity code that some people have or had, and whose it is."""
    ids = list(person_ids)
    now = Person.objects.filter(pk__in=ids).values_list("identity_code_hash", "pk")
    former = FormerCode.objects.filter(person__in=ids).values_list(
        "identity_code_hash", "person_id"
    )
    return {**dict(former), **dict(now)}


def all_networks() -> list[Network]:
    """The networks of this installation, by name."""
    return list(Network.objects.order_by("name"))


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The full names of some users."""
    return {user.pk: user.full_name for user in User.objects.filter(pk__in=list(user_ids))}


def municipality_names(network_id: UUID) -> list[tuple[str, str]]:
    """The codes and names of a network's municipalities, by name, in the reader's language."""
    field = "name_sv" if get_language() == "sv" else "name_fi"
    return list(
        Municipality.objects.filter(network_id=network_id)
        .order_by(field)
        .values_list("code", field)
    )


def municipality_shown(code: str) -> str:
    """A municipality's code with its name, in the reader's language; the code where none is known.

    Only the municipalities of this installation's networks have a name here.
    """
    field = "name_sv" if get_language() == "sv" else "name_fi"
    name = Municipality.objects.filter(code=code).values_list(field, flat=True).first()
    return f"{name} ({code})" if name else code


def anonymised_person(person: Person) -> Person:
    """The same person without a name or anything else to know them by, to be shown in its place."""
    return Person(
        pk=person.pk,
        last_name="",
        first_names="",
        sort_key="",
        language=person.language,
        municipality_code="",
        user_id=person.user_id,
    )


def is_address_of_staff(email: str, *, besides: UUID | None = None) -> bool:
    """Whether an e-mail address is that of somebody who works, or has worked, in the service.

    Or of ``besides``, whoever they are. Whatever its capitals.
    """
    with_it = User.objects.filter(email__iexact=email.strip())
    worked = Position.objects.filter(user=OuterRef("pk")).exclude(role=Role.OUTSIDE)
    return with_it.filter(Exists(worked) | Q(pk=besides)).exists()


def is_number_of_staff(phone: str) -> bool:
    """Whether a telephone number is one at which somebody in the service is reached.

    By its digits: written with a country's code or without it, it is the same.
    """
    number = _national(phone)
    numbers = Position.objects.exclude(phone="").values_list("phone", flat=True).distinct()
    return bool(number) and any(_national(theirs) == number for theirs in numbers)


def _national(phone: str) -> str:
    """The digits of a number without Finland's code or the zero in its place."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return digits.removeprefix("00").removeprefix("358").lstrip("0")


def account_of_staff(user_id: UUID) -> User | None:
    """An account that holds or has held a position; None for a client's, and for nobody's."""
    holds = Position.objects.filter(user=user_id)
    return User.objects.filter(Exists(holds), pk=user_id).first()
