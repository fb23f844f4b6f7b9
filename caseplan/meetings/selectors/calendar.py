"""A worker's calendar: their own days, those of whom they cover too, or of their whole office.

What a day holds is what the lists hold: meetings by who has a place at them, open actions by their
owner, the law's next day of the cases somebody manages. A fixed number of questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from audit.models import Purpose
from caseplan.meetings.models import CalendarFeed, Meeting, MeetingState, Participant
from caseplan.plan.models import Action
from caseplan.plan.selectors import clocks_of
from caseplan.plan.selectors.clocks import PlanClock
from cases.access import covers_within, work_of
from cases.access import visible_to as cases_visible_to
from cases.models import Case, Cover, TeamMembership, TeamRole
from common.actor import Actor
from common.clock import day_of, start_of
from common.validity import valid_at
from consent.models import Category, ClientInformation
from people.selectors import caseworkers_of, names_of
from records.access import visible_to
from records.selectors import Reading, reading_of

FEED_BACK, FEED_AHEAD = timedelta(days=7), timedelta(days=180)


class Whose(StrEnum):
    """Whose days a calendar shows."""

    OWN = "own"
    COVER = "cover"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a day: a meeting, or, for the whole of the day, a step or a day of the law.

    ``of``: whose it is, where it is not the reader's own. ``doubled``: somebody whose days are
    shown, or who stands in for them then, would have to be in two places.
    """

    case: Case
    meeting: Meeting | None = None
    action: Action | None = None
    clock: PlanClock | None = None
    of: str = ""
    doubled: bool = False


@dataclass(slots=True)
class CalendarDay:
    """A day with what it holds: what lasts the day first, then meetings by their hour."""

    on: date
    entries: list[Entry] = field(default_factory=list)


