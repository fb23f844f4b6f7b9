"""Each kind of reminder: from which day, for whom, what ends it, and when it goes up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from audit.models import Purpose
from benefits.models import ExpectedFlag
from caseplan.meetings import services as meeting_services
from caseplan.messages import services as message_services
from caseplan.messages.models import Thread, ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.models import Action, BodyRequest, ClockKind, Goal, PlannedService, ReviewState
from caseplan.plan.selectors import cases_of, list_cases, open_case
from cases.models import Cover
from common.actor import system_actor
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.decision import NotAllowed, Refused
from common.history import save_with_history
from common.reminders import ReminderKind
from consent.models import Category, Choice
from consent.services import decide
from followup import rules, services
from followup.models import Feeling, Reminder
from followup.models.reminder import Level
from followup.selectors import escalated_to_leader, list_clocks, reminders_for
from followup.sentences import _SAYS
from followup.services import remind, remind_beside_cases
from people.models import Position
from records.selectors import reading_of
from rights.services import ask_for_correction
from tests.builders import WorkerFactory
from tests.personas import World

NIGHT = system_actor("night")


def after(world: World, days: int) -> date:
    return day_of(world.now) + timedelta(days=days)


def reminded(world: World, kind: str, on: date, level: int = Level.OWN) -> set[str]:
    """The user names that stand reminded of the joint case once the night of a day is done."""
    remind(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(case=world.case, kind=kind, level=level, ended_on=None)
    return set(rows.values_list("for_user__username", flat=True))


def agree(world: World) -> None:
    for party in ("social", "kela", "client"):
        plan.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)


def action_of(world: World, owner: Party, due: date) -> Action:
    action = Action(
        case=world.case, goal=world.own_goal, text="A step", category=Category.PLAN_FOLLOW_UP,
        owner_party=owner, due_on=due, recorded_for=Party.SOCIAL, recorded_at=world.now,
        recorded_by_id=world.actor("social").user_id,
        owner_id=None if owner == Party.CLIENT else world.actor(owner.value).user_id,
    )  # fmt: skip
    return save_with_history(NIGHT, action, now=world.now)  # type: ignore[no-any-return]


def test_an_action_is_brought_up_three_days_ahead_to_whose_it_is(world: World) -> None:
    Action.objects.filter(case=world.case).update(due_on=after(world, 300))
    action_of(world, Party.KELA, after(world, 10))
    action_of(world, Party.CLIENT, after(world, 10))
    assert reminded(world, "action_due", after(world, 6)) == set()
    assert reminded(world, "action_due", after(world, 7)) == {"kela", "client"}
    assert reminded(world, "action_due", after(world, 10)) == {"kela", "client"}
    assert reminded(world, "action_due", after(world, 11)) == set(), "then it is overdue"
    assert {"kela", "client"} <= reminded(world, "action_overdue", after(world, 11))


def test_done_ends_it_at_once_and_not_only_at_night(world: World) -> None:
    action = action_of(world, Party.SOCIAL, after(world, -1))
    assert "social" in reminded(world, "action_overdue", after(world, 0))
    plan.close_action(
        actor=world.actor("social"), action_id=action.pk, state="done",  # type: ignore[arg-type]
        reason="", revision=1, now=world.now,
    )  # fmt: skip
    assert not Reminder.objects.filter(subject_id=action.pk, ended_on=None).exists()


def test_an_overdue_action_goes_to_the_leader_then_to_the_director(world: World) -> None:
    Position.objects.filter(user__username="colleague").update(leads=True)
    Action.objects.filter(case=world.case).update(due_on=after(world, 300))
    action_of(world, Party.EMPLOYMENT, after(world, 0))
    up = ("action_overdue",)
    assert reminded(world, *up, after(world, 30), Level.LEADER) == set()
    assert reminded(world, *up, after(world, 31), Level.LEADER) == {"colleague"}
    assert reminded(world, *up, after(world, 60), Level.DIRECTOR) == set()
    assert reminded(world, *up, after(world, 61), Level.DIRECTOR) == {"director", "deputy"}
    assert reminded(world, *up, after(world, 61)) == {"employment"}, "and stays theirs"


def test_whoever_is_given_the_lead_of_an_office_is_told_what_is_late_there(world: World) -> None:
    office = Position.objects.get(user__username="employment").office
    assert office is not None
    WorkerFactory(username="leader", office=office, now=world.now, leads=True)
    action_of(world, Party.EMPLOYMENT, after(world, -40))
    assert "leader" in reminded(world, "action_overdue", after(world, 0), Level.LEADER)


def test_the_leader_learns_whose_it_is_and_nothing_of_the_client(world: World) -> None:
    Position.objects.filter(user__username="colleague").update(leads=True)
    action_of(world, Party.EMPLOYMENT, after(world, -40))
    remind(actor=NIGHT, on=after(world, 0))
    leader = world.actor("colleague")
    mine = [row for row in escalated_to_leader(leader) if row.who.username == "employment"]
    assert mine and mine[0].oldest == after(world, -40)
    cases = {due.case for due in reminders_for(leader, on=after(world, 0), now=world.now)}
    assert world.case not in cases
    assert escalated_to_leader(world.actor("social")) == []


def test_the_plans_clock_goes_up_a_week_and_a_month_after_its_day(world: World) -> None:
    Position.objects.filter(user__username="colleague").update(leads=True)
    remind(actor=NIGHT, on=after(world, 0))
    due = Reminder.objects.filter(case=world.case, kind="plan_due")[0].due_on
    assert reminded(world, "plan_due", due + timedelta(days=7), Level.LEADER) == set()
    assert reminded(world, "plan_due", due + timedelta(days=8), Level.LEADER) == {"colleague"}
    month_later = due + timedelta(days=31)
    assert reminded(world, "plan_due", month_later, Level.DIRECTOR) == {"director", "deputy"}


def test_a_request_reminds_each_worker_of_the_asked_body(world: World) -> None:
    request = plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="A day", answer_by=after(world, 10), now=world.now,
    )  # fmt: skip
    assert reminded(world, "request_waits", after(world, 6)) == set()
    assert reminded(world, "request_waits", after(world, 7)) == {"social"}
    plan.decline_request(
        actor=world.actor("social"), request_id=request.pk, answer="No.", now=world.now
    )
    assert not Reminder.objects.filter(subject_id=request.pk, ended_on=None).exists()
    assert BodyRequest.objects.filter(pk=request.pk).exists()


def test_whoever_a_message_waits_for_is_reminded_after_three_days(world: World) -> None:
    thread = message_services.start_thread(
        actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic="T",
        text="?", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    assert reminded(world, "message_waits", after(world, 2)) == set()
    assert reminded(world, "message_waits", after(world, 3)) == {"employment"}
    message_services.send_message(
        actor=world.actor("social"), thread_id=thread.pk, text="!", wants_answer=True,
        now=world.now,
    )  # fmt: skip
    assert reminded(world, "message_waits", after(world, 3)) == {"client"}


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


def test_a_meeting_is_brought_up_the_day_before(world: World) -> None:
    meeting_services.call_meeting(
        actor=world.actor("employment"), case=world.case, starts_at=world.now + timedelta(days=5),
        minutes_long=60, place="Here", remote_link="",
        member_ids=[world.actor("kela").writer_id], now=world.now,
    )  # fmt: skip
    assert reminded(world, "meeting_next", after(world, 3)) == set()
    assert reminded(world, "meeting_next", after(world, 4)) == {"employment", "kela", "client"}
    assert reminded(world, "meeting_next", after(world, 6)) == set()


def test_a_consent_that_ends_is_told_to_the_client_and_to_who_reads_by_it(world: World) -> None:
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.GRANTED,
        receiver=Receiver.KELA,
        categories=[Category.SOCIAL_SITUATION], purpose="p", valid_to=after(world, 20),
        now=world.now,
    )  # fmt: skip
    assert reminded(world, "consent_ends", after(world, 5)) == set()
    assert reminded(world, "consent_ends", after(world, 6)) == {"client", "kela"}
    assert reminded(world, "consent_ends", after(world, 21)) == set()


def test_a_trigger_that_comes_is_told_to_the_case_manager(world: World) -> None:
    ExpectedFlag.objects.update_or_create(
        person_id=world.case.person_id, rule="unemployed_12_months",
        defaults={"expected_on": after(world, 40)},
    )  # fmt: skip
    assert reminded(world, "trigger_coming", after(world, 9)) == set()
    assert reminded(world, "trigger_coming", after(world, 10)) == {"employment"}


def test_a_cover_that_ends_is_told_to_both(world: World) -> None:
    employment, colleague = world.actor("employment"), world.actor("colleague")
    Cover.objects.create(
        user_id=employment.user_id, by_id=colleague.user_id, since=world.now,
        network_id=employment.working_network_id, until=world.now + timedelta(days=10),
        made_by_id=employment.user_id,
    )  # fmt: skip

    def told(days: int) -> set[str]:
        remind_beside_cases(actor=NIGHT, on=after(world, days))
        rows = Reminder.objects.filter(kind="cover_ends", ended_on=None)
        return set(rows.values_list("for_user__username", flat=True))

    assert told(6) == set()
    assert told(7) == {"employment", "colleague"}
    [due] = [
        due
        for due in reminders_for(employment, on=after(world, 7), now=world.now)
        if due.kind == "cover_ends"
    ]
    assert due.case is None
    assert told(11) == set()


def test_nobody_in_contact_for_sixty_days(world: World) -> None:
    type(world.case).objects.filter(pk=world.case.pk).update(opened_at=world.now)
    Goal.objects.filter(case=world.case).update(recorded_at=world.now)
    Action.objects.filter(case=world.case).update(recorded_at=world.now)
    assert reminded(world, "no_contact", after(world, 59)) == set()
    assert reminded(world, "no_contact", after(world, 60)) == {"employment"}
    services.check_in(
        actor=world.actor("client"), case=world.case, feeling=Feeling.WELL,
        now=world.now + timedelta(days=30),
    )  # fmt: skip
    assert reminded(world, "no_contact", after(world, 60)) == set(), "the client's answer counts"
    assert reminded(world, "no_contact", after(world, 90)) == {"employment"}


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


@pytest.mark.parametrize("contact", ["opening", "goal", "step", "closed step", "message"])
def test_the_newest_contact_of_any_kind_counts(world: World, contact: str) -> None:
    """All the rest lies long back: sixty days run from the one that came last."""
    old, lately = world.now - timedelta(days=200), world.now
    case = type(world.case).objects.filter(pk=world.case.pk)
    goals, steps = (model.objects.filter(case=world.case) for model in (Goal, Action))
    case.update(opened_at=old)
    goals.update(recorded_at=old)
    steps.update(recorded_at=old)
    thread = message_services.start_thread(
        actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic="One",
        text="?", category=Category.PLAN_FOLLOW_UP, now=old,
    )  # fmt: skip
    Thread.objects.filter(case=world.case).update(newest_at=old)
    assert reminded(world, "no_contact", after(world, 0)) == {"employment"}
    if contact == "opening":
        case.update(opened_at=lately)
    elif contact == "goal":
        goals.filter(pk=world.joint_goal.pk).update(recorded_at=lately)
    elif contact == "step":
        steps.filter(pk=world.action.pk).update(recorded_at=lately)
    elif contact == "closed step":
        steps.filter(pk=world.action.pk).update(
            state="done", closed_at=lately, closed_by=world.actor("social").user_id
        )
    else:
        Thread.objects.filter(pk=thread.pk).update(newest_at=lately)
    assert reminded(world, "no_contact", after(world, 59)) == set()
    assert reminded(world, "no_contact", after(world, 60)) == {"employment"}


def test_the_client_is_asked_how_it_goes_every_four_weeks_and_the_answer_ends_it(
    world: World,
) -> None:
    type(world.case).objects.filter(pk=world.case.pk).update(opened_at=world.now)
    case = type(world.case).objects.get(pk=world.case.pk)
    assert reminded(world, "check_in", after(world, 27)) == set()
    assert reminded(world, "check_in", after(world, 28)) == {"client"}
    services.check_in(
        actor=world.actor("client"), case=case, feeling=Feeling.WELL,
        now=world.now + timedelta(days=28),
    )  # fmt: skip
    assert not Reminder.objects.filter(case=case, kind="check_in", ended_on=None).exists()
    assert reminded(world, "check_in", after(world, 55)) == set()
    assert reminded(world, "check_in", after(world, 56)) == {"client"}


@pytest.mark.parametrize("feeling", list(Feeling))
def test_stuck_and_help_call_the_case_manager_at_once_first_of_all(
    world: World, feeling: Feeling
) -> None:
    client = world.actor("client")
    said = services.check_in(actor=client, case=world.case, feeling=feeling, now=world.now)
    on = day_of(world.now)
    worker = world.actor("employment")
    first = reminders_for(worker, on=on, now=world.now)[0]
    calls = feeling in (Feeling.STUCK, Feeling.HELP)
    assert (first.kind == "help_wanted" and first.subject_id == said.pk) == calls
    if calls:
        services.handle_check_in(actor=world.actor("social"), check_in_id=said.pk, now=world.now)
        kinds = {due.kind for due in reminders_for(worker, on=on, now=world.now) if due.case}
        assert not Reminder.objects.filter(subject_id=said.pk, ended_on=None).exists(), kinds


def test_a_goal_without_movement_for_ninety_days(world: World) -> None:
    goals = Goal.objects.filter(pk=world.joint_goal.pk)
    goals.update(recorded_at=world.now)
    Action.objects.filter(goal=world.joint_goal).update(recorded_at=world.now)
    stalled = Reminder.objects.filter(
        subject_id=world.joint_goal.pk, kind="goal_stalled", ended_on=None
    )
    remind(actor=NIGHT, on=after(world, 89))
    assert not stalled.exists()
    remind(actor=NIGHT, on=after(world, 90))
    assert stalled.count() == 1
    plan.rate_goal(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk,
        status="a_little",  # type: ignore[arg-type]
        comment="", now=world.now + timedelta(days=90),
    )  # fmt: skip
    assert not stalled.exists(), "the event itself"
    remind(actor=NIGHT, on=after(world, 91))
    assert not stalled.exists(), "nor the night after it"


def test_every_open_action_on_the_client(world: World) -> None:
    Action.objects.filter(case=world.case).update(state="done", closed_at=world.now,
        closed_by=world.actor("social").user_id)  # fmt: skip
    action_of(world, Party.CLIENT, after(world, 9))
    assert reminded(world, "all_on_client", after(world, 0)) == set(), "one step is no burden yet"
    action_of(world, Party.CLIENT, after(world, 9))
    assert reminded(world, "all_on_client", after(world, 0)) == {"employment"}
    action_of(world, Party.KELA, after(world, 9))
    assert reminded(world, "all_on_client", after(world, 0)) == set()


def test_the_same_service_again_and_three_years_of_service(world: World) -> None:
    first = world.planned_service
    again = PlannedService(
        case=world.case, category=first.category, body=first.body, name=first.name.upper(),
        recorded_for=first.recorded_for, recorded_by=first.recorded_by, recorded_at=world.now,
    )  # fmt: skip
    assert reminded(world, "same_again", after(world, 1)) == set()
    save_with_history(NIGHT, again, now=world.now)
    assert reminded(world, "same_again", after(world, 1)) == {"employment"}
    assert world.case.started_on is not None
    three_years = world.case.started_on + timedelta(days=1096)
    assert reminded(world, "long_service", three_years - timedelta(days=1)) == set()
    assert reminded(world, "long_service", three_years) == {"employment"}


def test_a_review_the_client_asked_for_and_a_correction(world: World) -> None:
    agree(world)
    client = world.actor("client")
    plan.ask_for_review(actor=client, case=world.case, reason="Changed", now=world.now)
    assert reminded(world, "review_asked", after(world, 0)) == {"employment"}
    due = Reminder.objects.get(case=world.case, kind="review_asked").due_on
    assert due == after(world, 14)
    asked = ask_for_correction(
        actor=client, case=world.case, kind="goal", subject_id=str(world.debts_goal.pk),
        statement="Wrong.", now=world.now,
    )  # fmt: skip
    workers = reminded(world, "correction_due", after(world, 0))
    assert workers == {str(asked.to_body)}


def test_a_clock_that_stands_still_moves_its_day_and_says_why(world: World) -> None:
    remind(actor=NIGHT, on=after(world, 0))
    before = Reminder.objects.get(
        case=world.case, kind="plan_due", for_user__username="employment"
    ).due_on
    services.move_clock(
        actor=world.actor("employment"), case=world.case, kind=ClockKind.PLAN,
        from_on=after(world, 1), to_on=after(world, 10), why="In hospital.", now=world.now,
    )  # fmt: skip
    standing = Reminder.objects.get(
        case=world.case, kind="plan_due", for_user__username="employment", ended_on=None
    )
    assert standing.due_on == before + timedelta(days=10), "both days count"
    with pytest.raises(Refused):
        services.move_clock(
            actor=world.actor("employment"), case=world.case, kind=ClockKind.PLAN,
            from_on=after(world, 1), to_on=after(world, 2), why=" ", now=world.now,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        services.move_clock(
            actor=world.actor("client"), case=world.case, kind=ClockKind.PLAN,
            from_on=after(world, 1), to_on=after(world, 2), why="Me", now=world.now,
        )  # fmt: skip


@pytest.mark.parametrize("kind", [ClockKind.PLAN, ClockKind.REVIEW])
def test_pages_lists_and_reminders_say_the_same_day(world: World, kind: ClockKind) -> None:
    """One clock: what the case says, and the list, is the day that the reminder goes by."""
    worker, client = world.actor("employment"), world.actor("client")
    if kind == ClockKind.REVIEW:
        agree(world)

    def said() -> tuple[date, date]:
        page = open_case(worker, world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)
        reading = reading_of(worker, now=world.now)
        (row,) = (
            row
            for row in list_cases(reading, cases_of(reading), searched=False)
            if row.case.pk == world.case.pk
        )
        assert page.clock is not None and row.clock is not None
        assert page.clock.kind == row.clock.kind == kind
        assert page.clock.law_due_on == row.clock.law_due_on == by_law
        return page.clock.due_on, row.clock.due_on

    (clock,) = list_clocks(reading_of(client, now=world.now), world.case)
    by_law = clock.law_due_on
    assert said() == (by_law, by_law)
    for from_on, to_on in ((1, 10), (20, 20)):
        services.move_clock(
            actor=worker, case=world.case, kind=kind, why="In hospital.", now=world.now,
            from_on=after(world, from_on), to_on=after(world, to_on),
        )  # fmt: skip
    moved = by_law + timedelta(days=11)
    assert said() == (moved, moved)
    (clock,) = list_clocks(reading_of(client, now=world.now), world.case)
    assert clock.due_on == moved
    remind(actor=NIGHT, on=moved)
    assert Reminder.objects.filter(case=world.case, kind=kind.value, due_on=moved).exists()


def test_a_network_changes_a_figure_and_only_its_own(world: World) -> None:
    decided: dict[str, Any] = {
        "kind": ReminderKind.LONG_SERVICE, "is_on": True, "notice": 0, "allowed": 10,
        "leader_after": None, "director_after": None, "now": world.now,
    }  # fmt: skip
    services.decide_rule(actor=world.actor("director"), **decided)
    assert world.case.started_on is not None
    assert reminded(world, "long_service", world.case.started_on + timedelta(days=10))
    elsewhere = Reminder.objects.filter(kind="long_service").exclude(
        case__network=world.case.network_id
    )
    assert not elsewhere.exists()
    services.decide_rule(actor=world.actor("director"), **{**decided, "is_on": False})
    assert not reminded(world, "long_service", world.case.started_on + timedelta(days=10))
    with pytest.raises(NotAllowed):
        services.decide_rule(actor=world.actor("employment"), **decided)


def test_what_a_statute_asks_for_cannot_be_turned_off(world: World) -> None:
    for rule in rules.all_rules():
        given = {
            "actor": world.actor("director"), "kind": rule.kind, "is_on": False,
            "notice": rule.notice, "allowed": rule.allowed, "leader_after": None,
            "director_after": None, "now": world.now,
        }  # fmt: skip
        if rule.statutory:
            with pytest.raises(Refused):
                services.decide_rule(**given)
        else:
            services.decide_rule(**given)
    remind(actor=NIGHT, on=after(world, 200))
    left = set(
        Reminder.objects.filter(case=world.case, ended_on=None).values_list("kind", flat=True)
    )
    assert left == {"plan_due"}


def test_every_kind_has_a_rule_and_a_sentence(world: World) -> None:
    kinds = {rule.kind for rule in (*rules.all_rules(), *rules.BESIDE_CASES)}
    assert kinds == set(ReminderKind) == set(_SAYS)


def test_one_statement_for_any_number_of_cases(
    world: World, django_assert_num_queries: Any
) -> None:
    """The networks, what they decided, the statement, and the two of its transaction."""
    with django_assert_num_queries(5):
        remind(actor=NIGHT, on=after(world, 0))


def test_the_leap_day(world: World) -> None:
    """A year from 29 February ends on 28 February; the reminder stands on that day."""
    case = type(world.case).objects.filter(pk=world.case.pk)
    case.update(
        started_on=date(2027, 11, 30), opened_at=datetime.fromisoformat("2027-11-30T12:00Z")
    )
    remind(actor=NIGHT, on=date(2028, 2, 28))
    due = Reminder.objects.filter(case=world.case, kind="plan_due", ended_on=None)[0]
    assert due.due_on == date(2028, 2, 29), "three months from 30.11. in a leap year"
