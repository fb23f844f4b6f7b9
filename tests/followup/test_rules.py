"""Each kind of reminder: from which day, for whom, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benefits.models import ExpectedFlag
from caseplan.meetings import services as meeting_services
from caseplan.messages import services as message_services
from caseplan.messages.models import Thread, ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.models import Action, BodyRequest, Goal, PlannedService
from cases.models import Cover
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.history import save_with_history
from consent.models import Category, Choice
from consent.services import decide
from followup import services
from followup.models import Feeling, Reminder
from followup.selectors import reminders_for
from followup.services import remind, remind_beside_cases
from rights.services import ask_for_correction
from tests.followup.to_the_day import NIGHT, after, agree, reminded, step
from tests.personas import World


def test_an_action_is_brought_up_three_days_ahead_to_whose_it_is(world: World) -> None:
    Action.objects.filter(case=world.case).update(due_on=after(world, 300))
    step(world, Party.KELA, after(world, 10))
    step(world, Party.CLIENT, after(world, 10))
    assert reminded(world, "action_due", after(world, 6)) == set()
    assert reminded(world, "action_due", after(world, 7)) == {"kela", "client"}
    assert reminded(world, "action_due", after(world, 10)) == {"kela", "client"}
    assert reminded(world, "action_due", after(world, 11)) == set(), "then it is overdue"
    assert {"kela", "client"} <= reminded(world, "action_overdue", after(world, 11))


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
    step(world, Party.CLIENT, after(world, 9))
    assert reminded(world, "all_on_client", after(world, 0)) == set(), "one step is no burden yet"
    step(world, Party.CLIENT, after(world, 9))
    assert reminded(world, "all_on_client", after(world, 0)) == {"employment"}
    step(world, Party.KELA, after(world, 9))
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
