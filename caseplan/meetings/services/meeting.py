"""Joint meetings: calling one, its agenda and minutes, and closing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.access import can_answer_invitation, can_change_meeting
from caseplan.meetings.models import (
    Attendance,
    Meeting,
    MeetingPoint,
    MeetingRole,
    MeetingState,
    Participant,
)
from caseplan.meetings.selectors.meeting import EXPERTISE_OF, topics_for
from caseplan.meetings.selectors.ways import way_on
from caseplan.meetings.services.interpreter import set_interpreter
from cases.access import can_write_in_case, stands_as
from cases.models import Case, News, NewsKind, TeamRole
from cases.selectors import TeamMember, team_of
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import NotVisible, Refused
from consent.models import Category, ClientInformation
from records.services import add_row, lock_row, log_row, recordable, require_text, save_row


@transaction.atomic
def call_meeting(
    *,
    actor: Actor,
    case: Case,
    starts_at: datetime,
    minutes_long: int,
    place: str,
    remote_link: str,
    member_ids: Iterable[UUID],
    interpreter_language: str = "",
    interpreter: str = "",
    now: datetime,
) -> Meeting:
    """Call the client and some of the team together; the agenda begins with what is due.

    The client is always asked, and so is whoever calls; who stands in for somebody, in their place.
    """
    can_write_in_case(actor, case, now=now).require()
    called = Meeting(
        case=case,
        category=Category.PLAN_FOLLOW_UP,
        starts_at=_to_come(starts_at, now),
        minutes_long=minutes_long,
        place=somewhere(place, remote_link),
        remote_link=remote_link.strip(),
    )
    set_interpreter(called, interpreter_language, interpreter, "")
    meeting = add_row(actor, called, now)
    Participant.objects.create(meeting=meeting, role=MeetingRole.CLIENT)
    caller = stands_as(actor, case, now=now)
    team = {m.user_id: m for m in team_of(case, now=now) if m.user_id}
    # Of an office that stands on the team as a whole, whoever calls is not on it by name.
    asked = {*member_ids, caller} if caller in team else {*member_ids}
    if asked - team.keys():
        raise Refused(_("Choose people who are on the team."), field="member_ids")
    for user_id in sorted(asked):
        Participant.objects.create(
            meeting=meeting,
            user_id=user_id,
            role=role_of(team[user_id]),
            body=team[user_id].body.value,
            coming=Attendance.COMES if user_id == caller else Attendance.UNKNOWN,
        )
    if caller not in team:
        Participant.objects.create(
            meeting=meeting, user_id=caller, role=EXPERTISE_OF[actor.working_body],
            body=actor.working_body.value, coming=Attendance.COMES,
        )  # fmt: skip
    topics = topics_for(actor, case, on=day_of(starts_at), now=now)
    for position, topic in enumerate(topics, start=1):
        point = MeetingPoint(position=position, topic=topic.topic, text=topic.text[:300])
        _point(actor, meeting, point, topic.category, now, source=topic.source)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    actor: Actor,
    meeting_id: UUID,
    starts_at: datetime,
    minutes_long: int,
    place: str,
    remote_link: str,
    revision: int,
    now: datetime,
) -> Meeting:
    """Change when and where. At another time, everybody is asked anew whether they come.

    Whoever interprets was booked for the time before, and is so no more.
    """
    meeting = lock_planned_meeting(actor, meeting_id, now)
    was_at, was = meeting.starts_at, meeting.title
    stood = (meeting.minutes_long, meeting.place, meeting.remote_link)
    if was_at != starts_at:
        meeting.starts_at = _to_come(starts_at, now)
        caller = stands_as(actor, meeting.case, now=now)
        others = meeting.participants.exclude(user_id=caller)
        others.update(coming=Attendance.UNKNOWN, answered_by=None)
        set_interpreter(meeting, "", "", meeting.without_interpreter)
    meeting.minutes_long = minutes_long
    meeting.place, meeting.remote_link = somewhere(place, remote_link), remote_link.strip()
    moved = save_row(actor, meeting, revision, now)
    if was_at != starts_at:
        tell_those_asked(actor, meeting, NewsKind.MEETING_MOVED, now, was_at=was_at, was=was)
    elif stood != (meeting.minutes_long, meeting.place, meeting.remote_link):
        tell_those_asked(actor, meeting, NewsKind.MEETING_ELSEWHERE, now, was=was)
    return moved


@transaction.atomic
def cancel_meeting(
    *, actor: Actor, meeting_id: UUID, cancelled_because: str, now: datetime
) -> Meeting:
    """Call a meeting off, with the reason that those asked read."""
    meeting = lock_planned_meeting(actor, meeting_id, now)
    meeting.cancelled_because = require_text(
        cancelled_because, "cancelled_because", _("Say why. Everybody invited reads it.")
    )
    cancelled = _closed(actor, meeting, MeetingState.CANCELLED, now)
    tell_those_asked(actor, meeting, NewsKind.MEETING_CANCELLED, now)
    return cancelled


@transaction.atomic
def ask_to_meeting(
    *,
    actor: Actor,
    meeting_id: UUID,
    role: MeetingRole,
    user_id: UUID | None,
    name: str,
    now: datetime,
) -> Participant:
    """Ask somebody more: one of the team, or an expert or support person by name."""
    meeting = lock_planned_meeting(actor, meeting_id, now)
    if role == MeetingRole.CLIENT:
        raise Refused(_("The client is invited already."), field="role")
    team = {m.user_id: m for m in team_of(meeting.case, now=now) if m.user_id}
    if user_id is not None and user_id not in team:
        raise Refused(_("Choose somebody who is on the team."), field="user_id")
    if user_id is not None and meeting.participants.filter(user=user_id).exists():
        raise Refused(_("They are invited already."), field="user_id")
    if user_id is None:
        name = require_text(name, "name", _("Choose somebody from the team, or write a name."))
    participant = Participant.objects.create(
        meeting=meeting,
        role=role,
        user_id=user_id,
        name="" if user_id else name,
        body=team[user_id].body.value if user_id else "",
    )
    log_row(actor, meeting, "participant_added", now)
    tell_those_asked(actor, meeting, NewsKind.MEETING_JOINED, now, but_not=user_id)
    if user_id is not None:
        notify_of_change(
            actor=actor, case=meeting.case, kind=NewsKind.MEETING_ASKED, subject_id=meeting.pk,
            workers=[user_id], client=False, now=now,
        )  # fmt: skip
    return participant


@transaction.atomic
def answer_invitation(
    *, actor: Actor, meeting_id: UUID, participant_id: UUID, coming: Attendance, now: datetime
) -> Participant:
    """Say whether one comes, oneself, or for the client or somebody from outside who told so.

    An answer in the client's place says whose it is, is news for them, and is theirs to change.
    """
    meeting = lock_row(actor, Meeting, meeting_id, now)
    participant = meeting.participants.filter(pk=participant_id).first()
    if participant is None:
        raise NotVisible
    can_answer_invitation(actor, meeting, participant, now=now).require()
    in_place = actor.is_worker and participant.user_id is None
    participant.coming = coming
    participant.answered_by_id = actor.writer_id if in_place else None
    participant.save(update_fields=["coming", "answered_by"])
    if in_place and participant.role == MeetingRole.CLIENT:
        log_row(actor, meeting, "answered_for_client", now)
        notify_of_change(
            actor=actor, case=meeting.case, kind=NewsKind.MEETING_ANSWERED, now=now,
            subject_id=meeting.pk, was=actor.name,
        )  # fmt: skip
    else:
        log_row(actor, meeting, "answered", now)
    if coming == Attendance.CANNOT:
        notify_of_change(
            actor=actor, case=meeting.case, kind=NewsKind.MEETING_DECLINED, now=now,
            subject_id=meeting.pk, workers=[meeting.recorded_by_id], client=False,
        )  # fmt: skip
    if actor.is_client:  # whatever was answered for them, they have answered themselves
        News.objects.filter(
            for_user_id=actor.writer_id, kind=NewsKind.MEETING_ANSWERED,
            subject_id=meeting.pk, seen_at__isnull=True,
        ).update(seen_at=now)  # fmt: skip
    return participant


@transaction.atomic
def add_point(
    *, actor: Actor, meeting_id: UUID, text: str, category: Category, now: datetime
) -> MeetingPoint:
    """Add something to talk about; its ``category`` decides which body reads it."""
    meeting = lock_planned_meeting(actor, meeting_id, now)
    last = meeting.points.aggregate(last=Max("position"))["last"] or 0
    words = require_text(text, "text", _("Write what is talked about."))
    point = MeetingPoint(position=last + 1, text=words)
    return _point(actor, meeting, point, recordable(actor, category), now)


@transaction.atomic
def write_minutes(
    *, actor: Actor, point_id: UUID, text: str, minutes: str, revision: int, now: datetime
) -> MeetingPoint:
    """Write down what was said about a point. Raises :class:`Stale` as every edit does."""
    point = lock_row(actor, MeetingPoint, point_id, now)
    can_change_meeting(actor, point.meeting, now=now).require()
    words = require_text(text, "text", _("Write what is talked about."))
    if words != point.title:  # written over by somebody: their words from now on
        point.topic, point.text = "", words
    point.minutes = minutes.strip()
    return save_row(actor, point, revision, now)


@transaction.atomic
def close_meeting(
    *,
    actor: Actor,
    meeting_id: UUID,
    came: Iterable[UUID],
    without_client: str,
    no_service: str,
    now: datetime,
) -> Meeting:
    """Say who came, and close the minutes.

    ``came`` are participants. By the network's way of working, a meeting without the client
    needs ``without_client``, one that agreed on no service ``no_service``: the reasons.
    """
    meeting = lock_planned_meeting(actor, meeting_id, now)
    if meeting.starts_at > now:
        raise Refused(_("The meeting has not begun. Cancel it, or change its time."))
    way = way_on(meeting.case.network_id, day_of(meeting.starts_at))
    present = set(came)
    for participant in meeting.participants.all():
        participant.came = participant.pk in present
        participant.save(update_fields=["came"])
    client = meeting.participants.get(role=MeetingRole.CLIENT)
    meeting.client_present = bool(client.came)
    if not client.came and way.client_takes_part:
        meeting.without_client = require_text(
            without_client, "without_client", _("Say why it was held without the client.")
        )
    # A service that another body keeps to itself counts too: it was agreed on.
    if way.one_service and not meeting.agreed.filter(planned_service__isnull=False).exists():
        meeting.no_service = require_text(
            no_service, "no_service", _("Say why no service was agreed on, or agree on one.")
        )
    return _closed(actor, meeting, MeetingState.HELD, now)


def tell_those_asked(
    actor: Actor,
    meeting: Meeting,
    kind: NewsKind,
    now: datetime,
    *,
    was_at: datetime | None = None,
    was: str = "",
    but_not: UUID | None = None,
) -> None:
    """A change of a meeting is news for the client and for every worker asked to it."""
    asked = meeting.participants.filter(user__isnull=False).exclude(user=but_not)
    notify_of_change(
        actor=actor, case=meeting.case, kind=kind, subject_id=meeting.pk, now=now,
        workers=asked.values_list("user_id", flat=True), was_at=was_at, was=was,
    )  # fmt: skip


def lock_planned_meeting(actor: Actor, meeting_id: UUID, now: datetime) -> Meeting:
    """The meeting, locked, if this actor may change it: until it is closed, those of its team."""
    meeting = lock_row(actor, Meeting, meeting_id, now)
    can_change_meeting(actor, meeting, now=now).require()
    return meeting


def _closed(actor: Actor, meeting: Meeting, state: MeetingState, now: datetime) -> Meeting:
    meeting.state, meeting.closed_at, meeting.closed_by_id = state, now, actor.writer_id
    return save_row(actor, meeting, meeting.revision, now)


def _point(
    actor: Actor,
    meeting: Meeting,
    point: MeetingPoint,
    category: Category,
    now: datetime,
    *,
    source: ClientInformation | None = None,
) -> MeetingPoint:
    """``source``: what the point is about. Whoever puts it on the agenda does not make it theirs:
    it stays recorded for whom the thing is, and goes out of sight with it.
    """
    point.case, point.meeting, point.category = meeting.case, meeting, category
    if source is None:
        return add_row(actor, point, now)
    point.source_id = source.document
    return add_row(actor, point, now, for_party=Party(source.recorded_for))


def role_of(member: TeamMember) -> MeetingRole:
    """What somebody of the team brings to a meeting."""
    """In which role somebody of the team is asked: as the case manager, or by what they know."""
    return (
        MeetingRole.CASE_MANAGER
        if member.role == TeamRole.CASE_MANAGER
        else EXPERTISE_OF[Body(member.body)]
    )


def _to_come(starts_at: datetime, now: datetime) -> datetime:
    if starts_at <= now:
        raise Refused(_("Choose a time that is still to come."), field="starts_on")
    return starts_at


def somewhere(place: str, remote_link: str) -> str:
    """The place, where there is one or a link. Raises :class:`Refused` where there is neither."""
    if not place.strip() and not remote_link.strip():
        raise Refused(_("Say where you meet, or give a link for taking part."), field="place")
    return place.strip()
