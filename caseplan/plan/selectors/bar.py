"""What stands over every page of a case: whose it is, its next day, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, UUIDField, Value

from audit.models import Purpose
from caseplan.plan.access import versions_of_case
from caseplan.plan.models import Action, Answer, BodyRequest, BodyRequestState, PlanVersion
from caseplan.plan.selectors.case import CasePage
from caseplan.plan.selectors.clocks import PlanClock, clock_of, moved_days_of
from cases.access import get_case
from cases.models import Case, TemporaryAccess
from cases.selectors import Away
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from consent.access import categories_open_in
from consent.models import Category
from people.models import Person
from records.access import rows_of_case
from records.selectors import Reading, reading_of

YOU = "you"
"""Whoever reads: their own actions, and what their body has to answer."""
_ORDER = (YOU, Party.CLIENT, Party.EMPLOYMENT, Party.SOCIAL, Party.KELA)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open things of a case wait for one party, and how many of them past their day.

    ``who``: ``you``, or the value of a party. Actions, requests and unanswered versions count, as
    far as the reader sees them.
    """

    who: str
    count: int
    late: int

    @property
    def party(self) -> str:
        """The code of the party; empty for the reader, who is called so."""
        return "" if self.who == YOU else self.who


@dataclass(frozen=True, slots=True)
class CaseBar:
    """A case as it stands over each of its pages, to one reader.

    ``manager`` is empty, and ``clock``, ``in_force`` and ``proposed`` are None, where how the case
    is handled or the plan is not open to the reader's body, or there is none. ``away``: until when
    the manager is, and who stands in. ``interpreter_language``: the code of the language in which
    the client needs one, empty for none. ``temporary_access``: on what a reader outside the team
    sees the case.
    """

    case: Case
    manager: str
    away: Away | None
    clock: PlanClock | None
    in_force: int | None
    proposed: PlanVersion | None
    waiting: list[Waiting]
    temporary_access: TemporaryAccess | None = None
    interpreter_language: str = ""

    @property
    def person(self) -> Person:
        return self.case.person


def case_bar(reading: Reading, case: Case, *, purpose: Purpose) -> CaseBar:
    """The bar of a visible case, to a reader in it; logged, in the row of the page it stands on.

    At most six queries, however much the case holds.
    """
    opened = categories_open_in(reading.grounds, case.pk)
    sees_plan = Category.PLAN_FOLLOW_UP in opened
    sees_handling = Category.CASE_HANDLING in opened
    manager, away = reading.case_manager_of(case) if sees_handling else ("", None)
    versions = _standing_versions(reading, case) if sees_plan else []
    in_force = next((v for v in versions if v.in_force_at), None)
    proposed = next((v for v in versions if not v.in_force_at), None)
    bar = CaseBar(
        case=case,
        manager=manager,
        away=away,
        clock=_clock(case, in_force) if sees_plan else None,
        in_force=in_force.number if in_force else None,
        proposed=proposed,
        waiting=_waiting(reading, case, proposed) if case.is_open else [],
        temporary_access=reading.temporary_accesses([case]).get(case.pk),
        interpreter_language=case.interpreter_language if manager else "",
    )
    reading.log_and_hide_names(
        "case_named",
        purpose,
        [(case, [])],
        beside=[Category.IDENTITY_CONTACT]
        + ([Category.CASE_HANDLING] if manager else [])
        + ([Category.PLAN_FOLLOW_UP] if bar.clock or versions or bar.waiting else []),
    )
    return bar


def bar_of(page: CasePage, *, actor: Actor, today: date) -> CaseBar:
    """The bar of a case whose page was read: it tells what is on that page, and asks nothing."""
    late = [(who_waits(actor, a.owner_party, a.owner_id), a.due_on) for a in page.open_actions()]
    late += [(who_waits(actor, r.to_body), r.answer_by) for r in page.requests if r.is_open]
    counted = [(who, 1, int(day < today)) for who, day in late]
    if page.proposal and page.case.is_open:
        counted += [(who_waits(actor, party), 1, 0) for party in page.proposal.waiting_for]
    return CaseBar(
        case=page.case,
        manager=page.case_manager.name if page.case_manager else "",
        away=page.case_manager.away if page.case_manager else None,
        clock=page.clock,
        in_force=page.in_force.version.number if page.in_force else None,
        proposed=page.proposal.version if page.proposal else None,
        waiting=waiting_in(counted),
        temporary_access=page.temporary_access,
        interpreter_language=page.case.interpreter_language if page.team else "",
    )


def open_contact(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """A visible case with how its client is reached; the look has its own name in the log.

    For somebody under non-disclosure, whose number stands on no other page. Raises ``NotVisible``.
    """
    case = get_case(actor, case_id, now=now)
    reading_of(actor, now=now).log_and_hide_names("contact_opened", Purpose.KEEP_CASE, [(case, [])])
    return case


def who_waits(actor: Actor, party: str, owner_id: UUID | None = None) -> str:
    """For whom something waits, as a :class:`Waiting` names it.

    An action waits for its owner alone; what no person owns waits for everybody of the party.
    """
    is_mine = owner_id == actor.user_id if owner_id else party == actor.party
    return YOU if is_mine else str(party)


def waiting_in(counted: Iterable[tuple[str, int, int]]) -> list[Waiting]:
    """Put together what waits, (for whom, how many, how many late): the reader comes first."""
    found: dict[str, tuple[int, int]] = {}
    for who, count, late in counted:
        so_far = found.get(who, (0, 0))
        found[who] = (so_far[0] + count, so_far[1] + late)
    return [Waiting(str(who), *found[who]) for who in _ORDER if who in found]


def _standing_versions(reading: Reading, case: Case) -> list[PlanVersion]:
    """The version in force and the open proposal, if any, each with who has answered it."""
    answered = Answer.objects.filter(version=OuterRef("pk")).values("party")
    rows = versions_of_case(reading.grounds, case.pk).filter(set_aside_at=None, replaced_at=None)
    return list(rows.annotate(answered=ArraySubquery(answered)))


def _clock(case: Case, in_force: PlanVersion | None) -> PlanClock | None:
    clock = clock_of(case, in_force)
    if clock is None:
        return None
    moved = moved_days_of([clock.subject_id]).get(clock.subject_id, 0)
    return clock_of(case, in_force, moved_days=moved)


def _waiting(reading: Reading, case: Case, proposed: PlanVersion | None) -> list[Waiting]:
    """What is open and whose turn it is. One query."""
    actor, today = reading.actor, day_of(reading.now)
    actions: Any = (
        rows_of_case(reading.grounds, case.pk, Action)
        .filter(state__in=Action.OPEN_STATES)
        .order_by()
        .values_list("owner_party", "owner_id", "due_on")
    )
    requests: Any = (
        rows_of_case(reading.grounds, case.pk, BodyRequest)
        .filter(state=BodyRequestState.OPEN)
        .order_by()
        .values_list("to_body", Value(None, UUIDField()), "answer_by")
    )
    counted = [
        (who_waits(actor, party, owner_id), 1, int(due_on < today))
        for party, owner_id, due_on in actions.union(requests, all=True)
    ]
    if proposed:
        unanswered = set(proposed.parties) - set(proposed.answered)  # type: ignore[attr-defined]
        counted += [(who_waits(actor, party), 1, 0) for party in unanswered]
    return waiting_in(counted)
