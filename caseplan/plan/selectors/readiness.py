"""What a plan still lacks before it is proposed: warnings, each with what it is about.

None of them stops anybody but :attr:`LackKind.NO_GOAL`, which proposing itself refuses. They rest
on what the reader sees: what is hidden from them is neither missed nor counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Max

from audit.models import Purpose
from caseplan.plan.access import versions_of_case
from caseplan.plan.models import Action, BodyRequest, BodyRequestState, PlannedService
from caseplan.plan.selectors.case import CasePage, open_case
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from consent.access import filter_by_grounds
from consent.selectors import grounds_of
from records.access import rows_of_case
from records.selectors import Reading, reading_of


class LackKind(StrEnum):
    """What is looked for, in the order it is told."""

    NO_GOAL = "no_goal"
    NO_OWN_GOAL = "no_own_goal"
    NO_STRENGTHS = "no_strengths"
    NO_ACTION = "no_action"
    OWNER_GONE = "owner_gone"
    PAST = "past"
    BODY_NOT_IN = "body_not_in"
    QUESTION = "question"
    REQUEST_WAITS = "request_waits"
    SERVICE_UNSEEN = "service_unseen"
    ALL_ON_CLIENT = "all_on_client"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a plan lacks: ``text`` and ``subject_id`` of what it is about, if of a row.

    ``party``: whose; ``bodies``: those who do not see it.
    """

    kind: LackKind
    text: str = ""
    subject_id: UUID | None = None
    party: Party | None = None
    bodies: list[Body] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Readiness:
    """A case's plan before it is proposed, and what it lacks, as the reader sees both.

    ``next_number``: that of the version it would become.
    """

    page: CasePage
    lacks: list[Lack]
    next_number: int

    @property
    def may_be_proposed(self) -> bool:
        """Whether what is demanded is there (Decree 1377/2014 s. 1: something to accept)."""
        return all(lack.kind != LackKind.NO_GOAL for lack in self.lacks)


def open_readiness(actor: Actor, case_id: UUID, *, now: datetime) -> Readiness:
    """What the plan of a visible case lacks; logged as the case is. Raises ``NotVisible``."""
    page = open_case(actor, case_id, purpose=Purpose.MAKE_PLAN, now=now)
    reading = reading_of(actor, now=now).in_case(page.case)
    versions = versions_of_case(reading.grounds, case_id)
    last = versions.aggregate(Max("number"))["number__max"] or 0
    return Readiness(page, list(_lacks(reading, page)), last + 1)


def _lacks(reading: Reading, page: CasePage) -> Iterator[Lack]:
    if not page.goals:
        yield Lack(LackKind.NO_GOAL)
    if not page.own_goals:
        yield Lack(LackKind.NO_OWN_GOAL)
    said = page.plan is not None and page.plan.strengths.strip()
    if page.plan is not None and not said and page.own_strengths is None:
        yield Lack(LackKind.NO_STRENGTHS)
    actions = page.open_actions()
    for entry in page.goals:
        if not entry.actions:
            yield Lack(LackKind.NO_ACTION, entry.goal.text, entry.goal.pk)
    yield from _of_actions(reading, page, actions)
    for asked in _waiting_requests(reading, page):
        yield Lack(LackKind.REQUEST_WAITS, asked.text, asked.goal_id, Party(asked.to_body))
    yield from _of_services(reading, page)
    if actions and all(action.owner_party == Party.CLIENT for action in actions):
        yield Lack(LackKind.ALL_ON_CLIENT)


def _of_actions(reading: Reading, page: CasePage, actions: list[Action]) -> Iterator[Lack]:
    today = day_of(reading.now)
    team = {member.user_id for member in page.team}
    parties = page.plan.participating_parties if page.plan else list(Party)
    for action in actions:
        party = Party(action.owner_party)
        if page.team and action.owner_id is not None and action.owner_id not in team:
            yield Lack(LackKind.OWNER_GONE, action.text, action.pk, party)
        if action.is_overdue(today):
            yield Lack(LackKind.PAST, action.text, action.pk, party)
        if party not in parties:
            yield Lack(LackKind.BODY_NOT_IN, action.text, action.pk, party)
        if action.text.rstrip().endswith("?"):
            yield Lack(LackKind.QUESTION, action.text, action.pk, party)


def _waiting_requests(reading: Reading, page: CasePage) -> list[BodyRequest]:
    goals = {entry.goal.pk for entry in page.goals}
    return [
        asked
        for asked in rows_of_case(reading.grounds, page.case.pk, BodyRequest)
        .filter(state=BodyRequestState.OPEN)
        .order_by("answer_by", "pk")
        if asked.goal_id in goals
    ]


def _of_services(reading: Reading, page: CasePage) -> Iterator[Lack]:
    """The services that a body which is to accept them does not see."""
    bodies = [
        Body(party.value)
        for party in (page.plan.participating_parties if page.plan else [])
        if party != Party.CLIENT
    ]
    mine = PlannedService.objects.filter(pk__in=[row.pk for row in page.planned_services])
    unseen: dict[UUID, list[Body]] = {}
    for body in bodies:
        theirs = grounds_of(
            receiver=body, network_id=page.case.network_id, on=day_of(reading.now)
        )  # fmt: skip
        seen = set(filter_by_grounds(theirs, mine).values_list("pk", flat=True))
        for row in page.planned_services:
            if row.pk not in seen:
                unseen.setdefault(row.pk, []).append(body)
    for row in page.planned_services:
        if row.pk in unseen:
            yield Lack(
                LackKind.SERVICE_UNSEEN, row.name, row.pk, Party(row.body), unseen[row.pk]
            )  # fmt: skip
