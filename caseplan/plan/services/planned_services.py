"""Writing services: what a body arranges, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_edit_service,
)
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import (
    Participation,
    PlannedService,
)
from cases.access import can_write_in_case
from cases.models import Case, NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.services import add_row, lock_row, recordable, require_text, save_row


@transaction.atomic
def add_service(
    *,
    actor: Actor,
    case: Case,
    name: str,
    provider: str,
    starts_on: date | None,
    ends_on: date | None,
    category: Category,
    now: datetime,
    service: ServiceType = ServiceType.OTHER,
) -> PlannedService:
    """Add a service that the actor's own body arranges, with its planned days (inclusive)."""
    can_write_in_case(actor, case, now=now).require()
    return add_row(
        actor,
        PlannedService(
            case=case,
            body=actor.working_body,
            category=recordable(actor, category),
            service=service,
            name=require_text(name, "name", _("Name the service.")),
            provider=provider.strip(),
            starts_on=starts_on,
            ends_on=_not_before(starts_on, ends_on, "ends_on"),
        ),
        now,
    )


@transaction.atomic
def edit_service(
    *,
    actor: Actor,
    service_id: UUID,
    name: str,
    provider: str,
    starts_on: date | None,
    ends_on: date | None,
    revision: int,
    now: datetime,
    service: ServiceType = ServiceType.OTHER,
) -> PlannedService:
    """Change what a service of the actor's own body is and when it is planned."""
    planned_service = lock_row(actor, PlannedService, service_id, now)
    can_edit_service(actor, planned_service, now=now).require()
    before, was = (planned_service.starts_on, planned_service.ends_on), planned_service.name
    planned_service.service = service
    planned_service.name = require_text(name, "name", _("Name the service."))
    planned_service.provider = provider.strip()
    planned_service.starts_on = starts_on
    planned_service.ends_on = _not_before(starts_on, ends_on, "ends_on")
    changed = save_row(actor, planned_service, revision, now)
    if before != (planned_service.starts_on, planned_service.ends_on):
        notify_of_change(
            actor=actor, case=planned_service.case, kind=NewsKind.SERVICE_MOVED,
            subject_id=planned_service.pk, now=now, was_on=before[0], was=was,
        )  # fmt: skip
    return changed


@transaction.atomic
def record_service_outcome(
    *,
    actor: Actor,
    service_id: UUID,
    began_on: date | None,
    finished_on: date | None,
    participation: str,
    result: str,
    result_text: str,
    revision: int,
    now: datetime,
) -> PlannedService:
    """Say how a service really went: its days (inclusive, not to come), taking part, result.

    What is not known is left empty. A result is told once the service is over.
    """
    planned_service = lock_row(actor, PlannedService, service_id, now)
    can_edit_service(actor, planned_service, now=now).require()
    never = participation == Participation.NEVER_BEGAN
    if never and (began_on or finished_on):
        wrong = "began_on" if began_on else "finished_on"
        raise Refused(_("It never began, so it has no days."), field=wrong)
    for day, field in ((began_on, "began_on"), (finished_on, "finished_on")):
        if day and day > day_of(now):
            raise Refused(_("Tell what has happened. This day is still to come."), field=field)
    if result and not (finished_on or never):
        raise Refused(_("Say when it ended before you say what came of it."), field="finished_on")
    planned_service.began_on = began_on
    planned_service.finished_on = _not_before(began_on, finished_on, "finished_on")
    planned_service.participation, planned_service.result = participation, result
    planned_service.result_text = result_text.strip()
    return save_row(actor, planned_service, revision, now)


def _not_before(first: date | None, last: date | None, field: str) -> date | None:
    if last and (first is None or last < first):
        raise Refused(_("The last day cannot be before the first day."), field=field)
    return last
