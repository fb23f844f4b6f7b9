"""How much each worker of an office has to do, for whoever leads it: numbers, and what nobody owns.

Load, never a measure: in the order of names, of what is open today and never of how anybody works;
nothing here reads the log (ADR 0023). The leader sees counts of their own office alone; a case is
named to them only where it is theirs to see by another rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from audit.models import Purpose
from caseplan.meetings.models import Meeting, MeetingState, Participant
from caseplan.plan.models import Action, BodyRequest, BodyRequestState
from cases.access import visible_to
from cases.access.covers import leads
from cases.models import Case, TeamMembership, TeamRole
from cases.selectors import Away, away_among, count_managed_cases
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import NotVisible
from common.validity import valid_at
from consent.models import Category
from followup.models import Reminder
from followup.models.reminder import Level
from followup.selectors.reminders import OF_CLOCKS
from people.models import Office, Position, Role, User
from records.selectors import reading_of

MEETINGS_DAYS = 7
"""How many days ahead the page counts meetings."""
LAW_DAYS = 30
"""How many days ahead the page counts days of the law."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is open with one worker today. ``away``: until when they are, and who stands in."""

    position: Position
    cases: int
    steps: int
    overdue: int
    meetings: int
    deadlines: int
    away: Away | None


@dataclass(frozen=True, slots=True)
class Unowned:
    """What nobody of the office answers for, with who can mend it.

    ``cases``: of managers who work no more, by whose they were. ``seats``: places that the office
    keeps and has named nobody for. ``steps``: of people who are off the team or work no more, and
    ``requests``: to the body where nobody of it is on the team; each by the case's manager.
    """

    cases: list[tuple[User, int]]
    seats: int
    steps: list[tuple[User, int]]
    requests: list[tuple[User, int]]

    def __bool__(self) -> bool:
        return bool(self.cases or self.seats or self.steps or self.requests)


@dataclass(frozen=True, slots=True)
class CaseLoad:
    """A case of one worker. ``case`` is None where it is not the leader's to see: no name, then."""

    id: UUID
    case: Case | None
    since: date
    steps: int
    next_meeting: datetime | None
    next_deadline: date | None


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """One worker of the office with their cases, the longest standing first."""

    position: Position
    rows: list[CaseLoad]


def get_office_led(actor: Actor, office_id: UUID, *, now: datetime) -> Office:
    """An office whose leader this actor is. Raises :class:`NotVisible` to everybody else."""
    if not actor.is_worker or not leads(actor, office_id, now=now):
        raise NotVisible
    return Office.objects.get(pk=office_id)


def list_load(actor: Actor, office_id: UUID, *, now: datetime) -> list[Load]:
    """Each worker of the office with what is open, by name. A fixed number of questions."""
    office = get_office_led(actor, office_id, now=now)
    positions = _workers_of(office, now)
    users = [position.user_id for position in positions]
    today = day_of(now)
    cases = count_managed_cases(users, now=now)
    steps = _by(_open_steps(users), "owner")
    overdue = _by(_open_steps(users).filter(due_on__lt=today), "owner")
    meetings = _by(_places(users, now, now + timedelta(days=MEETINGS_DAYS)), "user")
    law = _by(_days_of_law(users).filter(due_on__lte=today + timedelta(days=LAW_DAYS)), "for_user")
    away = away_among(users, office.network_id, at=now)
    return [
        Load(
            position=position,
            cases=cases.get(position.user_id, 0),
            steps=steps.get(position.user_id, 0),
            overdue=overdue.get(position.user_id, 0),
            meetings=meetings.get(position.user_id, 0),
            deadlines=law.get(position.user_id, 0),
            away=away.get(position.user_id),
        )
        for position in positions
    ]


def open_load(actor: Actor, position_id: UUID, *, now: datetime) -> WorkerLoad:
    """The cases that one worker of the leader's office manages; logged where a name is shown.

    Raises :class:`NotVisible`. A fixed number of questions for any number of cases.
    """
    position = (
        Position.objects.filter(pk=position_id, office__isnull=False)
        .select_related("user", "office")
        .first()
    )
    if position is None or position.office is None:
        raise NotVisible
    get_office_led(actor, position.office.pk, now=now)
    keys = list(
        TeamMembership.objects.filter(
            valid_at(now), user=position.user_id, role=TeamRole.CASE_MANAGER,
            case__ended_at__isnull=True,
        ).values_list("case", flat=True)
    )  # fmt: skip
    cases = {case.pk: case for case in Case.objects.filter(pk__in=keys)}
    mine = visible_to(actor, now=now).filter(pk__in=keys).select_related("person")
    seen = {case.pk: case for case in mine}
    reading_of(actor, now=now).log_and_hide_names(
        "load_opened", Purpose.KEEP_CASE, [(case, []) for case in seen.values()],
        beside=(Category.IDENTITY_CONTACT,),
    )  # fmt: skip
    steps = _by(_open_steps([position.user_id]).filter(case__in=keys), "case")
    ahead = _first(
        Meeting.objects.filter(case__in=keys, state=MeetingState.PLANNED, starts_at__gte=now),
        "starts_at",
    )
    law = _first(_days_of_law([position.user_id]).filter(case__in=keys), "due_on")
    rows = [
        CaseLoad(
            key, seen.get(key), day_of(case.opened_at), steps.get(key, 0), ahead.get(key),
            law.get(key),
        )
        for key, case in cases.items()
    ]  # fmt: skip
    return WorkerLoad(position, sorted(rows, key=lambda row: (row.since, str(row.id))))


