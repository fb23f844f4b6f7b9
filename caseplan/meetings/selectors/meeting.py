"""Meetings as their readers see them: agenda, minutes, who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from audit.models import Purpose
from caseplan.meetings.models import (
    Agreed,
    Meeting,
    MeetingPoint,
    MeetingRole,
    MeetingState,
    Participant,
    PointTopic,
    WayOfWorking,
)
from caseplan.meetings.selectors.ways import way_on
from caseplan.plan.access import versions_of_case
from caseplan.plan.models import (
    Action,
    BodyRequest,
    BodyRequestState,
    PlannedService,
    PlanVersion,
    ReviewRequest,
    ReviewState,
)
from cases.access import get_case, stand_ins, work_of, worked_on_by
from cases.models import Case
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of, start_of
from consent.access import categories_recordable_by
from consent.models import Category, ClientInformation
from people.models import User
from records.access import get_row, rows_of_case, visible_to
from records.selectors import Reading, reading_in, reading_of

LOOKS_AHEAD_DAYS = 14


REVIEW_SOON = timedelta(days=30)


# What a worker of each body brings to a meeting, unless said otherwise.
EXPERTISE_OF = {
    Body.EMPLOYMENT: MeetingRole.EMPLOYMENT,
    Body.SOCIAL: MeetingRole.SOCIAL_WORK,
    Body.KELA: MeetingRole.BENEFITS,
}


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting: who is asked, what is talked about, what was agreed; what the network asks.

    ``missing``: expertise that the network's way of working asks for and nobody brings.
    ``interprets``: the language in which the client needs an interpreter and none is booked, by its
    code. ``stand_ins``: who stands in for a worker who is away when it is held.
    """

    meeting: Meeting
    participants: list[Participant]
    points: list[MeetingPoint]
    agreed: list[Agreed]
    way: WayOfWorking
    missing: list[MeetingRole]
    proposal: PlanVersion | None
    stand_ins: dict[UUID, User]
    interprets: str = ""

    @property
    def client(self) -> Participant | None:
        """The client's own place among those asked."""
        return next((p for p in self.participants if p.role == MeetingRole.CLIENT), None)

    @property
    def seats(self) -> list[tuple[Participant, User | None]]:
        """Everybody who is asked, with who stands in for them that day."""
        by = self.stand_ins
        return [(who, by.get(who.user_id) if who.user_id else None) for who in self.participants]

    def of(self, actor: Actor, *, now: datetime) -> Participant | None:
        """A worker's own place, if they are asked; else that of whom they stand in for now."""
        for user_id in work_of(actor, now=now):
            for participant in self.participants:
                if participant.user_id == user_id:
                    return participant
        return None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something due or overdue that a meeting should talk about; ``source``: the thing itself."""

    topic: PointTopic
    category: Category
    text: str = ""
    source: ClientInformation | None = None


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting as a list shows it; ``interprets`` as in :class:`MeetingPage`."""

    meeting: Meeting
    interprets: str


