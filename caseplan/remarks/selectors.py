"""What the client has said of the plan, as a reader may see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from audit.models import Purpose
from caseplan.plan.models import Action, PlannedService
from caseplan.remarks.models import Remark
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from records.access import get_row, rows_of_case
from records.selectors import reading_of

_ABOUT = ("goal", "action", "planned_service", "recorded_by", "answered_by", "step")


def list_remarks(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[Case, list[Remark]]:
    """The remarks of a visible case, the unanswered first, then the newest; logged."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now).in_case(case)
    found = list(
        rows_of_case(reading.grounds, case.pk, Remark)
        .select_related(*_ABOUT)
        .order_by("-recorded_at", "pk")
    )
    found.sort(key=lambda remark: not remark.is_open)
    reading.log_and_hide_names("remarks_listed", Purpose.MAKE_PLAN, [(case, list(found))])
    return case, found


def remarks_about(actor: Actor, thing: Action | PlannedService, *, now: datetime) -> list[Remark]:
    """What was said of a visible step or service, the oldest first; logged.

    With a step, the words by which the client proposed it.
    """
    about = (
        Q(action=thing) | Q(step=thing) if isinstance(thing, Action) else Q(planned_service=thing)
    )
    reading = reading_of(actor, now=now).in_case(thing.case)
    found = list(
        rows_of_case(reading.grounds, thing.case_id, Remark)
        .filter(about)
        .select_related(*_ABOUT)
        .order_by("recorded_at", "pk")
    )
    reading.log_and_hide_names("remarks_listed", Purpose.MAKE_PLAN, [(thing.case, list(found))])
    return found


def open_remark(actor: Actor, remark_id: UUID, *, now: datetime) -> Remark:
    """One visible remark; logged. Raises ``NotVisible``."""
    remark = get_row(actor, Remark, remark_id, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        "remark_opened", Purpose.MAKE_PLAN, [(remark.case, [remark])]
    )
    return remark
