"""Who came from outside the team: requests to see a case, and openings in an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from audit.models import Purpose
from cases.access import can_be_given_access, get_access_request
from cases.models import AccessRequest, Case, EmergencyReason
from cases.selectors import access_requests_for, case_asked_for, emergency_accesses_for
from common.actor import Actor, ActorKind
from common.clock import day_of
from common.decision import Decision
from records.selectors import reading_of
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody outside the team asks to see a case, as its case manager reads it.

    ``can_be_given``: whether the answer may be yes, and if not, why.
    """

    request_id: UUID
    case: Case
    who: str
    office: str
    at: datetime
    reason: str
    can_be_given: Decision


def access_requests_to_answer(actor: Actor, *, now: datetime) -> list[Asked]:
    """The open requests to see cases that this worker manages, oldest first; logged."""
    found = access_requests_for(actor, now=now)
    cases = {case.pk: case for _request, case in found}
    reading_of(actor, now=now).log_and_hide_names(
        "access_requests_listed", Purpose.ANSWER, [(case, []) for case in cases.values()]
    )
    return [_asked(request, cases[case.pk]) for request, case in found]


def open_access_request(actor: Actor, request_id: UUID, *, now: datetime) -> Asked:
    """One open request, for the case manager who answers it; logged. Raises ``NotVisible``."""
    request = get_access_request(actor, request_id, now=now)
    case = case_asked_for(actor, request, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        "access_request_opened", Purpose.ANSWER, [(case, [])]
    )
    return _asked(request, case)


def _asked(request: AccessRequest, case: Case) -> Asked:
    return Asked(
        request_id=request.pk,
        case=case,
        who=request.asked_by.full_name,
        office=request.asked_office.name,
        at=request.asked_at,
        reason=request.reason,
        can_be_given=can_be_given_access(request, case),
    )


@dataclass(frozen=True, slots=True)
class EmergencyOpening:
    """An opening in an emergency, or an attempt at one, as one of those flagged reads it.

    ``reason`` and ``case`` are empty for the director, who learns who and when, not about whom.
    """

    at: datetime
    who: str
    office: str
    urgency: str
    reason: str
    until: datetime | None
    case: Case | None
    found: bool


def list_emergencies(actor: Actor, *, now: datetime) -> list[EmergencyOpening]:
    """Openings in an emergency that this actor is to know of, the newest first; logged.

    For as many days as the figure says. The client and the case manager read the reason and, of
    their own case, which it was; the director every attempt of the network, also those that
    opened nothing, and not whose case.
    """
    days = law_on(day_of(now)).figure("emergency_flag_days").value
    rows = emergency_accesses_for(actor, since=now - timedelta(days=days), now=now)
    knows = actor.kind is not ActorKind.DIRECTOR
    cases = {row.case.pk: row.case for row in rows if row.case is not None} if knows else {}
    reading_of(actor, now=now).log_and_hide_names(
        "emergencies_listed", Purpose.FOLLOW_UP, [(case, []) for case in cases.values()]
    )
    return [
        EmergencyOpening(
            at=row.asked_at,
            who=row.asked_by.full_name,
            office=row.asked_office.name,
            urgency=str(EmergencyReason(row.urgent).label),
            reason=row.reason if knows else "",
            until=row.until,
            case=cases.get(row.case_id) if row.case_id else None,
            found=row.case_id is not None,
        )
        for row in rows
    ]
