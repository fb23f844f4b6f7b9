"""Who comes in the place of somebody whose case it was."""

from __future__ import annotations

from datetime import datetime

from caseplan.meetings.models import Meeting
from caseplan.meetings.services.meeting import role_of, tell_those_asked
from cases.models import NewsKind
from cases.selectors import TeamMember
from cases.services import notify_of_change
from common.actor import Actor
from records.services import log_row


def ask_in_place(actor: Actor, meeting: Meeting, member: TeamMember, now: datetime) -> None:
    """Somebody comes in the place of one whose case it was; they and all who are asked are told."""
    assert member.user_id is not None
    place, is_new = meeting.participants.get_or_create(
        user_id=member.user_id, defaults={"role": role_of(member), "body": member.body.value}
    )
    if not is_new:
        place.role = role_of(member)
        place.save(update_fields=["role"])
        return
    log_row(actor, meeting, "participant_added", now)
    tell_those_asked(actor, meeting, NewsKind.MEETING_JOINED, now, but_not=member.user_id)
    notify_of_change(
        actor=actor, case=meeting.case, kind=NewsKind.MEETING_ASKED, subject_id=meeting.pk,
        workers=[member.user_id], client=False, now=now,
    )  # fmt: skip
