"""A change in the client's life ends a case at once: no assessment, no follow-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cases.lifecycle import (
    ENDS_IMMEDIATELY,
    CaseState,
    ImmediateEnding,
    TransitionKind,
    transition_between,
)
from cases.models import Case, Handover, HandoverState, TemporaryAccess, TemporaryAccessReason
from cases.services.rows import record_case_change
from cases.signals import case_ended_immediately
from common.actor import Actor
from common.journal import Journal
from people.services import forget_drafts_about

_TO = dict(ENDS_IMMEDIATELY)


def end_immediately(
    cases: QuerySet[Case], because: ImmediateEnding, journal: Journal, actor: Actor, now: datetime
) -> list[Case]:
    """End those of the cases that have not ended for good, writing through the journal.

    The team stays, and reads. An offer to take the case over is taken back, and nobody outside
    sees it any more. What is written in a case ends by ``case_ended_immediately``.
    """
    ending = cases.filter(state__in=list(_TO)).order_by("pk")
    ended = list(ending.select_for_update(of=("self",)).select_related("person"))
    for case in ended:
        before = CaseState(case.state)
        transition = transition_between(before, _TO[before], TransitionKind.IMMEDIATE)
        assert transition is not None and transition.after is not None
        values: dict[str, Any] = {"state": transition.after.value, "ended_because": because.value}
        if case.ended_at is None:
            values |= {"ended_at": now, "ended_by_id": actor.writer_id}
        journal.change(Case.objects.filter(pk=case.pk), **values)
        case.refresh_from_db()
        forget_drafts_about(case_id=case.pk)
        record_case_change(actor, f"case_{transition.verb}", case, case.pk, now, subject="case")
        journal.change(
            Handover.objects.filter(case=case, state=HandoverState.OPEN),
            state=HandoverState.WITHDRAWN.value,
            answered_at=now,
        )
        journal.delete(
            TemporaryAccess.objects.filter(content_object=case, why=TemporaryAccessReason.SHARED)
        )
        case_ended_immediately.send(
            Case, case=case, because=because, journal=journal, actor=actor, now=now
        )
    return ended
