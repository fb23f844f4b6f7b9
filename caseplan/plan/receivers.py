"""What follows when a case ends: in its plan, and for whoever began it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from caseplan.plan.models import (
    AccompaniedHandover,
    AccompaniedHandoverState,
    Ending,
    EndingOutcome,
    Exit,
    PlanVersion,
)
from cases.lifecycle import ImmediateEnding
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import notify_of_change
from cases.signals import case_ended, case_ended_immediately
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
        AccompaniedHandover.objects.filter(case=case, state=AccompaniedHandoverState.OPEN),
        state=AccompaniedHandoverState.WITHDRAWN.value,
        answered_at=now,
    )
    journal.change(
        PlanVersion.objects.filter(case=case, in_force_at=None, set_aside_at=None),
        set_aside_at=now,
    )
    ending = Ending(
        case=case,
        category=Category.PLAN_FOLLOW_UP,
        exit=_EXIT[because],
        outcome=EndingOutcome.AGREED,
        closed_at=now,
    )
    journal.record_created(add_row(actor, ending, now))


@receiver(case_ended)
def tell_who_began(case: Case, actor: Actor, now: datetime, **_: Any) -> None:
    """Whoever began the case is told that it has ended, also when they left its team long ago.

    Who stands on the team is told with the team. What came of it they read as far as their body
    may (``caseplan.meetings.selectors.list_news``). Report 2020:40, Palveluintegraatio 3.5.
    """
    if any(member.user_id == case.opened_by_id for member in team_of(case, now=now)):
        return
    notify_of_change(
        actor=actor,
        case=case,
        kind=NewsKind.OUTCOME_TOLD,
        subject_id=case.pk,
        now=now,
        workers=[case.opened_by_id],
        client=False,
    )
