"""Reads about case headers and teams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Max, Q

from cases.access import managed_by, visible_to
from cases.models import (
    AccessRequest,
    Case,
    Handover,
    HandoverCode,
    HandoverState,
    RequestKind,
    RequestState,
    TeamMembership,
    TeamRole,
    TemporaryAccess,
    TemporaryAccessReason,
)
from cases.selectors.absences import Away, away_among
from common.actor import Actor, ActorKind
from common.bodies import Body
from common.validity import valid_at
from people.models import Office, Position, User
from people.selectors import filter_by_code, people_by_code

NEWS = timedelta(days=60)
"""How long the client is told that the case manager has changed."""
CAME = timedelta(days=14)
"""How long a worker is told that cases came to them unasked."""


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody (or a whole office) on the team now, as it is shown to the client and the team."""

    user_id: UUID | None
    name: str
    body: Body
    office_id: UUID
    office: str
    title: str
    phone: str
    role: TeamRole
    since: datetime
    away: Away | None = None

    @property
    def is_case_manager(self) -> bool:
        return self.role == TeamRole.CASE_MANAGER

    @property
    def acts_now(self) -> str:
        """Who acts for them today, by name: whoever stands in, else they themselves."""
        return self.away.by if self.away and self.away.by else self.name

    @property
    def phone_now(self) -> str:
        """The number of whoever acts today; empty where none is known."""
        return self.away.phone if self.away and self.away.by else self.phone

    @property
    def is_awaited(self) -> bool:
        """Whether it is an office that has yet to name its person."""
        return self.role == TeamRole.AWAITED

    @property
    def place(self) -> str:
        """The office somebody works in; of a whole office, which has said its name, its body."""
        return self.office if self.user_id else str(self.body.label)

    @property
    def may_be_taken_off(self) -> bool:
        """By whoever may write: a case manager hands the case over instead, an office stays."""
        return self.user_id is not None and not self.is_case_manager

    def includes(self, actor: Actor) -> bool:
        """Is the actor this member, or from the office that stands on the team as a whole?"""
        if self.user_id is None:
            return self.office_id == actor.office_id and not self.is_awaited
        return self.user_id == actor.user_id


def team_of(case: Case, *, now: datetime) -> list[TeamMember]:
    """The standing team, the case manager first, then by body and name. Three queries.

    A user is shown in the office they hold a position in now; one who no longer holds any sees
    nothing, and is not shown. Of who is away now it says until when, and who stands in.
    """
    memberships = (
        TeamMembership.objects.filter(valid_at(now), case=case)
        .select_related("user", "office")
        .order_by("since", "pk")
    )
    positions = Position.objects.filter(
        valid_at(now),
        user__in=[membership.user_id for membership in memberships if membership.user_id],
    )
    held = {position.user_id: position for position in positions.select_related("office")}
    away = away_among(held, case.network_id, at=now)
    members = []
    for membership in memberships:
        position = held.get(membership.user_id) if membership.user_id else None
        if membership.office is not None:
            members.append(_member(membership, membership.office.name, membership.office))
        elif membership.user is not None and position is not None and position.office is not None:
            name, office = membership.user.full_name, position.office
            member = _member(membership, name, office, position.title, position.phone)
            members.append(replace(member, away=away.get(position.user_id)))
    return sorted(members, key=lambda m: (not m.is_case_manager, m.body, m.name))


def _member(
    membership: TeamMembership, name: str, office: Office, title: str = "", phone: str = ""
) -> TeamMember:
    return TeamMember(
        user_id=membership.user_id,
        name=name,
        body=Body(office.body),
        office_id=office.pk,
        office=office.name,
        title=title,
        phone=phone or office.phone,
        role=TeamRole(membership.role),
        since=membership.since,
    )


def earlier_cases(actor: Actor, case: Case, *, now: datetime) -> list[Case]:
    """The client's other cases in the network that this reader may know of, the latest first.

    Only those that exist for them: whoever was never in an earlier case learns of none. Which those
    are is asked where there is any.
    """
    earlier = Case.objects.filter(person=case.person_id, opened_at__lt=case.opened_at)
    if not earlier.exclude(pk=case.pk).exists():
        return []
    others = visible_to(actor, now=now).filter(person=case.person_id).exclude(pk=case.pk)
    return list(others.filter(opened_at__lt=case.opened_at).order_by("-opened_at", "pk"))


def case_manager_of(case: Case, *, now: datetime) -> User | None:
    """The one named case manager of an open case; None after it has ended."""
    membership = (
        TeamMembership.objects.filter(valid_at(now), case=case, role=TeamRole.CASE_MANAGER)
        .select_related("user")
        .first()
    )
    return membership.user if membership else None


def case_manager_and_own_place(
    actor: Actor, case: Case, *, now: datetime
) -> tuple[User | None, bool]:
    """The case manager, as in :func:`case_manager_of`, and whether the actor is on the team.

    One query.
    """
    managers = Q(role=TeamRole.CASE_MANAGER)
    found = TeamMembership.objects.filter(valid_at(now), managers | _whose(actor), case=case)
    manager, on_team = None, False
    for membership in found.select_related("user"):
        if membership.role == TeamRole.CASE_MANAGER:
            manager = membership.user
        if membership.role != TeamRole.CASE_MANAGER or membership.user_id == actor.user_id:
            on_team = True
    return manager, on_team


def colleague_on_team(case: Case, body: Body, *, now: datetime) -> UUID | None:
    """Who of a body stands on the team by name, the case manager first, then by name; or nobody."""
    named = (m.user_id for m in team_of(case, now=now) if m.body == body and m.user_id)
    return next(named, None)


