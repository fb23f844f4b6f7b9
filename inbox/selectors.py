"""What waits for a worker: the first page of it, the whole of it, and how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from benefits.selectors import WorklistFilter, count_people
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.inbox import Group, InboxKind, InboxPlace, InboxTab
from consent.models import Category
from inbox.statement import Found, Row, counts_of, first_of_each, page_of
from inbox.waits import Waits, number_in, waits_of
from inbox.words import words_of
from people.models import Person, User
from records.selectors import Reading, reading_of

SHOWN = 10
AT_NOW, AT_LEAST = 5, 2
PAGE = 25
_LIFE = (InboxKind.LIFE_CONFIRM, InboxKind.LIFE_CHANGED, InboxKind.PROTECTION, InboxKind.MOVED_AWAY)
_BEFORE_A_CASE = frozenset({Category.IDENTITY_CONTACT.value, Category.SERVICE_NEEDS.value})
# On what somebody who asks for themselves is read of.
_OWN_REQUEST_GROUND = "381/2023 3 §"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, in words. ``case`` and ``person`` are None where it names nobody.

    ``stands_for``: for whom the reader stands in here, by name; "" where it is their own.
    """

    kind: InboxKind
    group: Group
    case: Case | None
    person: Person | None
    subject_id: UUID
    stands_for: str
    party: str
    since: datetime | None
    due_on: date | None
    words: str
    facts: dict[str, Any]
    category: str
    recorded_for: str

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today and self.group <= Group.LATE

    def days_late(self, today: date) -> int:
        return (today - self.due_on).days if self.due_on else 0

    @property
    def who(self) -> Person | None:
        """Whom it is about, as far as the reader may know."""
        return self.case.person if self.case else self.person


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with its first things and how many it holds in all."""

    group: Group
    count: int
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Day:
    """A worker's first page. ``leads``: whether they lead an office.

    ``meetings``: those of today; where there is none, the next one within a week.
    """

    waits: Waits
    groups: list[ShownGroup]
    meetings: list[Item]
    meetings_later: int
    leads: bool
    good: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of what waits; ``count``: of all that was asked for."""

    waits: Waits
    items: list[Item]
    count: int


@dataclass(frozen=True, slots=True)
class MenuCounts:
    """The numbers in a worker's menu, each the count of the list behind it."""

    my_day: int
    triggers: int
    commitments: int


def open_day(actor: Actor, *, now: datetime) -> Day:
    """What waits for this worker, the most urgent first, and the meetings of the day; logged.

    Ten things: all of what cannot wait up to five, then what is late and what is new share the
    rest, at least two of each; what is left over goes to the days ahead. A fixed number of queries.
    """
    reading = reading_of(actor, now=now)
    found = first_of_each(reading, each=SHOWN)
    chosen = _choose([row for row in found.rows if row.place == InboxPlace.LIST])
    today = day_of(now)
    meetings = [row for row in found.rows if row.place == InboxPlace.MEETINGS]
    of_today = [row for row in meetings if row.since and day_of(row.since) == today]
    next_ones = of_today or sorted(meetings, key=lambda row: row.since or now)[:1]
    good = [row for row in found.rows if row.place == InboxPlace.GOOD]
    items = _items(reading, found, [*chosen, *next_ones, *good])
    waits = waits_of(found.counts)
    listed = items[: len(chosen)]
    return Day(
        waits,
        [
            ShownGroup(group, waits.groups[group], list(rows))
            for group, rows in groupby(listed, lambda item: item.group)
        ],
        items[len(chosen) : len(chosen) + len(next_ones)],
        number_in(found.counts, InboxPlace.MEETINGS) - len(next_ones),
        found.leads,
        items[len(chosen) + len(next_ones) :],
    )


def list_waiting(
    actor: Actor,
    *,
    tabs: Sequence[InboxTab] = tuple(InboxTab),
    groups: Sequence[Group] = tuple(Group),
    place: InboxPlace = InboxPlace.LIST,
    party: str = "",
    page: int = 1,
    now: datetime,
) -> Listed:
    """A page of what waits for this worker, of some kinds; logged. ``party``: who waits."""
    reading = reading_of(actor, now=now)
    found = page_of(
        reading,
        tabs=[tab.value for tab in tabs],
        groups=[group.value for group in groups],
        place=place,
        party=party,
        after=(page - 1) * PAGE,
        until=page * PAGE,
    )
    count = sum(
        one.n
        for one in found.counts
        if one.place == place
        and one.tab in tabs
        and one.group in groups
        and party in ("", one.party, "any" if one.party else "")
    )
    return Listed(waits_of(found.counts), _items(reading, found, found.rows), count)