def list_unowned(actor: Actor, office_id: UUID, *, now: datetime) -> Unowned:
    """What nobody of the office answers for today; nothing of any client."""
    office = get_office_led(actor, office_id, now=now)
    works = Position.objects.filter(
        valid_at(now), role=Role.CASEWORKER, user__is_active=True, user=OuterRef("user")
    )
    sat_here = Position.objects.filter(office=office).values("user")
    managers = TeamMembership.objects.filter(
        valid_at(now), role=TeamRole.CASE_MANAGER, case__ended_at__isnull=True,
        case__network=office.network_id,
    )  # fmt: skip
    orphans = managers.filter(~Exists(works), user__in=sat_here)
    seats = TeamMembership.objects.filter(
        valid_at(now), role=TeamRole.AWAITED, office=office, case__ended_at__isnull=True
    )
    named = TeamMembership.objects.filter(
        valid_at(now), case=OuterRef("case"), user=OuterRef("owner")
    )
    owners = Position.objects.filter(valid_at(now), user=OuterRef("owner"), user__is_active=True)
    steps = Action.objects.filter(
        ~(Q(Exists(named)) & Q(Exists(owners))), state__in=Action.OPEN_STATES, owner__in=sat_here,
        owner_party=office.body, case__ended_at__isnull=True, case__network=office.network_id,
    )  # fmt: skip
    requests = BodyRequest.objects.filter(
        ~Exists(_of_body_on_team(Body(office.body), now)), state=BodyRequestState.OPEN,
        to_body=office.body, case__ended_at__isnull=True, case__network=office.network_id,
    )  # fmt: skip
    return Unowned(
        cases=_by_user(_by(orphans, "user")),
        seats=seats.count(),
        steps=_by_manager(managers, _by(steps, "case")),
        requests=_by_manager(managers, _by(requests, "case")),
    )


def _of_body_on_team(body: Body, now: datetime) -> QuerySet[TeamMembership]:
    here = Position.objects.filter(valid_at(now), office__body=body, user__is_active=True)
    return TeamMembership.objects.filter(
        Q(user__in=here.values("user")) | Q(office__body=body, role=TeamRole.MEMBER),
        valid_at(now),
        case=OuterRef("case"),
    )


def _workers_of(office: Office, now: datetime) -> list[Position]:
    here = Position.objects.filter(
        valid_at(now), office=office, role=Role.CASEWORKER, user__is_active=True
    )
    return list(
        here.select_related("user", "office").order_by("user__last_name", "user__first_name", "pk")
    )


def _open_steps(users: Iterable[UUID]) -> QuerySet[Action]:
    return Action.objects.filter(
        owner__in=list(users), state__in=Action.OPEN_STATES, case__ended_at__isnull=True
    )


def _places(users: Iterable[UUID], since: datetime, until: datetime) -> QuerySet[Participant]:
    return Participant.objects.filter(
        user__in=list(users), meeting__state=MeetingState.PLANNED,
        meeting__starts_at__gte=since, meeting__starts_at__lt=until,
    )  # fmt: skip


def _days_of_law(users: Iterable[UUID]) -> QuerySet[Reminder]:
    return Reminder.objects.filter(
        for_user__in=list(users), level=Level.OWN, ended_on__isnull=True, kind__in=OF_CLOCKS,
        case__ended_at__isnull=True,
    )  # fmt: skip


def _by(rows: QuerySet, field: str) -> dict[UUID, int]:  # type: ignore[type-arg]
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk", distinct=True)))


def _first(rows: QuerySet, field: str) -> dict[UUID, Any]:  # type: ignore[type-arg]
    return dict(rows.order_by().values_list("case").annotate(first=Min(field)))


def _by_user(counts: dict[UUID, int]) -> list[tuple[User, int]]:
    users = User.objects.in_bulk(list(counts))
    found = [(users[key], number) for key, number in counts.items()]
    return sorted(found, key=lambda one: (one[0].last_name, one[0].first_name))


def _by_manager(
    managers: QuerySet[TeamMembership], counts: dict[UUID, int]
) -> list[tuple[User, int]]:
    """What stands by case, by the case's manager: whom the leader turns to."""
    found: dict[UUID, int] = {}
    whose = managers.filter(case__in=list(counts)).values_list("case", "user")
    for case_id, user_id in whose:
        if user_id is not None:
            found[user_id] = found.get(user_id, 0) + counts[case_id]
    return _by_user(found)