def bodies_on_team(case: Case, *, now: datetime) -> frozenset[Body]:
    """The bodies with somebody on the team now; an office that is to name its person is nobody."""
    return frozenset(member.body for member in team_of(case, now=now) if not member.is_awaited)


def access_requests_for(actor: Actor, *, now: datetime) -> list[tuple[AccessRequest, Case]]:
    """The open requests to see a case that this worker manages, the oldest first."""
    managed = {case.person_id: case for case in managed_by(actor, now=now).select_related("person")}
    by_hash = {code: managed[person] for code, person in people_by_code(managed).items()}
    requests = AccessRequest.objects.filter(
        kind=RequestKind.ASK, state=RequestState.OPEN, code_hash__in=by_hash
    ).select_related("asked_by", "asked_office")
    return [(row, by_hash[row.code_hash]) for row in requests.order_by("asked_at", "pk")]


def case_asked_for(actor: Actor, request: AccessRequest, *, now: datetime) -> Case:
    """The case a request is about, for its case manager. One exists: the request was got by it."""
    return (
        managed_by(actor, now=now).select_related("person").get(filter_by_code(request.code_hash))
    )


def emergency_accesses_for(actor: Actor, *, since: datetime, now: datetime) -> list[AccessRequest]:
    """Openings in an emergency that this actor is to know of, the newest first.

    The case manager: of their cases. The client: of their own. The director: every attempt of
    the network, also those that found nothing; which client it was is not said.
    """
    rows = AccessRequest.objects.filter(kind=RequestKind.EMERGENCY, asked_at__gte=since)
    if actor.is_client:
        rows = rows.filter(case__person=actor.person_id)
    elif actor.kind is ActorKind.DIRECTOR:
        rows = rows.filter(asked_network_id=actor.working_network_id)
    else:
        rows = rows.filter(case__in=managed_by(actor, now=now))
    return list(
        rows.select_related("asked_by", "asked_office", "case__person").order_by("-asked_at", "-pk")
    )


def temporary_accesses_among(
    actor: Actor, cases: Iterable[Case], *, now: datetime
) -> dict[UUID, TemporaryAccess]:
    """Those of the cases that somebody sees for a time and not from the team.

    One query where there are none, as for most; two otherwise.
    """
    ids = [case.pk for case in cases]
    if not ids or actor.user_id is None or actor.is_client:
        return {}
    found = TemporaryAccess.objects.filter(
        valid_at(now), user_id=actor.user_id, content_object__in=ids
    )
    given = {row.content_object_id: row for row in found.order_by("pk")}
    on_team = TeamMembership.objects.filter(valid_at(now), _whose(actor), case__in=given)
    of_the_team = set(on_team.values_list("case_id", flat=True)) if given else set()
    return {case_id: row for case_id, row in given.items() if case_id not in of_the_team}


def _whose(actor: Actor) -> Q:
    """The memberships of a user and, where they sit in one, of their office."""
    own = Q(user_id=actor.user_id)
    return own | Q(office_id=actor.office_id, role=TeamRole.MEMBER) if actor.office_id else own


def temporary_accesses_for(actor: Actor, *, now: datetime) -> list[tuple[Case, TemporaryAccess]]:
    """The cases opened to this worker for a time, by the day it ends."""
    given = TemporaryAccess.objects.filter(valid_at(now), user_id=actor.user_id).exclude(
        why=TemporaryAccessReason.SHARED
    )
    found = given.select_related("content_object__person").order_by("until", "pk")
    return [(access.content_object, access) for access in found]


def handover_of(case: Case, state: HandoverState) -> Handover | None:
    """The latest handover of a visible case in a state: the open one, or the last accepted.

    One query where there is none, as in most cases.
    """
    return (
        Handover.objects.filter(case=case, state=state)
        .prefetch_related("giver", "receiver")
        .order_by("-asked_at", "-pk")
        .first()
    )


def new_manager(case: Case, *, now: datetime) -> Handover | None:
    """The handover by which the case manager changed, while it is news (60 days)."""
    last = handover_of(case, HandoverState.ACCEPTED)
    if last is None or last.answered_at is None or now - last.answered_at > NEWS:
        return None
    return last


@dataclass(frozen=True, slots=True)
class ReceivedCases:
    """Cases that came to a worker without being asked for: whose they were, how many, when."""

    giver: User
    count: int
    at: datetime


def received_cases(actor: Actor, *, now: datetime) -> list[ReceivedCases]:
    """What came to this worker within 14 days because its case manager no longer works.

    Of those alone a handover is answered at the moment it is asked.
    """
    came = (
        Handover.objects.filter(
            receiver_id=actor.writer_id,
            state=HandoverState.ACCEPTED,
            code=HandoverCode.LEFT,
            answered_at=F("asked_at"),
            answered_at__gt=now - CAME,
        )
        .values("giver")
        .annotate(count=Count("pk"), at=Max("answered_at"))
        .order_by("-at")
    )
    givers = User.objects.in_bulk([row["giver"] for row in came])
    return [ReceivedCases(givers[row["giver"]], row["count"], row["at"]) for row in came]


def count_managed_cases(user_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, int]:
    """How many open cases each of some users manages; no client is shown or named."""
    counted = (
        TeamMembership.objects.filter(
            valid_at(now),
            role=TeamRole.CASE_MANAGER,
            user_id__in=list(user_ids),
            case__ended_at__isnull=True,
        )
        .values_list("user_id")
        .annotate(cases=Count("pk"))
    )
    return {user_id: cases for user_id, cases in counted if user_id}


def handovers_open_in(case_ids: Iterable[UUID]) -> dict[UUID, Handover]:
    """Of some visible cases: the handover that waits for an answer, by case. One query."""
    rows = Handover.objects.filter(case__in=list(case_ids), state=HandoverState.OPEN)
    return {row.case_id: row for row in rows.select_related("receiver")}
