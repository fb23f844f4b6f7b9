"""What the pages about income show of a case: its services, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.plan.models import PlannedService
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from records.access import rows_of_case
from records.selectors import reading_of


@dataclass(frozen=True, slots=True)
class IncomePage:
    """The services of a case that have not ended, the earliest first."""

    case: Case
    services: list[PlannedService]


def open_income(actor: Actor, case_id: UUID, *, now: datetime) -> IncomePage:
    """The services of a visible case; logged. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now).in_case(case)
    services = [
        service
        for service in rows_of_case(reading.grounds, case.pk, PlannedService).order_by(
            "starts_on", "recorded_at", "pk"
        )
        if not service.has_ended(day_of(now))
    ]
    reading.log_and_hide_names("income_opened", Purpose.MAKE_PLAN, [(case, list(services))])
    return IncomePage(case, services)
