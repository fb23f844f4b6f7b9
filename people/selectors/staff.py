"""Who works in which office, who leads it, and how an office is reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.validity import valid_at
from people.access import get_office, offices_managed_by, positions_in, staff_files_of
from people.models import (
    Office,
    Position,
    Role,
    StaffFile,
    StaffFileState,
    StaffMissing,
    User,
)

FORMER = timedelta(days=365)
"""How long whoever has left an office is shown there, to be taken back with their log-in."""


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
        .order_by("office__body", "user__last_name", "user__first_name", "pk")
    )


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
    seen = offices_managed_by(actor, now=now).exclude(closes_on__lte=day_of(now))
    offices = list(seen.select_related("network").order_by("network__name", "body", "name", "pk"))
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
    """The staff of an office. Raises ``NotVisible`` to whoever does not see it. Four queries."""
    office = get_office(actor, office_id, now=now)
    positions = positions_in(office)
    current = positions.filter(valid_at(now)).prefetch_related("user__external_log_ins")
    current = current.order_by("user__last_name", "user__first_name", "pk")
    works = Position.objects.filter(valid_at(now), user=OuterRef("user"))
    former = positions.filter(until__gt=now - FORMER, until__lte=now).exclude(Exists(works))
    latest = former.order_by("user", "-until").distinct("user")
    return OfficeStaff(
        office, list(current), sorted(latest, key=lambda p: str(p.until), reverse=True)
    )


def offices_to_call(*, on: date) -> list[tuple[str, list[Office]]]:
    """For whoever stands outside: the offices that have a number, by network, both by name."""
    offices: dict[str, list[Office]] = defaultdict(list)
    standing = Office.objects.exclude(closes_on__lte=on).exclude(phone="")
    for office in standing.select_related("network").order_by("network__name", "name", "pk"):
        offices[office.network.name].append(office)
    return list(offices.items())


def open_offices() -> QuerySet[Office]:
    """The offices for which no day of closing is set: what begins now is sent to one of these."""
    return Office.objects.filter(closes_on=None)


def offices_of(network_id: UUID) -> list[Office]:
    """The offices of a network that do not close, by body and name."""
    found = open_offices().filter(network_id=network_id)
    return list(found.order_by("body", "name", "pk"))


def offices_beside(office: Office) -> list[Office]:
    """The other open offices of the same body and network: into which it may be merged."""
    others = open_offices().filter(network=office.network_id, body=office.body)
    return list(others.exclude(pk=office.pk).order_by("name", "pk"))


def missing_from_files(office: Office, *, now: datetime) -> list[StaffMissing]:
    """Who works in an office and is no longer named by a file of its staff, unanswered yet."""
    standing = Position.objects.filter(valid_at(now), office=office)
    found = StaffMissing.objects.filter(answered_at=None, position__in=standing)
    return list(found.select_related("position__user").order_by("position__user__last_name", "pk"))


def staff_files_waiting(actor: Actor, *, now: datetime) -> list[StaffFile]:
    """The files of staff that are not written yet and that this actor sees, the oldest first."""
    states = [StaffFileState.CHECKED, StaffFileState.WAITING]
    if actor.is_officer:
        states = [StaffFileState.WAITING]
    found = staff_files_of(actor, now=now).filter(state__in=states)
    return list(found.select_related("office", "asked_by").order_by("asked_at", "pk"))


@dataclass(frozen=True, slots=True)
class Contact:
    """Where somebody who answers can be reached: an office, or a role without a name."""

    name: str
    phone: str


def contacts_of(body: Body, *, now: datetime) -> list[Contact]:
    """The open offices of a body in every network, by name."""
    offices = Office.objects.filter(body=body).exclude(closes_on__lte=day_of(now))
    offices = offices.order_by("name", "pk")
    return [Contact(office.name, office.phone) for office in offices]


def officer_contacts(*, now: datetime) -> list[Contact]:
    """The data-protection officers of this installation, by their title: the role is public."""
    positions = Position.objects.filter(valid_at(now), role=Role.OFFICER).order_by("since", "pk")
    return [Contact(p.title or str(Role.OFFICER.label), p.phone) for p in positions]


def coming_positions(user_id: UUID, *, now: datetime) -> list[Position]:
    """What a user will work as from a moment ahead, the next first."""
    return list(Position.objects.filter(user_id=user_id, since__gt=now).order_by("since", "pk"))
