"""What a case that ends or changes hands means for its meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.dispatch import receiver

from caseplan.meetings.models import (
    Attendance,
    CancelledCode,
    Meeting,
    MeetingRole,
    MeetingState,
)
from caseplan.meetings.services.meeting import role_of
from caseplan.meetings.services.places import ask_in_place
from cases.models import Case
from cases.selectors import team_of
from cases.signals import case_ended_immediately, seat_named, work_moved
from common.actor import Actor
from common.journal import Journal
from records.services import log_row


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


@receiver(work_moved)
def move_places(
    case: Case,
    giver_id: UUID,
    receiver_id: UUID | None,
    leaves: bool,
    actor: Actor,
    now: datetime,
    **_: Any,
) -> None:
    """Who takes the case is asked to the meetings ahead that the giver was asked to.

    A giver who leaves is off them; where nobody of their body comes yet, their place says that
    they can't attend until the office has named somebody. Everybody asked is told who comes.
    """
    team = {m.user_id: m for m in team_of(case, now=now) if m.user_id}
    for meeting in _ahead(case).filter(participants__user=giver_id):
        meeting.case = case
        place = meeting.participants.get(user=giver_id)
        if receiver_id is None or receiver_id not in team:
            place.coming = Attendance.CANNOT
            place.save(update_fields=["coming"])
            log_row(actor, meeting, "participant_gone", now)
            continue
        if leaves:
            place.delete()
        elif place.role == MeetingRole.CASE_MANAGER and giver_id in team:
            place.role = role_of(team[giver_id])
            place.save(update_fields=["role"])
        ask_in_place(actor, meeting, team[receiver_id], now)


@receiver(seat_named)
def take_places_left(case: Case, user_id: UUID, actor: Actor, now: datetime, **_: Any) -> None:
    """Whom an office has named is asked where somebody of their body who is gone was asked."""
    team = {m.user_id: m for m in team_of(case, now=now) if m.user_id}
    body = team[user_id].body.value
    for meeting in _ahead(case).filter(participants__body=body).distinct():
        meeting.case = case
        left = meeting.participants.filter(body=body, user__isnull=False).exclude(
            user__in=list(team)
        )
        if left.exists():
            left.delete()
            ask_in_place(actor, meeting, team[user_id], now)


def _ahead(case: Case) -> QuerySet[Meeting]:
    return Meeting.objects.filter(case=case, state=MeetingState.PLANNED).order_by("pk")
