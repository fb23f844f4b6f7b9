"""The cases that wait for a person of the reader's office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from cases.access import get_seat, seats_of
from cases.models import TeamMembership
from common.actor import Actor
from records.selectors import reading_of


def list_seats(actor: Actor, *, now: datetime) -> list[TeamMembership]:
    """The places that the reader's office has yet to name its person for, the oldest first."""
    seats = list(seats_of(actor, now=now).order_by("since", "pk"))
    _log(actor, seats, now)
    return seats


def open_seat(actor: Actor, membership_id: UUID, *, now: datetime) -> TeamMembership:
    """One of them. Raises ``NotVisible``."""
    seat = get_seat(actor, membership_id, now=now)
    _log(actor, [seat], now)
    return seat


def _log(actor: Actor, seats: list[TeamMembership], now: datetime) -> None:
    if seats:
        reading_of(actor, now=now).log_and_hide_names(
            "seats_shown", Purpose.ASSESS_NEED, [(seat.case, []) for seat in seats]
        )
