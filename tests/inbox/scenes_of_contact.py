"""What people say to one another, and their meetings."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from caseplan.meetings import services as meetings
from caseplan.meetings.models import Attendance, Meeting
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import mark_read, send_message, start_thread
from caseplan.plan.models import Ending, EndingOutcome, Exit
from cases import services as cases
from common.bodies import Party
from common.clock import day_of
from consent.models import Category
from followup.models import Feeling, FollowUpPoint, Situation
from followup.services import answer_point, check_in, handle_check_in, note_contact
from tests.cases.at_work import is_called, place_of
from tests.inbox.scene import Happened, the_case
from tests.personas import World

PLAN = Category.PLAN_FOLLOW_UP


def asks_for_help(world: World) -> Happened:
    row = check_in(actor=world.actor("client"), case=world.case, feeling=Feeling.HELP,
                   now=world.now)  # fmt: skip
    return Happened(
        row.pk,
        lambda by: handle_check_in(actor=world.actor(by), check_in_id=row.pk, now=world.now),
    )


def wants_contact(world: World) -> Happened:
    """Three months after the end; the case manager was named to ask."""
    case, me = world.end_case(), world.actor("employment")
    Ending(
        case=case, category=PLAN, exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=me.user_id, outcome=EndingOutcome.AGREED, closed_at=world.now,
        recorded_for=Party.EMPLOYMENT, recorded_by_id=me.user_id, recorded_at=world.now,
    ).save()  # fmt: skip
    point = FollowUpPoint.objects.create(
        case=case, months=3, due_on=day_of(world.now), open_until=day_of(world.now),
        asker_id=me.user_id,
    )  # fmt: skip
    row = answer_point(actor=world.actor("client"), point_id=point.pk, now=world.now,
                       situation=Situation.UNEMPLOYED, wants_contact=True)  # fmt: skip
    return Happened(
        row.pk, lambda by: note_contact(actor=world.actor(by), answer_id=row.pk, now=world.now)
    )


def _thread(world: World, who: str, kind: ThreadKind = ThreadKind.DIALOGUE) -> UUID:
    return start_thread(
        actor=world.actor(who), case=world.case, category=PLAN, kind=kind, topic="The bus card",
        text="When?", now=world.now,
    ).pk  # fmt: skip


def writes(world: World) -> Happened:
    thread = _thread(world, "client")
    return Happened(
        thread,
        lambda by: send_message(actor=world.actor(by), thread_id=thread, text="Monday.",
                                wants_answer=False, now=world.now),
    )  # fmt: skip


def notes(world: World) -> Happened:
    thread = _thread(world, "social", ThreadKind.NOTE)
    return Happened(
        thread, lambda by: mark_read(actor=world.actor(by), thread_id=thread, now=world.now)
    )


def is_asked(world: World) -> Happened:
    thread = _thread(world, "social")
    return Happened(
        thread,
        lambda _by: send_message(actor=world.actor("client"), thread_id=thread, text="Monday.",
                                 wants_answer=False, now=world.now),
    )  # fmt: skip


def invites(world: World) -> Happened:
    meeting = is_called(world, "social")
    return Happened(
        meeting.pk,
        lambda by: meetings.answer_invitation(
            actor=world.actor(by), meeting_id=meeting.pk, coming=Attendance.COMES,
            participant_id=place_of(world, meeting).pk, now=world.now,
        ),
    )  # fmt: skip


def _cancels(world: World, by: str, meeting: UUID) -> object:
    return meetings.cancel_meeting(actor=world.actor(by), meeting_id=meeting,
                                   cancelled_because="Ill.", now=world.now)  # fmt: skip


def meets(world: World) -> Happened:
    meeting = is_called(world, "employment")
    return Happened(meeting.pk, lambda by: _cancels(world, by, meeting.pk))


def has_met(world: World) -> Happened:
    meeting = is_called(world, "employment")
    meeting.starts_at = world.now - timedelta(days=2)
    meeting.save(update_fields=["starts_at"])
    return Happened(meeting.pk, lambda by: _cancels(world, by, meeting.pk))


def lacks_an_interpreter(world: World) -> Happened:
    cases.say_interpreter(
        actor=world.actor("employment"), case=the_case(world), language="so", now=world.now
    )
    meeting = is_called(world, "employment")
    return Happened(
        meeting.pk,
        lambda by: meetings.book_interpreter(
            actor=world.actor(by), meeting_id=meeting.pk, interpreter_language="so",
            interpreter="The centre", without_interpreter="", revision=meeting.revision,
            now=world.now,
        ),
    )  # fmt: skip


def wishes_an_interpreter(world: World) -> Happened:
    case = the_case(world)
    Meeting.objects.filter(case=case, state="planned").delete()
    cases.say_interpreter(actor=world.actor("client"), case=case, language="so", now=world.now)

    def booked(by: str) -> None:
        meeting = is_called(world, by)
        meetings.book_interpreter(
            actor=world.actor(by), meeting_id=meeting.pk, interpreter_language="so",
            interpreter="The centre", without_interpreter="", revision=meeting.revision,
            now=world.now,
        )  # fmt: skip

    return Happened(case.pk, booked)