def list_meetings(
    actor: Actor, case_id: UUID, *, now: datetime
) -> tuple[Case, list[ListedMeeting]]:
    """The meetings of a visible case, the newest first; logged. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_in(actor, case, now=now)
    rows = rows_of_case(reading.grounds, case.pk, Meeting)
    meetings = list(rows.order_by("-starts_at", "pk"))
    reading.log_and_hide_names("meetings_listed", Purpose.KEEP_CASE, [(case, list(meetings))])
    return case, [ListedMeeting(m, interpreter_wanted(reading, case, m)) for m in meetings]


def open_meeting(actor: Actor, meeting_id: UUID, *, now: datetime) -> MeetingPage:
    """One visible meeting; logged. Raises ``NotVisible``. Constant number of queries."""
    meeting = get_row(actor, Meeting, meeting_id, now=now)
    case = meeting.case
    reading = reading_of(actor, now=now).in_case(case)
    points = list(
        rows_of_case(reading.grounds, case.pk, MeetingPoint)
        .filter(meeting=meeting)
        .order_by("position", "pk")
    )
    agreed = list(
        rows_of_case(reading.grounds, case.pk, Agreed)
        .filter(meeting=meeting)
        .select_related("action__owner", "planned_service")
        .order_by("recorded_at", "pk")
    )
    participants = list(
        meeting.participants.select_related("user", "answered_by").order_by("role", "pk")
    )
    way = way_on(case.network_id, day_of(meeting.starts_at))
    held_at = max(meeting.starts_at, now) if meeting.is_planned else meeting.starts_at
    proposal = (
        versions_of_case(reading.grounds, case.pk)
        .filter(in_force_at=None, replaced_at=None, set_aside_at=None)
        .first()
    )
    things: list[ClientInformation] = [meeting, *points, *agreed, *(row.thing for row in agreed)]
    reading.log_and_hide_names("meeting_opened", Purpose.MAKE_PLAN, [(case, things)])
    return MeetingPage(
        meeting,
        participants,
        points,
        agreed,
        way,
        missing_roles(way, participants),
        proposal,
        stand_ins([p.user_id for p in participants if p.user_id], case.network_id, at=held_at),
        interpreter_wanted(reading, case, meeting),
    )


def show_next_meeting(reading: Reading, case: Case, *, purpose: Purpose) -> Meeting | None:
    """The next meeting as it stands over a case: its moment, place and what it lacks; logged.

    In the row of the page it stands on, with the category of the meeting: no look of its own.
    """
    meeting = next_meeting_in(reading, case)
    if meeting is not None:
        reading.log_access("next_meeting_shown", purpose, [(case, [meeting])], beside=())
    return meeting


def interpreter_wanted(reading: Reading, case: Case, meeting: Meeting | None) -> str:
    """The language of the interpreter a meeting still wants, by its code; empty for none.

    What the client needs is how their case is handled: known to whom that is open.
    """
    if meeting is None or not (case.interpreter_language and meeting.interpreting_is_open):
        return ""
    opened = reading.opens(Category.CASE_HANDLING, [case.pk])
    return case.interpreter_language if opened else ""


def missing_roles(way: WayOfWorking, participants: list[Participant]) -> list[MeetingRole]:
    """The expertise asked for that nobody among the participants brings.

    A case manager brings what their own body's workers bring.
    """
    there = {p.role for p in participants}
    there |= {EXPERTISE_OF[Body(p.body)] for p in participants if p.body}
    return [MeetingRole(role) for role in way.roles if role not in there]


def meetings_ahead(actor: Actor, *, now: datetime) -> list[Meeting]:
    """The reader's planned meetings from today on, the next first; logged.

    A worker's: those they are asked to, or whom they stand in for is, of the next 14 days and those
    past that are not closed.
    The client's: all that are still to come.
    """
    reading = reading_of(actor, now=now)
    rows = visible_to(actor, Meeting, now=now, grounds=reading.grounds).filter(
        state=MeetingState.PLANNED
    )
    if actor.is_worker:
        rows = rows.filter(
            case__in=worked_on_by(actor, now=now),
            pk__in=Participant.objects.filter(user__in=work_of(actor, now=now)).values("meeting"),
            starts_at__lt=now + timedelta(days=LOOKS_AHEAD_DAYS),
        )
    else:
        rows = rows.filter(starts_at__gte=now - timedelta(hours=12))
    meetings = list(rows.select_related("case__person").order_by("starts_at", "pk"))
    by_case: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for meeting in meetings:
        case, mine = by_case.setdefault(meeting.case_id, (meeting.case, []))
        meeting.case = case
        mine.append(meeting)
    reading.log_and_hide_names("meetings_ahead_listed", Purpose.FOLLOW_UP, by_case.values())
    return meetings


def next_meeting_in(reading: Reading, case: Case) -> Meeting | None:
    """When the client of a visible case and the team meet next, today or later. One query.

    Not logged: for what shows it, :func:`show_next_meeting`.
    """
    return (
        rows_of_case(reading.grounds, case.pk, Meeting)
        .filter(state=MeetingState.PLANNED, starts_at__gte=start_of(day_of(reading.now)))
        .order_by("starts_at", "pk")
        .first()
    )


def topics_for(actor: Actor, case: Case, *, on: date, now: datetime) -> list[Topic]:
    """What is due by the day of a meeting, as its agenda begins.

    Only what the actor sees and may record: what only another body sees, that body adds.
    """
    grounds = reading_of(actor, now=now).in_case(case).grounds
    plan = Category.PLAN_FOLLOW_UP
    found: list[Topic] = []
    versions = versions_of_case(grounds, case.pk)
    for version in versions.filter(set_aside_at=None, replaced_at=None).order_by("number"):
        if version.in_force_at is None:
            found.append(Topic(PointTopic.PROPOSED, plan))
        elif version.review_due_on and version.review_due_on <= on + REVIEW_SOON:
            found.append(Topic(PointTopic.REVIEW_DUE, plan))
    due: dict[type[ClientInformation], Q] = {
        ReviewRequest: Q(state=ReviewState.OPEN),
        Action: Q(state__in=Action.OPEN_STATES, due_on__lte=on),
        BodyRequest: Q(state=BodyRequestState.OPEN),
        PlannedService: Q(ends_on__lte=on, result="", participation=""),
    }
    for model, condition in due.items():
        rows = rows_of_case(grounds, case.pk, model).filter(condition)
        found += [_topic(row) for row in rows.order_by("pk")]
    mine = categories_recordable_by(actor)
    return [topic for topic in found if topic.category in mine]


def _topic(row: ClientInformation) -> Topic:
    category = Category(row.category)
    if isinstance(row, ReviewRequest):
        return Topic(PointTopic.REVIEW_ASKED, category, source=row)
    if isinstance(row, BodyRequest):
        return Topic(PointTopic.REQUEST, category, row.text, row)
    if isinstance(row, PlannedService):
        return Topic(PointTopic.SERVICE, category, row.name, row)
    return Topic(PointTopic.ACTION, category, row.title, row)