def open_calendar(
    actor: Actor, whose: Whose, *, first: date, last: date, now: datetime
) -> list[CalendarDay]:
    """Each day from the first to the last, both inclusive; one row of the log."""
    reading = reading_of(actor, now=now)
    users = _users(actor, whose, now)
    meetings = _meetings(reading, users, first, last)
    places = _places(meetings, users)
    doubled = _doubled(meetings, _who_goes(actor, meetings, places))
    actions = list(
        visible_to(actor, Action, now=now, grounds=reading.grounds)
        .filter(
            owner__in=users, state__in=Action.OPEN_STATES, due_on__range=(first, last),
            case__ended_at__isnull=True,
        )
        .select_related("case__person")
        .order_by("due_on", "recorded_at", "pk")
    )  # fmt: skip
    managed, clocks = _clocks(reading, users, first, last)
    cases: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for thing in (*meetings, *actions):
        case, shown = cases.setdefault(thing.case_id, (thing.case, []))
        thing.case = case  # one object a case: a name taken away is away everywhere
        shown.append(thing)
    for key in clocks:
        cases.setdefault(key, (managed[key], []))
    reading.log_and_hide_names(
        "calendar_opened",
        Purpose.FOLLOW_UP,
        cases.values(),
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    others = _names_of_others(actor, places, actions)
    days = [CalendarDay(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    by_day = {day.on: day.entries for day in days}
    for key, clock in clocks.items():
        by_day[clock.due_on].append(Entry(cases[key][0], clock=clock))
    for action in actions:
        of = others.get(action.owner_id, "") if action.owner_id else ""
        by_day[action.due_on].append(Entry(action.case, action=action, of=of))
    for meeting in meetings:
        mine = places[meeting.pk]
        of = "" if actor.writer_id in mine else ", ".join(sorted(others[one] for one in mine))
        by_day[day_of(meeting.starts_at)].append(
            Entry(meeting.case, meeting=meeting, of=of, doubled=meeting.pk in doubled)
        )
    return days


@dataclass(frozen=True, slots=True)
class Doubled:
    """Another planned meeting at the same time; ``of``: of a covered colleague, by name."""

    meeting: Meeting
    of: str = ""


def double_bookings(actor: Actor, meeting: Meeting, *, now: datetime) -> list[Doubled]:
    """What overlaps with a meeting the actor attends, or somebody they stand in for does.

    Their own meetings, those of whom they stand in for when it is held, and, where the cover is
    over by then, those of the colleague alone. Only when they are is read, so nothing is logged.
    """
    mine, then = work_of(actor, now=now), set(work_of(actor, now=meeting.starts_at))
    attends = set(meeting.participants.filter(user__in=mine).values_list("user", flat=True))
    users = [one for one in {*mine, *then} if one in attends or (one in then and attends & then)]
    if not users:
        return []
    around = _meetings(
        reading_of(actor, now=now), users, day_of(meeting.starts_at), day_of(meeting.ends_at)
    )
    others = [
        other
        for other in around
        if other.pk != meeting.pk and other.is_planned and _overlap(other, meeting)
    ]
    places = _places(others, users)
    names = _names_of_others(actor, places, [])
    return [
        Doubled(
            other,
            ""
            if actor.writer_id in places[other.pk]
            else ", ".join(sorted(names[one] for one in places[other.pk])),
        )
        for other in others
    ]


def _users(actor: Actor, whose: Whose, now: datetime) -> list[UUID]:
    if whose is Whose.OWN:
        return [actor.writer_id]
    if whose is Whose.COVER:
        return work_of(actor, now=now)
    there = caseworkers_of(actor.working_network_id, now=now)
    return [one.user_id for one in there if one.office_id == actor.office_id]


def _meetings(reading: Reading, users: Sequence[UUID], first: date, last: date) -> list[Meeting]:
    rows = visible_to(reading.actor, Meeting, now=reading.now, grounds=reading.grounds).filter(
        state__in=(MeetingState.PLANNED, MeetingState.HELD),
        starts_at__gte=start_of(first),
        starts_at__lt=start_of(last + timedelta(days=1)),
        pk__in=Participant.objects.filter(user__in=users).values("meeting"),
    )
    return list(rows.select_related("case__person").order_by("starts_at", "pk"))


def _places(meetings: Iterable[Meeting], users: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Of whose days each meeting is."""
    places: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Participant.objects.filter(meeting__in=list(meetings), user__in=users)
    for meeting_id, user_id in rows.values_list("meeting", "user"):
        if user_id:
            places[meeting_id].add(user_id)
    return places


def _who_goes(
    actor: Actor, meetings: Sequence[Meeting], places: dict[UUID, set[UUID]]
) -> dict[UUID, set[UUID]]:
    """Who is at each meeting: who was asked, or who stands in for them at that hour."""
    if not meetings:
        return {}
    covers = covers_within(
        {one for mine in places.values() for one in mine},
        actor.working_network_id,
        since=meetings[0].starts_at,
        until=meetings[-1].starts_at,
    )
    by = {
        (meeting.pk, cover.user_id): cover.by_id
        for meeting in meetings
        for cover in covers
        if cover.since <= meeting.starts_at < cover.until
    }
    return {key: {by.get((key, one), one) for one in mine} for key, mine in places.items()}


def _doubled(meetings: Sequence[Meeting], places: dict[UUID, set[UUID]]) -> set[UUID]:
    """The planned meetings at which somebody would have to be in two places."""
    doubled: set[UUID] = set()
    planned = [meeting for meeting in meetings if meeting.is_planned]  # by when they start
    for number, meeting in enumerate(planned):
        for later in planned[number + 1 :]:
            if later.starts_at >= meeting.ends_at:
                break
            if places[meeting.pk] & places[later.pk]:
                doubled |= {meeting.pk, later.pk}
    return doubled


def _overlap(one: Meeting, other: Meeting) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _clocks(
    reading: Reading, users: Sequence[UUID], first: date, last: date
) -> tuple[dict[UUID, Case], dict[UUID, PlanClock]]:
    managed = TeamMembership.objects.filter(
        valid_at(reading.now), role=TeamRole.CASE_MANAGER, user__in=users
    )
    seen = cases_visible_to(reading.actor, now=reading.now)
    rows = seen.filter(ended_at__isnull=True, pk__in=managed.values("case"))
    cases = {case.pk: case for case in rows.select_related("person").order_by("pk")}
    due = {
        key: clock
        for key, clock in clocks_of(reading, cases.values()).items()
        if clock and first <= clock.due_on <= last
    }
    return cases, due


def _names_of_others(
    actor: Actor, places: dict[UUID, set[UUID]], actions: Iterable[Action]
) -> dict[UUID, str]:
    users = {one for mine in places.values() for one in mine}
    users |= {action.owner_id for action in actions if action.owner_id}
    users.discard(actor.writer_id)
    return names_of(users) if users else {}


def own_feed(actor: Actor) -> CalendarFeed | None:
    """The actor's standing private address, if they have one."""
    return CalendarFeed.objects.filter(user_id=actor.writer_id, ended_at__isnull=True).first()


def feed_of(token_hash: str) -> CalendarFeed | None:
    """The standing address with this hash."""
    found = CalendarFeed.objects.filter(token_hash=token_hash, ended_at__isnull=True)
    return found.select_related("user").first()


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A meeting for its time alone; ``stands_in``: a colleague was asked, who is away then."""

    meeting: Meeting
    stands_in: bool = False


def times_of_meetings(actor: Actor, *, now: datetime) -> list[FeedEntry]:
    """The worker's own meetings from a week back on, for their times alone: of nobody else's words.

    Also those of whom they stand in for now, that are held while the cover stands. Those called off
    are among them, so that a calendar takes them away. No name, place or case of them may be shown:
    nothing is logged as shown.
    """
    own = Participant.objects.filter(meeting=OuterRef("pk"), user=actor.writer_id)
    covered = Participant.objects.filter(
        meeting=OuterRef("pk"),
        user__in=Cover.objects.filter(
            valid_at(now),
            by=actor.writer_id,
            network=actor.working_network_id,
            since__lte=OuterRef(OuterRef("starts_at")),
            until__gt=OuterRef(OuterRef("starts_at")),
        ).values("user"),
    )
    rows = (
        visible_to(actor, Meeting, now=now)
        .filter(Exists(own) | Exists(covered))
        .filter(starts_at__gte=now - FEED_BACK, starts_at__lt=now + FEED_AHEAD)
        .annotate(is_own=Exists(own))
    )
    return [FeedEntry(row, stands_in=not row.is_own) for row in rows.order_by("starts_at", "pk")]
