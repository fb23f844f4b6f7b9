"""Who waits for whom, across all the cases somebody works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import Exists, F, OuterRef, Q, QuerySet, When

from audit.models import Purpose
from caseplan.plan.models import Action, BodyRequest, BodyRequestState
from cases.access import managed_by, work_of, worked_on_by
from cases.models import Case, TeamMembership
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.validity import valid_at
from consent.access import ALWAYS, open_category
from consent.models import Category, ClientInformation
from people.models import Position
from records.access import visible_to
from records.selectors import Reading, reading_of


class CommitmentKind(StrEnum):
    """What a reader of the board looks for."""

    MINE = "mine"
    OVERDUE = "overdue"
    OTHERS = "others"
    WAITING = "waiting"
    UNOWNED = "unowned"


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """What a list of commitments is narrowed to and ordered by; empty is all, the soonest first.

    ``party``: whose task. ``state``: of those that are open. ``due``: "overdue", or within "7" or
    "30" days from today, both included. ``order``: "due", "client", "who" or "state", with "-"
    turned round.
    """

    party: str = ""
    state: str = ""
    due: str = ""
    order: str = ""


EVERYTHING = CommitmentFilter()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open actions there are of each kind."""

    mine: int
    overdue: int
    others: int
    waiting: int
    unowned: int


@dataclass(frozen=True, slots=True)
class Requests:
    """What another body asked of mine, what mine asked of others, and what they declined."""

    to_answer: list[BodyRequest]
    asked: list[BodyRequest]
    declined: list[BodyRequest]


def commitments(
    reading: Reading, kind: CommitmentKind, wanted: CommitmentFilter = EVERYTHING
) -> QuerySet[Action]:
    """The open actions of one kind in the cases the reader works on, narrowed and ordered.

    ``OTHERS``: of somebody else, in the cases the reader manages. ``UNOWNED``: its person is no
    longer on the team, or works no more. A queryset to page through; show it with
    :func:`list_commitments`.
    """
    found = _open_actions(reading).filter(_of(reading, kind), _narrowed(reading, wanted))
    return _ordered(reading, found, wanted.order).select_related("case__person", "owner")


def count_commitments(reading: Reading) -> Counts:
    """The number of each kind. One query a kind."""
    actions = _open_actions(reading)
    return Counts(
        **{kind.value: actions.filter(_of(reading, kind)).count() for kind in CommitmentKind}
    )


def list_commitments(
    reading: Reading, actions: Iterable[Action], *, exported: bool = False
) -> list[Action]:
    """The rows of one page of :func:`commitments`, logged with what is shown of each person.

    ``exported``: they are taken out as a file, which the log says.
    """
    rows = list(actions)
    how = "exported" if exported else "listed"
    reading.log_and_hide_names(f"commitments_{how}", Purpose.FOLLOW_UP, _by_case(rows))
    return rows


def body_requests_of(actor: Actor, *, now: datetime) -> Requests:
    """The requests to and from the reader's body in the cases they work on; logged."""
    reading = reading_of(actor, now=now)
    rows = list(
        visible_to(actor, BodyRequest, now=now, grounds=reading.grounds)
        .filter(case__in=worked_on_by(actor, now=now))
        .filter(
            Q(state=BodyRequestState.OPEN)
            | Q(state=BodyRequestState.DECLINED, recorded_for=actor.party)
        )
        .filter(Q(to_body=actor.body) | Q(recorded_for=actor.party))
        .select_related("case__person", "goal", "answered_by")
        .order_by("answer_by", "pk")
    )
    reading.log_and_hide_names("requests_listed", Purpose.FOLLOW_UP, _by_case(rows))
    return Requests(
        to_answer=[r for r in rows if r.is_open and r.to_body == actor.body],
        asked=[r for r in rows if r.is_open and r.recorded_for == actor.party],
        declined=[r for r in rows if not r.is_open],
    )


def _open_actions(reading: Reading) -> QuerySet[Action]:
    actor, now = reading.actor, reading.now
    return visible_to(actor, Action, now=now, grounds=reading.grounds).filter(
        state__in=Action.OPEN_STATES, case__in=worked_on_by(actor, now=now)
    )


def _of(reading: Reading, kind: CommitmentKind) -> Q:
    actor, now = reading.actor, reading.now
    today: date = day_of(now)
    if kind is CommitmentKind.MINE:
        return Q(owner_id__in=work_of(actor, now=now))
    if kind is CommitmentKind.OVERDUE:
        return Q(due_on__lt=today)
    if kind is CommitmentKind.WAITING:
        return Q(waiting_for=actor.party)
    if kind is CommitmentKind.OTHERS:
        return Q(case__in=managed_by(actor, now=now)) & ~Q(owner_id__in=work_of(actor, now=now))
    on_team = TeamMembership.objects.filter(
        valid_at(now), case=OuterRef("case"), user=OuterRef("owner")
    )
    works = Position.objects.filter(valid_at(now), user=OuterRef("owner"), user__is_active=True)
    return ~Q(owner_party=Party.CLIENT) & ~(Q(Exists(on_team)) & Q(Exists(works)))


def _narrowed(reading: Reading, wanted: CommitmentFilter) -> Q:
    today, found = day_of(reading.now), Q()
    if wanted.party:
        found &= Q(owner_party=wanted.party)
    if wanted.state:
        found &= Q(state=wanted.state)
    if wanted.due == "overdue":
        found &= Q(due_on__lt=today)
    elif wanted.due:
        found &= Q(due_on__range=(today, today + timedelta(days=int(wanted.due))))
    return found


def _ordered(reading: Reading, found: QuerySet[Action], order: str) -> QuerySet[Action]:
    """Ordered by a column; a client whose name is not open to the reader comes last either way."""
    by, turned = order.removeprefix("-"), order.startswith("-")
    if by == "client":
        named = open_category(reading.grounds, Category.IDENTITY_CONTACT, "case")
        name: F | Either = F("case__person__sort_key")
        if named != ALWAYS:
            name = Either(When(named, then=name), default=None)
        column = name.desc(nulls_last=True) if turned else name.asc(nulls_last=True)
        return found.order_by(column, "due_on", "pk")
    columns = {"who": ("owner_party", "owner__last_name", "owner__first_name"), "state": ("state",)}
    names = columns.get(by, ("due_on",))
    return found.order_by(*(f"-{name}" if turned else name for name in names), "due_on", "pk")


def _by_case(
    rows: Iterable[Action] | Iterable[BodyRequest],
) -> Iterable[tuple[Case, list[ClientInformation]]]:
    found: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for row in rows:
        case, mine = found.setdefault(row.case_id, (row.case, []))
        row.case = case  # one object a case, so that a name taken away is away everywhere
        mine.append(row)
    return found.values()
