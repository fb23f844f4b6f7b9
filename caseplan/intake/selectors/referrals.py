"""The referrals of an office, sent and received; whoever is shown is logged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from caseplan.intake.access import get_referral, referrals_visible_to, referrals_waiting_for
from caseplan.intake.models import AssessmentReferral
from caseplan.intake.selectors.paging import LoggedRows
from common.actor import Actor
from consent.models import Category

_ON_FIRST_PAGE = 10
_SHOWN = frozenset({Category.IDENTITY_CONTACT.value, Category.SERVICE_NEEDS.value})


@dataclass(frozen=True, slots=True)
class ReferralLists:
    """What waits for an office, and what it has sent with what became of it; a page at a time."""

    waiting: LoggedRows[AssessmentReferral]
    sent: LoggedRows[AssessmentReferral]


@dataclass(frozen=True, slots=True)
class ReferralsOfDay:
    """What a first page shows of what waits for an office, and how many wait in all."""

    shown: list[AssessmentReferral]
    count: int


def list_referrals(actor: Actor, *, now: datetime) -> ReferralLists:
    """What waits for the reader's office, and what it sent, the oldest first."""
    sent = referrals_visible_to(actor, now=now).filter(from_office=actor.working_office_id)

    def log(rows: list[AssessmentReferral]) -> None:
        _log(actor, rows, now)

    return ReferralLists(
        LoggedRows(referrals_waiting_for(actor, now=now), log),
        LoggedRows(sent.order_by("sent_at", "pk"), log),
    )


def referrals_for_day(actor: Actor, *, now: datetime) -> ReferralsOfDay:
    """What waits for the reader's office, for their first page: of many the oldest ten."""
    waiting = list(referrals_waiting_for(actor, now=now))
    shown = waiting[:_ON_FIRST_PAGE]
    _log(actor, shown, now)
    return ReferralsOfDay(shown, len(waiting))


def open_referral(actor: Actor, referral_id: UUID, *, now: datetime) -> AssessmentReferral:
    """One referral that the reader's office sent or was sent. Raises ``NotVisible``."""
    row = get_referral(actor, referral_id, now=now)
    _log(actor, [row], now)
    return row


def _log(actor: Actor, rows: Iterable[AssessmentReferral], now: datetime) -> None:
    people = sorted({row.person_id for row in rows})
    if people:
        record_access(
            actor=actor,
            action="referrals_shown",
            purpose=Purpose.ASSESS_NEED,
            shown=[ShownData(person_id, None, _SHOWN) for person_id in people],
            now=now,
        )
