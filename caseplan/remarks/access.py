"""Who says something of the plan in the client's name, and who answers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.remarks.models import Remark
from cases.access import can_write_in_case, case_has_started, case_is_open
from cases.models import Case
from common.actor import Actor
from common.decision import Decision


def can_remark(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor write what the client says? The client; a worker who types for them."""
    if actor.is_client:
        return case_has_started(case) and case_is_open(case)
    if not actor.types_for_client_of(case.pk):
        return Decision.no(_("These are the client's words. Write them with the client present."))
    return can_write_in_case(actor, case, now=now)


def can_answer_remark(actor: Actor, remark: Remark, *, now: datetime) -> Decision:
    """May this worker answer? The team, once."""
    if not remark.is_open:
        return Decision.no(_("This has been answered already."))
    if not actor.is_worker:
        return Decision.no(_("Your team answers this."))
    return can_write_in_case(actor, remark.case, now=now)
