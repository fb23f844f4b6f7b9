"""Whoever stands in deals with what is the absent one's, and after the end nothing of it is left.

Nothing is rewritten: the step stays the absent worker's, the place at the meeting too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from caseplan.meetings import services as meetings
from caseplan.meetings.models import Attendance, Meeting, Participant
from caseplan.meetings.selectors import list_news, meetings_ahead, open_meeting
from caseplan.messages import services as messages
from caseplan.messages.models import Thread, ThreadKind, WaitsFor
from caseplan.messages.selectors import threads_waiting
from caseplan.plan import services as plan
from caseplan.plan.models import ActionState
from caseplan.plan.selectors import CommitmentKind, actions_for_day, commitments
from cases import services
from cases.access import stands_as, stood_in_for
from cases.models import Cover, News, NewsKind
from cases.services import mark_news_seen
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import NotAllowed, NotVisible
from consent.models import Category
from followup.access import own_reminder
from followup.models import FollowUpPoint, Reminder, Situation
from followup.selectors import reminders_for
from followup.services import answer_point, remind
from people.models import Position
from records.selectors import reading_of
from tests.builders import TEST, WorkerFactory
from tests.cases.at_work import has_step, is_called, place_of, stands_in
from tests.personas import World

WEEK = timedelta(days=7)


def listed(world: World, who: str, now: datetime | None = None) -> set[UUID]:
    """The steps on somebody's first page and among what they have promised."""
    now = now or world.now
    actor = world.actor(who)
    day = {row.pk for row in actions_for_day(actor, until=day_of(now) + WEEK, now=now)}
    mine = commitments(reading_of(actor, now=now), CommitmentKind.MINE)
    return day | {row.pk for row in mine}


def test_the_steps_are_both_workers_and_gone_for_both_when_one_has_done_them(world: World) -> None:
    step = has_step(world)
    assert step.pk not in listed(world, "colleague")
    stands_in(world)
    assert step.pk in listed(world, "colleague") & listed(world, "employment")
    plan.close_action(
        actor=world.actor("colleague"), action_id=step.pk, state=ActionState.DONE, reason="",
        revision=step.revision, now=world.now,
    )  # fmt: skip
    assert step.pk not in listed(world, "colleague") | listed(world, "employment")
    step.refresh_from_db()
    assert step.owner_id == world.actor("employment").user_id
    assert step.closed_by_id == world.actor("colleague").user_id


def test_the_meeting_is_in_the_days_of_who_stands_in_who_answers_in_that_place(
    world: World,
) -> None:
    meeting = is_called(world, "social")
    colleague = world.actor("colleague")
    with pytest.raises(NotVisible):
        answers(colleague, meeting, place_of(world, meeting), world.now)
    stands_in(world)
    assert [row.pk for row in meetings_ahead(colleague, now=world.now)] == [meeting.pk]
    page = open_meeting(world.actor("social"), meeting.pk, now=world.now)
    beside = {place.shown_name: who and who.username for place, who in page.seats}
    assert beside[place_of(world, meeting).shown_name] == "colleague"
    own = open_meeting(colleague, meeting.pk, now=world.now).of(colleague, now=world.now)
    assert own == place_of(world, meeting)
    answers(colleague, meeting, own, world.now)
    assert place_of(world, meeting).coming == Attendance.COMES


def answers(actor: Actor, meeting: Meeting, place: Participant, now: datetime) -> None:
    meetings.answer_invitation(
        actor=actor, meeting_id=meeting.pk, participant_id=place.pk, coming=Attendance.COMES,
        now=now,
    )  # fmt: skip


def test_nobody_answers_for_a_colleague_whom_they_do_not_stand_in_for(world: World) -> None:
    meeting = is_called(world, "employment")
    stands_in(world)
    with pytest.raises(NotAllowed):
        answers(world.actor("social"), meeting, place_of(world, meeting), world.now)


def test_who_stands_in_is_not_named_at_a_meeting_after_the_cover(world: World) -> None:
    meeting = is_called(world, "social", at=world.now + timedelta(days=20))
    stands_in(world)
    page = open_meeting(world.actor("social"), meeting.pk, now=world.now)
    assert page.stand_ins == {}


def test_who_stands_in_calls_a_meeting_in_the_place_of_the_absent_one(world: World) -> None:
    """The one who is away has the place: when the cover ends, it is theirs and nobody else's."""
    stands_in(world)
    meeting = is_called(world, "colleague")
    assert place_of(world, meeting).coming == Attendance.COMES
    assert not meeting.participants.filter(user__username="colleague").exists()


def test_a_request_taken_on_by_who_stands_in_is_a_step_of_the_absent_one(world: World) -> None:
    stands_in(world)
    asked = plan.ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.EMPLOYMENT,
        text="A place in a workshop", answer_by=day_of(world.now) + WEEK, now=world.now,
    )  # fmt: skip
    taken = plan.accept_request(
        actor=world.actor("colleague"), request_id=asked.pk, answer="",
        due_on=day_of(world.now) + WEEK, now=world.now,
    )  # fmt: skip
    assert taken.action is not None
    assert taken.action.owner_id == world.actor("employment").user_id
    assert taken.answered_by_id == world.actor("colleague").user_id


