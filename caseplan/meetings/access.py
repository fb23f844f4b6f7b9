"""Who may change a meeting, and who answers whether somebody comes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.meetings.models import Meeting, MeetingRole, Participant
from cases.access import can_write_in_case, case_is_open, does_work_of
from common.actor import Actor
from common.decision import Decision


def can_change_meeting(actor: Actor, meeting: Meeting, *, now: datetime) -> Decision:
    """May this worker change a meeting, its agenda and minutes? The team, until it is closed."""
    if not meeting.is_planned:
        return Decision.no(_("The meeting is over. What was written down stands as it is."))
    return can_write_in_case(actor, meeting.case, now=now)


def can_answer_invitation(
    actor: Actor, meeting: Meeting, participant: Participant, *, now: datetime
) -> Decision:
    """May this actor say whether this participant comes?

    The client and each worker for themselves, who stands in for one who is away, and the team for
    those from outside.
    """
    if not meeting.is_planned:
        return Decision.no(_("The meeting is over. What was written down stands as it is."))
    if actor.is_client:
        own = participant.role == MeetingRole.CLIENT
        return case_is_open(meeting.case) if own else Decision.no(_("Answer for yourself only."))
    if participant.user_id and not does_work_of(actor, participant.user_id, now=now):
        return Decision.no(_("Answer for yourself only."))
    return can_write_in_case(actor, meeting.case, now=now)
