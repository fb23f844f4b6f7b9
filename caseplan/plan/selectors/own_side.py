"""One step, or one service, as its client reads it; and the people who help them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.plan.models import (
    Action,
    ConflictNote,
    Goal,
    MoreTime,
    Objection,
    PlannedService,
    Referral,
)
from caseplan.plan.selectors.duty import Must, musts_of
from caseplan.plan.selectors.more_time import asked_of_step
from cases.models import Case, Handover
from cases.selectors import TeamMember, new_manager, team_of
from common.actor import Actor
from common.bodies import Party
from consent.models import Category, ClientInformation
from people.selectors import defer_all_but_name
from records.access import get_row, rows_of_case
from records.selectors import Reading, reading_of


@dataclass(frozen=True, slots=True)
class OwnThingOfPlan:
    """A step or a service of the client's plan.

    ``must``: whether it is a duty of theirs today. ``objections``: what they have said no to, the
    oldest first, those taken back too; ``notes``: what the team has agreed since. ``doer``: whoever
    does it, where they are on the team; ``contact``: whoever looks after the case.
    """

    case: Case
    must: Must
    objections: list[Objection]
    notes: list[ConflictNote]
    doer: TeamMember | None
    contact: TeamMember | None

    @property
    def standing_no(self) -> Objection | None:
        return next((one for one in self.objections if one.stands), None)

    @property
    def past_asks(self) -> list[MoreTime]:
        """More time that was asked for and waits for no answer: of a service, none ever."""
        return []


@dataclass(frozen=True, slots=True)
class OwnStep(OwnThingOfPlan):
    """A step; ``goal``: what it is for; ``asked``: the more time asked for, the oldest first."""

    action: Action
    goal: Goal | None
    asked: list[MoreTime]

    @property
    def is_own(self) -> bool:
        return self.action.owner_party == Party.CLIENT

    @property
    def waiting(self) -> MoreTime | None:
        """What was asked of its day and waits for an answer."""
        return next((one for one in self.asked if one.waits), None)

    @property
    def past_asks(self) -> list[MoreTime]:
        return [one for one in self.asked if not one.waits]


@dataclass(frozen=True, slots=True)
class OwnService(OwnThingOfPlan):
    """A service that a body arranges."""

    service: PlannedService


def open_own_step(actor: Actor, action_id: UUID, *, now: datetime) -> OwnStep:
    """A step of the client's plan, their own or somebody else's; logged. Raises ``NotVisible``."""
    action = get_row(actor, Action, action_id, now=now)
    reading = reading_of(actor, now=now).in_case(action.case)
    case = action.case
    goal = rows_of_case(reading.grounds, case.pk, Goal).filter(pk=action.goal_id).first()
    shared = _shared(reading, case, action)
    asked = asked_of_step(reading, action)
    _log(reading, shared, [action, *([goal] if goal else []), *asked])
    return OwnStep(*shared, action=action, goal=goal, asked=asked)


def open_own_service(actor: Actor, service_id: UUID, *, now: datetime) -> OwnService:
    """A service of the client's plan; logged. Raises ``NotVisible``."""
    service = get_row(actor, PlannedService, service_id, now=now)
    reading = reading_of(actor, now=now).in_case(service.case)
    shared = _shared(reading, service.case, service)
    _log(reading, shared, [service])
    return OwnService(*shared, service=service)


_Shared = tuple[
    Case, Must, list[Objection], list[ConflictNote], TeamMember | None, TeamMember | None
]


def _shared(reading: Reading, case: Case, thing: Action | PlannedService) -> _Shared:
    about = {"action": thing.pk} if isinstance(thing, Action) else {"planned_service": thing.pk}
    said = rows_of_case(reading.grounds, case.pk, Objection).filter(**about)
    objections = list(said.order_by("recorded_at", "pk"))
    notes = (
        list(
            rows_of_case(reading.grounds, case.pk, ConflictNote)
            .filter(subjects__overlap=[one.pk for one in objections])
            .select_related("recorded_by")
            .defer(*defer_all_but_name("recorded_by"))
            .order_by("recorded_at", "pk")
        )
        if objections
        else []
    )
    team = team_of(case, now=reading.now)
    owner = thing.owner_id if isinstance(thing, Action) else None
    doer = next((one for one in team if owner and one.user_id == owner), None)
    contact = next((one for one in team if one.is_case_manager), None)
    must = musts_of(reading, case, [thing])[thing.pk]
    return case, must, objections, notes, doer, contact


def _log(reading: Reading, shared: _Shared, rows: list[ClientInformation]) -> None:
    case, _must, objections, notes, *_team = shared
    shown = [*rows, *objections, *notes]
    reading.log_and_hide_names("own_step_opened", Purpose.OWN_DATA, [(case, shown)])


@dataclass(frozen=True, slots=True)
class OwnPeople:
    """Who helps the client; ``new_manager``: the handover by which it changed, while it is news."""

    team: list[TeamMember]
    new_manager: Handover | None
    referral: Referral | None


def open_people(actor: Actor, case: Case, *, now: datetime, named: bool = False) -> OwnPeople:
    """The people of a client's case, and why it was begun; logged.

    To a worker, who prints it for them: the team where how the case is handled is open. ``named``:
    the page says whose people they are.
    """
    reading = reading_of(actor, now=now).in_case(case)
    referral = rows_of_case(reading.grounds, case.pk, Referral).first()
    is_open = actor.is_client or bool(reading.opens(Category.CASE_HANDLING, [case.pk]))
    team = team_of(case, now=now) if is_open else []
    reading.log_and_hide_names(
        "own_people_opened",
        Purpose.OWN_DATA if actor.is_client else Purpose.KEEP_CASE,
        [(case, [referral] if referral else [])],
        beside=[
            *([Category.CASE_HANDLING] if is_open else []),
            *([Category.IDENTITY_CONTACT] if named else []),
        ],
    )
    return OwnPeople(team, new_manager(case, now=now), referral)
