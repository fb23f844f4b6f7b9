"""Who has visited a client's information, a line a visit, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import overload
from uuid import UUID

from audit.models import Purpose
from audit.shown import Access
from audit.visits import Place, Visits, visits_holding, visits_to
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.clock import day_of, start_of
from consent.models import Category
from people.models import Person
from people.selectors import codes_of
from records.selectors import reading_of
from rights.models import Question
from rights.selectors.access_log import what_was_done, who_looked, why_shown
from statutes.reader import law_on

FOR_A_TIME = (Purpose.ASKED, Purpose.SHARED, Purpose.GRACE)


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """What the log is narrowed to; empty narrows nothing. Both days are inclusive."""

    body: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class PageSeen:
    """One page of a visit: when, and which kinds of information it showed."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class AccessVisit:
    """One reader's visit: pages without a break of half an hour between them.

    ``number`` names its first look, to ask about. ``emergency`` and ``for_a_time``: the reader
    was no member of the team.
    """

    number: int
    began_at: datetime
    ended_at: datetime
    who: str
    what: str
    purposes: str
    why: str
    pages: list[PageSeen]
    emergency: bool
    for_a_time: bool
    questions: list[Question]

    @property
    def day(self) -> date:
        return day_of(self.ended_at)

    @property
    def is_long(self) -> bool:
        """Whether it began and ended in different minutes."""
        return self.ended_at.replace(second=0) - self.began_at.replace(second=0) >= MINUTE


MINUTE = timedelta(minutes=1)


class VisitList(Sequence[AccessVisit]):
    """The visits of one client's log, the newest first, for a page of them at a time."""

    def __init__(self, visits: Visits, cases: Collection[Case], *, now: datetime) -> None:
        self._visits, self._cases, self._now = visits, cases, now

    def __len__(self) -> int:
        return self._visits.count()

    @overload
    def __getitem__(self, part: int) -> AccessVisit: ...

    @overload
    def __getitem__(self, part: slice) -> list[AccessVisit]: ...

    def __getitem__(self, part: int | slice) -> AccessVisit | list[AccessVisit]:
        if isinstance(part, int):
            return self._told(self._visits[part : part + 1])[0]
        return self._told(self._visits[part])

    def holding(self, number: int) -> AccessVisit | None:
        """The visit in which a look lies, to ask about; None where there is none."""
        found = self._visits.holding(number)
        return self._told([found])[0] if found else None

    def _told(self, visits: list[list[Access]]) -> list[AccessVisit]:
        accesses = [access for visit in visits for access in visit]
        who = who_looked(accesses, named=_is_named(self._now))
        asked: dict[int, list[Question]] = {}
        numbers = [access.number for access in accesses]
        questions = Question.objects.filter(case__in=self._cases, log_row__in=numbers)
        for question in questions.order_by("asked_at", "pk"):
            asked.setdefault(question.log_row, []).append(question)
        return [_visit(visit, who, asked) for visit in visits]


def list_visits(
    actor: Actor, case_id: UUID, chosen: VisitFilter | None = None, *, now: datetime
) -> VisitList:
    """Who has visited the client's information, newest first, their own visits left out; logged.

    Also what was looked at before there was a case, and searches with their identity code, whether
    or not they opened anything. Raises ``NotVisible``.
    """
    case = get_case(actor, case_id, now=now)
    chosen = chosen or VisitFilter()
    reading_of(actor, now=now).log_and_hide_names(
        "access_log_opened", Purpose.OWN_DATA, [(case, [])], beside=(Category.CASE_HANDLING,)
    )
    visits = visits_to(
        {case.pk, case.person_id},
        excluding=actor,
        code_hashes=codes_of(case.person),
        body=chosen.body,
        since=start_of(chosen.first_day) if chosen.first_day else None,
        until=start_of(chosen.last_day + timedelta(days=1)) if chosen.last_day else None,
    )
    return VisitList(visits, [case], now=now)


def all_visits(
    actor: Actor, person: Person, cases: Collection[Case], *, now: datetime
) -> VisitList:
    """The same for all the cases of the client who asks, told with everything else that is theirs.

    Not logged by itself.
    """
    subjects = {person.pk, *(case.pk for case in cases)}
    visits = visits_to(subjects, excluding=actor, code_hashes=codes_of(person))
    return VisitList(visits, cases, now=now)


def visits_asked_about(questions: Iterable[Question], *, now: datetime) -> dict[UUID, AccessVisit]:
    """For each question the visit it is about, as on the client's own page; none once it is gone.

    The number of queries does not grow with the questions. Nothing is logged: see the pages.
    """
    places = {
        question.pk: Place(question.log_row, question.case_id, question.case.person_id)
        for question in questions
    }
    found = visits_holding(places.values())
    accesses = [access for visit in found.values() for access in visit]
    who = who_looked(accesses, named=_is_named(now))
    return {pk: _visit(found[place], who, {}) for pk, place in places.items() if place in found}


def _is_named(now: datetime) -> bool:
    return bool(law_on(day_of(now)).figure("access_log_names").value)


def _visit(
    accesses: list[Access],
    who: dict[tuple[str, UUID | None], str],
    asked: dict[int, list[Question]],
) -> AccessVisit:
    first = min(accesses, key=lambda access: (access.at, access.number))
    purposes = {access.purpose for access in accesses if access.purpose}
    pages: dict[int, list[Access]] = {}
    for access in accesses:
        pages.setdefault(access.number, []).append(access)
    return AccessVisit(
        number=first.number,
        began_at=first.at,
        ended_at=max(access.at for access in accesses),
        who=who[first.actor, first.actor_office_id],
        what=what_was_done(accesses),
        purposes="; ".join(str(p.label) for p in Purpose if p.value in purposes),
        why=why_shown(accesses),
        pages=[PageSeen(same[0].at, what_was_done(same)) for same in pages.values()],
        emergency=Purpose.EMERGENCY in purposes,
        for_a_time=any(purpose in purposes for purpose in FOR_A_TIME),
        questions=[question for number in pages for question in asked.get(number, [])],
    )
