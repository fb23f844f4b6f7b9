"""What ends a reminder: the event itself, before any night, and of that thing alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseplan.meetings import services as meeting_services
from caseplan.messages import services as message_services
from caseplan.messages.models import Thread, ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.models import Goal, ReviewState
from common.bodies import Body, Party
from consent.models import Category
from followup.models import Reminder
from followup.services import remind
from tests.followup.to_the_day import NIGHT, after, agree, reminded, step
from tests.personas import World


def test_done_ends_it_at_once_and_not_only_at_night(world: World) -> None:
    action = step(world, Party.SOCIAL, after(world, -1))
    assert "social" in reminded(world, "action_overdue", after(world, 0))
    plan.close_action(
        actor=world.actor("social"), action_id=action.pk, state="done",  # type: ignore[arg-type]
        reason="", revision=1, now=world.now,
    )  # fmt: skip
    assert not Reminder.objects.filter(subject_id=action.pk, ended_on=None).exists()


def test_an_answer_ends_the_reminder_of_its_thread_at_once(world: World) -> None:
    """Of that thread and no other; whoever of the team answers, and the client likewise."""

    def begins(topic: str) -> Thread:
        return message_services.start_thread(
            actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic=topic,
            text="?", category=Category.PLAN_FOLLOW_UP, now=world.now,
        )  # fmt: skip

    def standing(thread: Thread) -> list[str]:
        rows = Reminder.objects.filter(subject_id=thread.pk, ended_on=None)
        return list(rows.values_list("for_user__username", flat=True))

    def answers(who: str, thread: Thread, wants_answer: bool) -> None:
        message_services.send_message(
            actor=world.actor(who), thread_id=thread.pk, text="!", wants_answer=wants_answer,
            now=world.now,
        )  # fmt: skip

    thread, other = begins("One"), begins("Another")
    remind(actor=NIGHT, on=after(world, 3))
    assert (standing(thread), standing(other)) == (["employment"], ["employment"])
    answers("social", thread, wants_answer=True)
    assert (standing(thread), standing(other)) == ([], ["employment"]), "before any night"
    remind(actor=NIGHT, on=after(world, 3))
    assert standing(thread) == ["client"]
    answers("client", thread, wants_answer=False)
    assert standing(thread) == []
    remind(actor=NIGHT, on=after(world, 300))
    assert standing(thread) == [], "nobody waits any more"


def test_a_plan_in_force_ends_what_asked_for_one_at_once_in_this_case_alone(world: World) -> None:
    remind(actor=NIGHT, on=after(world, 0))
    standing = Reminder.objects.filter(kind="plan_due", ended_on=None)
    others = set(standing.exclude(case=world.case).values_list("pk", flat=True))
    assert others
    assert standing.filter(case=world.case).exists()
    agree(world)
    assert not standing.filter(case=world.case).exists(), "before any night"
    assert set(standing.values_list("pk", flat=True)) == others
    ended = Reminder.objects.filter(kind="plan_due", case=world.case)
    assert {r.ended_on for r in ended} == {after(world, 0)}


def test_the_day_on_which_a_reminder_ended_stands(world: World) -> None:
    """What happens to the same thing later, or was reminded of ahead, does not move it."""
    thread = message_services.start_thread(
        actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic="One",
        text="?", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    remind(actor=NIGHT, on=after(world, 3))
    for days in (4, 6):
        message_services.send_message(
            actor=world.actor("social"), thread_id=thread.pk, text="!", wants_answer=False,
            now=world.now + timedelta(days=days),
        )  # fmt: skip
    found = Reminder.objects.get(subject_id=thread.pk)
    assert (found.raised_on, found.ended_on) == (after(world, 3), after(world, 4))
    Reminder.objects.filter(pk=found.pk).update(ended_on=None)
    message_services.send_message(
        actor=world.actor("social"), thread_id=thread.pk, text="!", wants_answer=False,
        now=world.now,
    )  # fmt: skip
    found.refresh_from_db()
    assert found.ended_on == found.raised_on, "never before it was raised"


def test_what_is_over_ends_its_reminder_before_any_night(world: World) -> None:
    """Each thing a reminder is about, and what its own event is; nobody is reminded of it again."""
    employment, client, now = world.actor("employment"), world.actor("client"), world.now
    asked = plan.ask_body(
        actor=employment, goal_id=world.joint_goal.pk, to_body=Body.SOCIAL, text="A day",
        answer_by=after(world, 1), now=now,
    )  # fmt: skip
    taken = plan.ask_body(
        actor=employment, goal_id=world.joint_goal.pk, to_body=Body.SOCIAL, text="Another",
        answer_by=after(world, 1), now=now,
    )  # fmt: skip
    meeting = meeting_services.call_meeting(
        actor=employment, case=world.case, starts_at=now + timedelta(days=1), minutes_long=60,
        place="Here", remote_link="", member_ids=[], now=now,
    )  # fmt: skip
    goal = plan.add_goal(
        actor=employment, case=world.case, category=Category.PLAN_FOLLOW_UP, text="One more",
        now=now,
    )  # fmt: skip
    Goal.objects.filter(pk=goal.pk).update(recorded_at=now - timedelta(days=200))
    agree(world)
    wish = plan.ask_for_review(actor=client, case=world.case, reason="Changed", now=now)
    remind(actor=NIGHT, on=after(world, 0))

    def standing(subject: Any) -> bool:
        return Reminder.objects.filter(subject_id=subject.pk, ended_on=None).exists()

    events = {
        asked: lambda: plan.withdraw_body_request(
            actor=employment, request_id=asked.pk, now=now
        ),
        taken: lambda: plan.accept_request(
            actor=world.actor("social"), request_id=taken.pk, due_on=after(world, 5), answer="",
            now=now,
        ),
        meeting: lambda: meeting_services.cancel_meeting(
            actor=employment, meeting_id=meeting.pk, cancelled_because="Ill.", now=now
        ),
        goal: lambda: plan.drop_goal(actor=employment, goal_id=goal.pk, revision=1, now=now),
        wish: lambda: plan.answer_review_request(
            actor=employment, request_id=wish.pk, state=ReviewState.AGREED, answer="", now=now
        ),
    }  # fmt: skip
    for subject, happens in events.items():
        assert standing(subject), subject
        happens()
        assert not standing(subject), subject


def test_one_case_brought_up_to_date_leaves_the_reminders_of_the_others_as_they_are(
    world: World,
) -> None:
    remind(actor=NIGHT, on=after(world, 0))
    others = Reminder.objects.filter(ended_on=None).exclude(case=world.case)
    moved = others.filter(kind="plan_due")[0]
    Reminder.objects.filter(pk=moved.pk).update(due_on=after(world, 500))  # without cause now
    before = set(others.values_list("pk", "due_on"))
    done = remind(actor=NIGHT, on=after(world, 0), first=world.case.pk, last=world.case.pk)
    assert (done.raised, done.ended) == (0, 0)
    assert set(others.values_list("pk", "due_on")) == before
    everywhere = remind(actor=NIGHT, on=after(world, 0))
    assert (everywhere.raised, everywhere.ended) == (1, 1)
    # What ended too early stands again, and is not made a second time.
    mine = Reminder.objects.filter(case=world.case, kind="plan_due")
    count = mine.count()
    mine.update(ended_on=after(world, 0))
    again = remind(actor=NIGHT, on=after(world, 0), first=world.case.pk, last=world.case.pk)
    assert (again.raised, mine.count()) == (count, count)
    assert not mine.exclude(ended_on=None).exists()
