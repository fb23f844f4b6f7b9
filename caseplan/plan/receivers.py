"""What follows in a plan when a change in the client's life ends the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from caseplan.plan.models import DeclinedCode, Ending, EndingOutcome, Exit, PlanVersion, Referral
from cases.lifecycle import CaseState, ImmediateEnding
from cases.models import Case
from cases.signals import case_ended_immediately
from common.actor import Actor
from common.journal import Journal
from consent.models import Category
from records.services import add_row

_EXIT = {
    ImmediateEnding.DIED: Exit.DIED,
    ImmediateEnding.MOVED: Exit.MOVED,
    ImmediateEnding.JOINED: Exit.JOINED,
}


@receiver(case_ended_immediately)
def end_in_the_plan(
    case: Case, because: ImmediateEnding, journal: Journal, actor: Actor, now: datetime, **_: Any
) -> None:
    """Nothing waits for an answer; the ending has its code."""
    journal.change(
        Ending.objects.filter(case=case, outcome=EndingOutcome.OPEN),
        outcome=EndingOutcome.WITHDRAWN.value,
        closed_at=now,
    )
    journal.change(
        PlanVersion.objects.filter(case=case, in_force_at=None, set_aside_at=None),
        set_aside_at=now,
    )
    if case.state == CaseState.DECLINED:
        journal.change(
            Referral.objects.filter(case=case),
            declined_because="",
            declined_code=DeclinedCode.CASE_ENDED.value,
        )
        return
    ending = Ending(
        case=case,
        category=Category.PLAN_FOLLOW_UP,
        exit=_EXIT[because],
        outcome=EndingOutcome.AGREED,
        closed_at=now,
    )
    journal.record_created(add_row(actor, ending, now))
