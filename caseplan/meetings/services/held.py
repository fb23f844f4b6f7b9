"""A meeting that was held before anybody wrote it down: who attended, and what was said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.models import (
    Attendance,
    Meeting,
    MeetingPoint,
    MeetingRole,
    MeetingState,
    Participant,
)
from caseplan.meetings.selectors.ways import way_on
from caseplan.meetings.services.interpreter import set_interpreter
from caseplan.meetings.services.meeting import role_of, somewhere
from cases.access import can_write_in_case
from cases.models import Case
from cases.selectors import team_of
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.services import add_row, recordable, require_text


@transaction.atomic
def record_held_meeting(
    *,
    actor: Actor,
    case: Case,
    starts_at: datetime,
    minutes_long: int,
    place: str,
    remote_link: str,
    member_ids: Iterable[UUID],
    client_came: bool,
    text: str,
    minutes: str,
    category: Category,
    without_client: str,
    no_service: str,
    now: datetime,
    interpreter_language: str = "",
    interpreter: str = "",
    without_interpreter: str = "",
) -> Meeting:
    """Write down a meeting that has been. Nobody is asked to it any more, so nobody is told so.

    ``member_ids``: who of the team attended, beside the writer. ``text`` and ``minutes``: what was
    talked about and said, read by whoever may read ``category``. By the network's way of working
    it needs ``without_client`` and ``no_service`` as closing one does. ``interpreter``: who
    interpreted, in ``interpreter_language``, or ``without_interpreter``, why nobody did. It stands
    as it is written.
    """
    can_write_in_case(actor, case, now=now).require()
    if starts_at > now:
        raise Refused(_("This is still to come. Call the meeting instead."), field="starts_on")
    way = way_on(case.network_id, day_of(starts_at))
    meeting = Meeting(
        case=case,
        category=Category.PLAN_FOLLOW_UP,
        starts_at=starts_at,
        minutes_long=minutes_long,
        place=somewhere(place, remote_link),
        remote_link=remote_link.strip(),
        state=MeetingState.HELD,
        closed_at=now,
        closed_by_id=actor.writer_id,
        client_present=client_came,
    )
    set_interpreter(meeting, interpreter_language, interpreter, without_interpreter)
    if not client_came and way.client_takes_part:
        meeting.without_client = require_text(
            without_client, "without_client", _("Say why it was held without the client.")
        )
    if way.one_service:
        meeting.no_service = require_text(
            no_service, "no_service", _("Say why no service was agreed on, or agree on one.")
        )
    add_row(actor, meeting, now)
    Participant.objects.create(meeting=meeting, role=MeetingRole.CLIENT, came=client_came)
    team = {m.user_id: m for m in team_of(case, now=now) if m.user_id}
    there = {*member_ids, actor.writer_id}
    if there - team.keys():
        raise Refused(_("Choose people who are on the team."), field="member_ids")
    for user_id in sorted(there):
        Participant.objects.create(
            meeting=meeting,
            user_id=user_id,
            role=role_of(team[user_id]),
            body=team[user_id].body.value,
            coming=Attendance.COMES,
            came=True,
        )
    point = MeetingPoint(
        case=case,
        meeting=meeting,
        category=recordable(actor, category),
        position=1,
        text=require_text(text, "text", _("Write what is talked about.")),
        minutes=require_text(minutes, "minutes", _("Write what was said and agreed.")),
    )
    add_row(actor, point, now)
    return meeting
