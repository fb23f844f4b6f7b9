"""What follows when a case ends or changes hands: in its plan, and for whoever began it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.dispatch import receiver

from caseplan.plan.models import (
    AccompaniedHandover,
    AccompaniedHandoverState,
    Action,
    Ending,
    EndingOutcome,
    Exit,
    PlanVersion,
)
from caseplan.plan.services.actions import give_step
from caseplan.plan.services.handing_on import withdraw_asked_of
from cases.lifecycle import ImmediateEnding
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import notify_of_change
from cases.signals import case_ended, case_ended_immediately, seat_named, work_moved
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


@receiver(work_moved)
def move_steps(
    case: Case,
    giver_id: UUID,
    receiver_id: UUID | None,
    leaves: bool,
    actor: Actor,
    now: datetime,
    **_: Any,
) -> None:
    """Whose open steps were the giver's are the receiver's: of one body, as a step is.

    What a receiver of another body can't own stays with a giver who stays; of one who leaves it is
    a colleague's of their body on the team, else nobody's until somebody is named.
    """
    bodies = {m.user_id: m.body.value for m in team_of(case, now=now) if m.user_id}
    for step in _open_steps(case).filter(owner=giver_id):
        if receiver_id and bodies.get(receiver_id) == step.owner_party:
            give_step(actor, case, step, receiver_id, now)
        elif leaves:
            give_step(actor, case, step, _first_of(bodies, step.owner_party), now)
    if leaves:
        withdraw_asked_of(actor, case, giver_id, now)


@receiver(seat_named)
def take_steps_left(case: Case, user_id: UUID, actor: Actor, now: datetime, **_: Any) -> None:
    """The steps of a body whose person is gone from the team are whose the office has named."""
    bodies = {m.user_id: m.body.value for m in team_of(case, now=now) if m.user_id}
    left = _open_steps(case).filter(owner_party=bodies.get(user_id, ""))
    for step in left.exclude(owner__in=list(bodies)):
        give_step(actor, case, step, user_id, now)


def _open_steps(case: Case) -> QuerySet[Action]:
    return (
        Action.objects.select_for_update(of=("self",))
        .filter(case=case, state__in=Action.OPEN_STATES)
        .order_by("pk")
    )


def _first_of(bodies: Mapping[UUID, str], body: str) -> UUID | None:
    return next((user_id for user_id, theirs in bodies.items() if theirs == body), None)