def count_menu(
    actor: Actor, *, now: datetime, waits: Waits | None = None, triggers: int | None = None
) -> MenuCounts:
    """How much waits, for the menu: no row is read, so nothing is logged.

    ``waits``, ``triggers``: what was counted already.
    """
    if waits is None:
        waits = waits_of(counts_of(reading_of(actor, now=now)))
    if triggers is None:
        triggers = count_people(actor, WorklistFilter(status="new"), now=now)
    return MenuCounts(waits.total, triggers, waits.others_wait)


def _choose(rows: Sequence[Row]) -> list[Row]:
    by_group: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_group[row.group].append(row)
    now = by_group[Group.NOW][:AT_NOW]
    left = SHOWN - len(now)
    late, new = by_group[Group.LATE], by_group[Group.TODAY]
    of_late = min(len(late), max(AT_LEAST, left // 2, left - len(new)))
    late, new = late[:of_late], new[: left - of_late]
    ahead = [*by_group[Group.WEEK], *by_group[Group.LATER]]
    return [*now, *late, *new, *ahead[: SHOWN - len(now) - len(late) - len(new)]]


def _items(reading: Reading, found: Found, rows: Sequence[Row]) -> list[Item]:
    """The rows with whom they are about, as far as the reader may know it, logged."""
    actor, now = reading.actor, reading.now
    cases = (
        Case.objects.select_related("person").in_bulk({row.case_id for row in rows if row.case_id})
        if any(row.case_id for row in rows)
        else {}
    )
    people = (
        Person.objects.in_bulk({row.person_id for row in rows if row.person_id})
        if any(row.person_id for row in rows)
        else {}
    )
    others = {key for row in rows if (key := _stood_in_for(actor, found, row))}
    names = (
        {user.pk: user.first_name for user in User.objects.filter(pk__in=others)} if others else {}
    )
    today = day_of(now)
    items = [
        Item(
            kind=InboxKind(row.kind),
            group=Group(row.group),
            case=cases.get(row.case_id) if row.case_id in found.in_cases else None,
            person=people.get(row.person_id) if row.person_id else None,
            subject_id=row.subject_id,
            stands_for=names[other] if (other := _stood_in_for(actor, found, row)) else "",
            party=row.party,
            since=row.since,
            due_on=row.due_on,
            words=words_of(row, today),
            facts=row.facts,
            category=row.category,
            recorded_for=row.recorded_for,
        )
        for row in rows
    ]
    _log(reading, items, found.on_team)
    _log_outcomes(
        reading,
        [
            (cases[row.case_id], [item])
            for row, item in zip(rows, items, strict=True)
            if row.case_id and row.case_id not in found.in_cases
        ],
    )
    return items


def _log_outcomes(reading: Reading, told: Sequence[tuple[Case, list[Any]]]) -> None:
    """What came of cases that the reader began and is no longer in: nothing says which client."""
    if told:
        reading.log_access("outcome_told", Purpose.FOLLOW_UP, told, beside=())


def _stood_in_for(actor: Actor, found: Found, row: Row) -> UUID | None:
    if row.user_id is not None:
        return row.user_id if row.user_id != actor.user_id else None
    return found.covered.get(row.case_id) if row.case_id else None


def _is_of_handling(item: Item) -> bool:
    """Whether it tells how the case is handled: a life's change, or that something changed."""
    return item.kind in (*_LIFE, InboxKind.NEWS, InboxKind.GOOD_NEWS)


def _log(reading: Reading, items: Sequence[Item], on_team: frozenset[UUID]) -> None:
    shown: dict[UUID, tuple[Case, list[Any]]] = {}
    for item in items:
        if item.case is not None:
            _case, mine = shown.setdefault(item.case.pk, (item.case, []))
            if item.category:
                mine.append(item)
    if on_team.issuperset(shown):
        reading.on_team_in(case for case, _rows in shown.values())
    reading.log_and_hide_names("day_opened", Purpose.FOLLOW_UP, shown.values())
    lives = {item.case.pk: item.case for item in items if item.case and _is_of_handling(item)}
    if lives:
        reading.log_access(
            "day_opened",
            Purpose.KEEP_CASE,
            [(case, []) for case in lives.values()],
            beside=(Category.CASE_HANDLING,),
        )
    grounds = dict.fromkeys(_BEFORE_A_CASE, _OWN_REQUEST_GROUND)
    people = [item for item in items if item.person is not None]
    if people:
        record_access(
            actor=reading.actor,
            action="day_opened",
            purpose=Purpose.ASSESS_NEED,
            shown=[
                ShownData(
                    item.person.pk,
                    None,
                    _BEFORE_A_CASE,
                    grounds if item.kind is InboxKind.OWN_REQUEST else {},
                )
                for item in people
                if item.person is not None
            ],
            now=reading.now,
        )
