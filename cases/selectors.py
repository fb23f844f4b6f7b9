"""Reads about case headers and teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from cases.models import Case, TeamRole, TeamTerm
from common.bodies import Body
from people.models import Office, Position, User
from people.selectors import standing_at


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody (or a whole office) on the team now, as it is shown to the client and the team."""

    user_id: UUID | None
    name: str
    body: Body
    office: str
    title: str
    phone: str
    role: TeamRole
    since: datetime

    @property
    def is_case_manager(self) -> bool:
        return self.role == TeamRole.CASE_MANAGER


def team_of(case: Case, *, now: datetime) -> list[TeamMember]:
    """The standing team, the case manager first, then by body and name. Two queries."""
    terms = (
        TeamTerm.objects.filter(standing_at(now), case=case)
        .select_related("office", "user")
        .prefetch_related(
            Prefetch(
                "user__positions",
                queryset=Position.objects.filter(standing_at(now))
                .select_related("office")
                .order_by("since"),
                to_attr="standing_positions",
            )
        )
        .order_by("since")
    )
    members = [member for term in terms if (member := _member(term))]
    return sorted(members, key=lambda m: (not m.is_case_manager, m.body, m.name))


def _member(term: TeamTerm) -> TeamMember | None:
    """None for a user who no longer holds a position: they see nothing, so are not shown."""
    office: Office | None = term.office
    title, phone, name = "", "", ""
    if term.user is not None:
        position = next(iter(getattr(term.user, "standing_positions", [])), None)
        if position is None or position.office is None:
            return None
        office, title, phone, name = (
            position.office,
            position.title,
            position.phone,
            term.user.full_name,
        )
    if office is None:
        return None
    return TeamMember(
        user_id=term.user_id,
        name=name or office.name,
        body=Body(office.body),
        office=office.name,
        title=title,
        phone=phone or office.phone,
        role=TeamRole(term.role),
        since=term.since,
    )


def case_manager_of(case: Case, *, now: datetime) -> User | None:
    """The one named case manager of an open case; None after it has ended."""
    term = (
        TeamTerm.objects.filter(standing_at(now), case=case, role=TeamRole.CASE_MANAGER)
        .select_related("user")
        .first()
    )
    return term.user if term else None


def bodies_on_team(case: Case, *, now: datetime) -> frozenset[Body]:
    """The bodies with somebody on the team now."""
    return frozenset(member.body for member in team_of(case, now=now))
