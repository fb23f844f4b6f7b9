"""Reads of what somebody asked for themselves: by the person, and by whoever answers; logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from caseplan.intake.access import (
    can_answer_request,
    can_name_handler,
    get_own_request,
    get_request,
    offices_to_ask,
    requests_of_person,
    requests_visible_to,
)
from caseplan.intake.models import OwnRequest, OwnRequestState
from caseplan.intake.selectors.paging import LoggedRows
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible
from common.validity import valid_at
from consent.models import Category
from people.models import Office, Person, Position, Role
from people.selectors import municipality_names, offices_of

_SHOWN = frozenset({Category.IDENTITY_CONTACT.value, Category.SERVICE_NEEDS.value})
_GROUND = "381/2023 3 §"


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """One request as whoever answers it sees it, and what they may do."""

    request: OwnRequest
    may_answer: bool
    may_name: bool


def where_to_ask(actor: Actor, *, now: datetime) -> list[Office]:
    """The offices a person may ask, by body and name. Raises ``NotVisible`` for others."""
    if not actor.is_client or actor.person_id is None:
        raise NotVisible
    person = Person.objects.get(pk=actor.person_id)
    return list(offices_to_ask(person, now=now))


def own_requests_of(actor: Actor) -> list[OwnRequest]:
    """What a person has asked, the newest first."""
    rows = requests_of_person(actor).select_related("office", "handler")
    return list(rows.order_by("-asked_at", "pk"))


def open_own_request(actor: Actor, request_id: UUID) -> OwnRequest:
    """One of the person's own requests. Raises ``NotVisible``."""
    return get_own_request(actor, request_id)


def list_requests(actor: Actor, *, now: datetime, waiting: bool = True) -> LoggedRows[OwnRequest]:
    """What a worker is to answer and what waits in the office they lead, by day due.

    Not ``waiting``: those answered already and not gone yet, the newest first. Read, and logged, a
    page at a time.
    """
    rows = requests_visible_to(actor, now=now).select_related("person", "office", "handler")
    if waiting:
        rows = rows.filter(state=OwnRequestState.OPEN).order_by("answer_by", "pk")
    else:
        rows = rows.exclude(state=OwnRequestState.OPEN).order_by("-answered_at", "pk")
    return LoggedRows(rows, lambda found: _log(actor, "own_requests_listed", found, now))


def open_request(actor: Actor, request_id: UUID, *, now: datetime) -> RequestSeen:
    """One request, to whoever answers it or leads the office; logged. Raises ``NotVisible``."""
    request = get_request(actor, request_id, now=now)
    _log(actor, "own_request_opened", [request], now)
    return RequestSeen(
        request,
        can_answer_request(actor, request, now=now).allowed,
        can_name_handler(actor, request, now=now).allowed,
    )


def offices_of_network(actor: Actor) -> list[Office]:
    """The offices to which a paper may be addressed, by body and name."""
    return offices_of(actor.working_network_id)


def municipalities_of(actor: Actor, *, now: datetime) -> list[tuple[str, str]]:
    """The network's municipalities today with their names, by name."""
    return municipality_names(actor.working_network_id, on=day_of(now))


def who_can_answer(request: OwnRequest, *, now: datetime) -> list[Position]:
    """Who works in the office that was asked, by name; never whoever asked."""
    rows = Position.objects.filter(
        valid_at(now), office=request.office_id, role=Role.CASEWORKER, user__is_active=True
    ).select_related("user")
    if request.person.user_id is not None:
        rows = rows.exclude(user=request.person.user_id)
    return list(rows.order_by("user__last_name", "user__first_name", "pk"))


def _log(actor: Actor, action: str, requests: list[OwnRequest], now: datetime) -> None:
    if not requests:
        return
    record_access(
        actor=actor,
        action=action,
        purpose=Purpose.ASSESS_NEED,
        shown=[
            ShownData(r.person_id, None, _SHOWN, dict.fromkeys(_SHOWN, _GROUND)) for r in requests
        ],
        now=now,
    )