def test_the_message_waits_for_both_and_one_answer_is_enough(world: World) -> None:
    thread = messages.start_thread(
        actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic="The bus",
        text="It does not run on Sundays.", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    stands_in(world)

    def waiting(who: str) -> list[Thread]:
        return threads_waiting(world.actor(who), now=world.now)

    assert thread in waiting("colleague") and thread in waiting("employment")
    messages.send_message(
        actor=world.actor("colleague"), thread_id=thread.pk, text="Then on Monday.",
        wants_answer=False, now=world.now,
    )  # fmt: skip
    assert Thread.objects.get(pk=thread.pk).waits_for == WaitsFor.NOBODY
    assert thread not in waiting("colleague") + waiting("employment")


def test_what_is_asked_after_the_end_is_asked_by_who_stands_in(world: World) -> None:
    case, today = world.end_case(), day_of(world.now)
    point = FollowUpPoint.objects.create(
        case=case, months=3, due_on=today, open_until=today + WEEK,
        asker_id=world.actor("employment").writer_id,
    )  # fmt: skip

    def answer(who: str) -> None:
        answer_point(
            actor=world.actor(who), point_id=point.pk, situation=Situation.CONTRACT,
            wants_contact=False, comment="", now=world.now,
        )  # fmt: skip

    with pytest.raises(NotAllowed):
        answer("social")
    stands_in(world)
    answer("colleague")
    with pytest.raises(NotAllowed):  # once is enough
        answer("employment")


def reminded(world: World, who: str) -> set[UUID]:
    """What somebody is reminded of in the joint case."""
    found = reminders_for(world.actor(who), on=day_of(world.now), now=world.now)
    return {due.id for due in found if due.case == world.case}


def test_reminders_of_the_cases_reach_who_stands_in_and_wait_for_both(world: World) -> None:
    has_step(world, in_days=1)
    today = day_of(world.now)
    remind(actor=TEST, on=today)
    mine = Reminder.objects.filter(for_user=world.actor("employment").writer_id, ended_on=None)
    one = mine.filter(case=world.case).first()
    assert one is not None
    with pytest.raises(NotVisible):
        own_reminder(world.actor("colleague"), one.pk, now=world.now)
    stands_in(world)
    assert reminded(world, "employment")
    assert reminded(world, "employment") <= reminded(world, "colleague")


def test_news_of_the_cases_is_seen_for_both_and_ones_own_stays_ones_own(world: World) -> None:
    meeting, case = is_called(world, "social"), world.case
    absent = world.actor("employment")
    moved = News.objects.create(
        case=case, for_user_id=absent.writer_id, kind=NewsKind.MEETING_MOVED,
        subject_id=meeting.pk, at=world.now,
    )  # fmt: skip
    declined = News.objects.create(
        case=case, for_user_id=absent.writer_id, kind=NewsKind.HANDOVER_DECLINED,
        subject_id=case.pk, at=world.now,
    )  # fmt: skip
    assert list_news(world.actor("colleague"), now=world.now) == []
    stands_in(world)
    told = list_news(world.actor("colleague"), now=world.now)
    assert [item.news.pk for item in told] == [moved.pk]
    mark_news_seen(actor=world.actor("colleague"), now=world.now)
    left = [item.news.pk for item in list_news(absent, now=world.now)]
    assert left == [declined.pk]


def test_after_the_end_nothing_of_it_is_left_with_who_stood_in(world: World) -> None:
    step, meeting = has_step(world), is_called(world, "social")
    cover = stands_in(world)
    services.end_cover(actor=world.actor("employment"), cover_id=cover.pk, now=world.now)
    colleague = world.actor("colleague")
    assert stood_in_for(colleague, now=world.now) == []
    assert step.pk not in listed(world, "colleague")
    assert meeting.pk not in [row.pk for row in meetings_ahead(colleague, now=world.now)]
    assert meeting.participants.filter(user=colleague.writer_id).count() == 0
    assert reminded(world, "colleague") == set()


@pytest.fixture
def third(world: World) -> str:
    office = Position.objects.get(user__username="employment").office
    WorkerFactory(username="third", office=office, now=world.now)
    return "third"


def test_a_cover_of_a_cover_sees_the_covers_own_alone(world: World, third: str) -> None:
    """Two in a chain: whoever stands in for somebody else's cover answers for nobody else's."""
    step = has_step(world)
    stands_in(world, by=third, of="colleague")
    Cover.objects.create(  # past the service, which refuses it: the rule holds by itself
        user_id=world.actor("employment").writer_id, by_id=world.actor("colleague").writer_id,
        network_id=world.case.network_id, since=world.now,
        until=world.now + timedelta(days=3), made_by_id=world.actor("employment").writer_id,
    )  # fmt: skip
    assert stood_in_for(world.actor(third), now=world.now) == [world.actor("colleague").writer_id]
    assert step.pk not in listed(world, third)
    assert reminded(world, third) == set()


def test_somebody_of_the_team_who_stands_in_for_another_acts_as_themselves(world: World) -> None:
    services.add_team_member(
        actor=world.actor("employment"), case=world.case, why="",
        user_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    stands_in(world)
    colleague = world.actor("colleague")
    assert stands_as(colleague, world.case, now=world.now) == colleague.writer_id


def test_who_asked_an_absent_colleague_does_not_answer_in_their_place(world: World) -> None:
    """Nobody rids themselves of a case by taking it in the name of whom they stand in for."""
    stands_in(world, by="employment", of="colleague")
    offer = services.hand_over(
        actor=world.actor("employment"), case=world.case, reason="Too many.", leaves=True,
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        services.accept_handover(
            actor=world.actor("employment"), handover_id=offer.pk, now=world.now
        )


def test_what_is_offered_to_an_absent_worker_is_answered_by_who_stands_in(
    world: World, third: str
) -> None:
    stands_in(world, by=third, of="colleague")
    offer = services.hand_over(
        actor=world.actor("employment"), case=world.case, reason="Too many.", leaves=False,
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    services.decline_handover(
        actor=world.actor(third), handover_id=offer.pk, answer="They are ill.", now=world.now
    )
    told = News.objects.get(for_user=world.actor("employment").writer_id, subject_id=offer.pk)
    assert told.kind == NewsKind.HANDOVER_DECLINED
