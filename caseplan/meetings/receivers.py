"""No meeting stands when a change in the client's life ends the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from caseplan.meetings.models import CancelledCode, Meeting, MeetingState
from cases.models import Case
from cases.signals import case_ended_immediately
from common.actor import Actor
from common.journal import Journal


@receiver(case_ended_immediately)
def cancel_meetings(case: Case, journal: Journal, actor: Actor, now: datetime, **_: Any) -> None:
    """Those who were asked are told that it is off, and not why."""
    journal.change(
        Meeting.objects.filter(case=case, state=MeetingState.PLANNED),
        state=MeetingState.CANCELLED.value,
        cancelled_because="",
        cancelled_code=CancelledCode.CASE_ENDED.value,
        closed_at=now,
        closed_by_id=actor.writer_id,
    )
