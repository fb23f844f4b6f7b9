"""What the pages about income show of a case: its services, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.plan.models import KelaConfirmation, PlannedService
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from records.access import rows_of_case
from records.selectors import reading_of
from statutes.steps import StepKind


@dataclass(frozen=True, slots=True)
class IncomePage:
    """The services of a case that have not ended, the earliest first; what Kela has confirmed."""

    case: Case
    services: list[PlannedService]
    confirmations: list[KelaConfirmation]

    def confirmed(self, step: StepKind) -> list[KelaConfirmation]:
        """What Kela has confirmed of one step, the newest first."""
        return [one for one in self.confirmations if one.step == step]


def open_income(actor: Actor, case_id: UUID, *, now: datetime) -> IncomePage:
    """The services and confirmations of a visible case; logged. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now).in_case(case)
    services = [
        service
        for service in rows_of_case(reading.grounds, case.pk, PlannedService).order_by(
            "starts_on", "recorded_at", "pk"
        )
        if not service.has_ended(day_of(now))
    ]
    confirmations = list(
        rows_of_case(reading.grounds, case.pk, KelaConfirmation)
        .select_related("recorded_by")
        .order_by("-said_on", "-recorded_at", "pk")
    )
    reading.log_and_hide_names(
        "income_opened", Purpose.MAKE_PLAN, [(case, [*services, *confirmations])]
    )
    return IncomePage(case, services, confirmations)
