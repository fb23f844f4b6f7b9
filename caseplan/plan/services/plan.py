"""Writing the plan's own texts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import (
    JointPlan,
)
from cases.access import can_write_in_case
from cases.models import Case
from cases.selectors import team_of
from common.actor import Actor
from common.bodies import Body
from common.decision import Refused
from records.services import lock_row, save_row


@transaction.atomic
def edit_plan(
    *,
    actor: Actor,
    case: Case,
    strengths: str,
    job_search_duty: str,
    follow_up: str,
    kela_participates: bool,
    revision: int,
    now: datetime,
) -> JointPlan:
    """Change the plan's own texts, and whether Kela takes part (its rehabilitation is needed)."""
    plan = lock_row(actor, JointPlan, case.plan.pk, now)
    can_write_in_case(actor, case, now=now).require()
    on_team = {member.body for member in team_of(case, now=now)}
    if kela_participates and Body.KELA not in on_team:
        raise Refused(_("Add somebody from Kela to the team first."), field="kela_participates")
    plan.strengths = strengths.strip()
    plan.job_search_duty = job_search_duty.strip()
    plan.follow_up = follow_up.strip()
    plan.kela_participates = kela_participates
    return save_row(actor, plan, revision, now)
