"""What whoever takes over a case needs first: made from the case, for its new manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.plan.models import Action
from caseplan.plan.selectors.case import CasePage, open_case
from cases.access import get_handover, handovers_to
from cases.models import Handover
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from records.history import PastValue, open_history
from records.selectors import log_what_was_written_to

LATEST = 10
"""How many of the latest writings the summary shows."""


@dataclass(frozen=True, slots=True)
class HandoverSummary:
    """Open actions by whose they are, promises past their day, and what was last written."""

    page: CasePage
    today: date
    latest: list[PastValue]

    @property
    def overdue(self) -> list[Action]:
        return [a for a in self.page.open_actions() if a.is_overdue(self.today)]

    @property
    def coming(self) -> list[Action]:
        return [a for a in self.page.open_actions() if not a.is_overdue(self.today)]

    @property
    def of_the_client(self) -> list[Action]:
        return [a for a in self.page.open_actions() if a.owner_party == Party.CLIENT]


def open_handover_summary(actor: Actor, case_id: UUID, *, now: datetime) -> HandoverSummary:
    """The summary of a visible case. Raises ``NotVisible``. Constant number of queries."""
    page = open_case(actor, case_id, purpose=Purpose.KEEP_CASE, now=now)
    latest = open_history(actor, case_id, now=now)[:LATEST]
    return HandoverSummary(page, day_of(now), latest)


def open_handover(actor: Actor, handover_id: UUID, *, now: datetime) -> Handover:
    """A handover that this worker answers, or takes back; logged. Raises ``NotVisible``.

    Whoever is asked to take a case reads why, before the case is theirs to see.
    """
    row = get_handover(actor, handover_id, now=now)
    log_what_was_written_to(actor, "handover_opened", [row.case], now=now)
    return row


def list_handovers(actor: Actor, *, now: datetime) -> list[Handover]:
    """All that wait for this worker's answer, with why each is asked, the oldest first; logged."""
    waiting = handovers_to(actor, now=now).select_related("case", "giver")
    rows = list(waiting.order_by("asked_at", "pk"))
    log_what_was_written_to(actor, "handover_opened", [row.case for row in rows], now=now)
    return rows
