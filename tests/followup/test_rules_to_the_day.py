"""The figures of every rule, and each side of each limit: a day earlier, a state beside it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from benefits.models import ExpectedFlag
from caseplan.meetings import services as meeting_services
from caseplan.meetings.models import Meeting
from caseplan.messages import services as message_services
from caseplan.messages.models import ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.models import Action, Goal, GoalRating, PlannedService, PlanVersion
from cases.models import Case, Cover, TeamMembership
from common.actor import system_actor
from common.bodies import Body, Party, Receiver
from common.clock import HELSINKI, day_of
from common.dates import add_months
from common.history import save_with_history
from common.reminders import ReminderKind
from consent.models import Category, Choice, Consent, ConsentRequest
from consent.services import confirm_written, decide
from followup import rules, services
from followup.models import Feeling, FollowUpPoint, Reminder, ReminderRule
from followup.models.reminder import Level
from followup.rules import rule_of, rules_in
from followup.services import remind, remind_beside_cases
from people.models import Position, User
from statutes.reader import law_on
from tests.builders import written_down
from tests.personas import World

NIGHT = system_actor("night")
_K = ReminderKind
# Days before its day (-1: the day after it; 1000: from the first day), what it counts to; then so
# many days after its day to the leader and to the director; and whether a statute asks for it.
FIGURES: dict[ReminderKind, tuple[int, int | None, int | None, int | None, bool]] = {
    _K.PLAN_DUE: (1000, None, 7, 30, True),
    _K.REVIEW_DUE: (30, None, 7, 30, True),
    _K.REVIEW_ASKED: (1000, 14, 7, 30, True),
    _K.CORRECTION_DUE: (1000, None, 0, 7, True),
    _K.QUESTION_DUE: (1000, None, None, None, True),
    _K.ACTION_DUE: (3, None, None, None, False),
    _K.ACTION_OVERDUE: (-1, None, 30, 60, False),
    _K.REQUEST_WAITS: (3, None, 3, 14, False),
    _K.MESSAGE_WAITS: (0, 3, 7, None, False),
    _K.MEETING_NEXT: (1, None, None, None, False),
    _K.CONSENT_ASKED: (0, None, None, None, False),
    _K.CONSENT_ENDS: (14, None, None, None, False),
    _K.CONSENT_WAITS: (7, None, None, None, False),
    _K.WRITTEN_ENDS: (30, None, None, None, False),
    _K.TRIGGER_COMING: (30, None, None, None, False),
    _K.NO_CONTACT: (0, 60, 30, None, False),
    _K.CHECK_IN: (0, 28, None, None, False),
    _K.HELP_WANTED: (0, None, 5, 14, False),
    _K.POINT_DUE: (0, None, 30, None, False),
    _K.GOAL_STALLED: (0, 90, None, None, False),
    _K.LONG_SERVICE: (0, 1096, None, None, False),
    _K.ALL_ON_CLIENT: (0, 2, None, None, False),
    _K.SAME_AGAIN: (0, None, None, None, False),
    _K.COVER_ENDS: (3, None, None, None, False),
    _K.CONSULTATION_WAITS: (2, None, None, 7, False),
    _K.GO_ON_WAITS: (3, None, 0, 14, False),
    _K.OWN_REQUEST_WAITS: (5, None, 0, 7, True),
}


def after(world: World, days: int) -> date:
    return day_of(world.now) + timedelta(days=days)


def reminded(world: World, kind: str, on: date, level: int = Level.OWN) -> set[str]:
    """The user names that stand reminded of the joint case once the night of a day is done."""
    remind(actor=NIGHT, on=on)
    rows = Reminder.objects.filter(case=world.case, kind=kind, level=level, ended_on=None)
    return set(rows.values_list("for_user__username", flat=True))


def the_case(world: World) -> Any:
    return Case.objects.filter(pk=world.case.pk)


def leads(username: str) -> None:
    Position.objects.filter(user__username=username).update(leads=True)


def test_every_kind_has_the_figures_of_the_national_core() -> None:
    found = {
        kind: (rule.notice, rule.allowed, rule.leader_after, rule.director_after, rule.statutory)
        for kind in ReminderKind
        for rule in [rule_of(kind)]
    }
    assert found == FIGURES


# What a network decided


def decided(world: World, kind: ReminderKind, **figures: Any) -> None:
    services.decide_rule(
        **{
            "actor": world.actor("director"), "kind": kind, "is_on": True, "notice": 0,
            "allowed": None, "leader_after": None, "director_after": None, "now": world.now,
            **figures,
        }
    )  # fmt: skip


def test_what_a_network_decided_holds_there_the_newest_of_it_and_nothing_else_changes(
    world: World,
) -> None:
    mine, other = world.case.network_id, world.actor("outsider").working_network_id
    assert other is not None
    decided(world, _K.MESSAGE_WAITS, notice=4, allowed=9, leader_after=8, director_after=20)
    newest = world.now + timedelta(minutes=1)
    decided(
        world, _K.MESSAGE_WAITS, notice=1, allowed=5, leader_after=2, director_after=6, now=newest
    )
    # Written earlier, and found later in the table.
    ReminderRule.objects.create(
        network_id=mine, kind=_K.MESSAGE_WAITS, notice=7, decided_at=world.now - timedelta(days=1),
        decided_by_id=world.actor("director").user_id,
    )  # fmt: skip
    found = {(one.network, one.rule.kind): one for one in rules_in([mine, other])}
    assert set(found) == {(network, kind) for network in (mine, other) for kind in ReminderKind}
    here, there = found[mine, _K.MESSAGE_WAITS], found[other, _K.MESSAGE_WAITS]
    assert (here.notice, here.allowed, here.leader_after, here.director_after) == (1, 5, 2, 6)
    assert (there.notice, there.allowed, there.leader_after, there.director_after) == (
        0,
        3,
        7,
        None,
    )
    assert found[mine, _K.CHECK_IN].allowed == 28


def test_what_a_network_left_empty_is_as_in_the_core_and_nought_is_a_figure(world: World) -> None:
    def here(**given: Any) -> tuple[bool, int, int | None, int | None, int | None]:
        ReminderRule.objects.all().delete()
        ReminderRule.objects.create(
            network_id=world.case.network_id, decided_at=world.now,
            decided_by_id=world.actor("director").user_id, **given,
        )  # fmt: skip
        (one,) = [
            one for one in rules_in([world.case.network_id]) if one.rule.kind == given["kind"]
        ]
        return one.is_on, one.notice, one.allowed, one.leader_after, one.director_after

    assert here(kind=_K.REQUEST_WAITS) == (True, 3, None, 3, 14)
    none_at_all = {"notice": 0, "leader_after": 0, "director_after": 0}
    assert here(kind=_K.REQUEST_WAITS, **none_at_all) == (True, 0, None, 0, 0)
    assert here(kind=_K.CHECK_IN, allowed=0) == (True, 0, 0, None, None)
    assert here(kind=_K.REQUEST_WAITS, is_on=False)[0] is False
    assert here(kind=_K.REVIEW_DUE, is_on=False)[0] is True, "a statute asks"


# The plan


@pytest.mark.parametrize("started", [date(2015, 1, 1), date(2024, 12, 31), date(2025, 1, 1)])
def test_the_law_of_the_day_a_case_began_says_until_when_its_plan_is_made(
    world: World, started: date
) -> None:
    """Once, also on the first and the last day of an Act."""
    the_case(world).update(started_on=started, first_contact_on=started)
    remind(actor=NIGHT, on=after(world, 0))
    due = Reminder.objects.filter(case=world.case, kind="plan_due", ended_on=None).filter(
        for_user__username="client"
    )
    assert [row.due_on for row in due] == [add_months(started, 3)]


def test_before_there_was_a_law_and_before_it_begins_no_plan_is_due(world: World) -> None:
    the_case(world).update(started_on=date(2014, 12, 31), first_contact_on=date(2014, 12, 31))
    assert reminded(world, "plan_due", after(world, 0)) == set()
    the_case(world).update(started_on=after(world, 1))
    assert reminded(world, "plan_due", after(world, 0)) == set()
    assert reminded(world, "plan_due", after(world, 1)) == {"employment", "client"}


def test_the_review_of_the_plan_in_force_and_of_none_before_it(world: World) -> None:
    def agreed(version: PlanVersion, now: datetime, *parties: str) -> PlanVersion:
        for party in parties:
            plan.accept_plan(actor=world.actor(party), version_id=version.pk, now=now)
        version.refresh_from_db()
        return version

    first = agreed(world.version, world.now, "social", "kela", "client")
    assert first.review_due_on is not None
    assert reminded(world, "review_due", first.review_due_on) == {"employment", "client"}
    later = world.now + timedelta(days=20)
    second = plan.propose_plan(actor=world.actor("employment"), case=world.case, now=later)
    agreed(second, later, "employment", "social", "kela", "client")
    assert second.review_due_on is not None
    remind(actor=NIGHT, on=second.review_due_on)
    standing = Reminder.objects.filter(case=world.case, kind="review_due", ended_on=None)
    assert set(standing.values_list("subject_id", flat=True)) == {second.pk}


# Steps, requests, messages


def step(world: World, owner: Party, due: date, **given: Any) -> Action:
    action = Action(
        **{
            "case": world.case, "goal": world.own_goal, "text": "A step",
            "category": Category.PLAN_FOLLOW_UP, "owner_party": owner, "due_on": due,
            "recorded_for": Party.SOCIAL, "recorded_at": world.now,
            "recorded_by_id": world.actor("social").user_id,
            "owner_id": None if owner == Party.CLIENT else world.actor(owner.value).user_id,
            **given,
        }
    )  # fmt: skip
    return save_with_history(NIGHT, action, now=world.now)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("state", "stands"),
    [("planned", True), ("in_progress", True), ("waiting", True), ("done", False),
     ("dropped", False)],
)  # fmt: skip
def test_an_open_step_reminds_before_and_after_its_day_and_a_closed_one_never(
    world: World, state: str, stands: bool
) -> None:
    Action.objects.filter(case=world.case).update(due_on=after(world, 300))
    steps = {step(world, owner, after(world, 10)).pk for owner in (Party.KELA, Party.CLIENT)}
    if not stands:
        Action.objects.filter(pk__in=steps).update(
            closed_at=world.now, closed_by=world.actor("social").user_id, state=state,
            state_reason="No need.",
        )  # fmt: skip
    else:
        waits = {"waiting_for": Party.SOCIAL} if state == "waiting" else {}
        Action.objects.filter(pk__in=steps).update(state=state, **waits)
    whose = {"kela", "client"} if stands else set()
    assert reminded(world, "action_due", after(world, 10)) == whose
    assert reminded(world, "action_overdue", after(world, 11)) == whose
    assert reminded(world, "action_due", after(world, 11)) == set()


def asks_social(world: World, answer_by: date) -> Any:
    return plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="A day", answer_by=answer_by, now=world.now,
    )  # fmt: skip


def test_a_request_reminds_nobody_who_left_the_team_or_their_work(world: World) -> None:
    asks_social(world, after(world, 1))
    assert reminded(world, "request_waits", after(world, 0)) == {"social"}
    memberships = TeamMembership.objects.filter(
        case=world.case, user__username="social", until=None
    )
    (membership,) = memberships
    memberships.update(until=world.now, ended_by=world.actor("employment").user_id)
    assert reminded(world, "request_waits", after(world, 0)) == set()
    TeamMembership.objects.filter(pk=membership.pk).update(until=None, ended_by=None)
    assert reminded(world, "request_waits", after(world, 0)) == {"social"}
    Position.objects.filter(user__username="social").update(until=world.now)
    assert reminded(world, "request_waits", after(world, 0)) == set()


def test_a_message_goes_up_to_the_leader_after_its_week_and_no_further(world: World) -> None:
    leads("colleague")
    message_services.start_thread(
        actor=world.actor("client"), case=world.case, kind=ThreadKind.DIALOGUE, topic="T",
        text="?", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    up = ("message_waits",)
    assert reminded(world, *up, after(world, 10), Level.LEADER) == set()
    assert reminded(world, *up, after(world, 11), Level.LEADER) == {"colleague"}
    assert reminded(world, *up, after(world, 300), Level.DIRECTOR) == set()


# Meetings and consents


def is_held(world: World, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        state="held",
        client_present=True,
        closed_at=world.now,
        closed_by=world.actor("employment").user_id,
    )


def test_the_meeting_of_today_stands_and_one_that_was_held_does_not(world: World) -> None:
    meeting = meeting_services.call_meeting(
        actor=world.actor("employment"), case=world.case, starts_at=world.now + timedelta(days=5),
        minutes_long=60, place="Here", remote_link="",
        member_ids=[world.actor("kela").writer_id], now=world.now,
    )  # fmt: skip
    everybody = {"employment", "kela", "client"}
    assert reminded(world, "meeting_next", after(world, 5)) == everybody
    is_held(world, meeting)
    assert reminded(world, "meeting_next", after(world, 5)) == set()


def test_an_unanswered_request_for_consent_is_brought_up_to_who_asked_while_on_the_team(
    world: World,
) -> None:
    asked = ConsentRequest.objects.get(case=world.case, closed_at=None)
    days = law_on(after(world, 0)).figure("consent_request_reminder_days").value
    due = day_of(asked.asked_at) + timedelta(days=days)
    who = User.objects.get(pk=asked.asked_by_id).username
    assert reminded(world, "consent_asked", due - timedelta(days=1)) == set()
    assert reminded(world, "consent_asked", due) == {"client", who}
    TeamMembership.objects.filter(case=world.case, user__username=who, until=None).update(
        until=world.now, ended_by=world.actor("employment").user_id
    )
    assert reminded(world, "consent_asked", due) == {"client"}
    ConsentRequest.objects.filter(pk=asked.pk).update(closed_at=world.now)
    assert reminded(world, "consent_asked", due) == set()


def gives(world: World, choice: Choice, last: date | None = None) -> None:
    decide(
        actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
        categories=[Category.SOCIAL_SITUATION], purpose="p", valid_to=last, now=world.now,
    )  # fmt: skip


def test_a_consent_reminds_of_its_end_up_to_its_last_day_unless_taken_back(world: World) -> None:
    gives(world, Choice.GRANTED, after(world, 5))
    assert reminded(world, "consent_ends", after(world, 5)) == {"client", "kela"}
    assert reminded(world, "consent_ends", after(world, 6)) == set()
    gives(world, Choice.REVOKED)
    assert reminded(world, "consent_ends", after(world, 5)) == set()


def test_a_no_that_ends_is_no_consent_that_ends(world: World) -> None:
    gives(world, Choice.DENIED, after(world, 5))
    assert reminded(world, "consent_ends", after(world, 5)) == set()


def test_a_body_that_is_on_no_team_leaves_the_client_alone_to_be_told(world: World) -> None:
    gives(world, Choice.GRANTED, after(world, 5))
    TeamMembership.objects.filter(case=world.case, user__username="kela", until=None).update(
        until=world.now, ended_by=world.actor("employment").user_id
    )
    assert reminded(world, "consent_ends", after(world, 5)) == {"client"}


def heard(world: World, **said: Any) -> Consent:
    return written_down(
        world.case, by=world.actor("social"), now=world.now,
        categories=[Category.SOCIAL_SITUATION], **said,
    )  # fmt: skip


def test_what_was_written_down_is_brought_up_a_week_before_it_lapses_until_it_is_answered(
    world: World,
) -> None:
    consent = heard(world)
    assert reminded(world, "consent_waits", after(world, 22)) == set()
    assert reminded(world, "consent_waits", after(world, 23)) == {"client", "social"}
    assert reminded(world, "consent_waits", after(world, 31)) == set()
    assert reminded(world, "consent_waits", after(world, 30)) == {"client", "social"}
    confirm_written(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    standing = Reminder.objects.filter(kind="consent_waits", ended_on=None)
    assert not standing.exists(), "at once, not by the next night"


def test_where_who_wrote_it_down_has_left_the_team_the_case_manager_is_reminded(
    world: World,
) -> None:
    heard(world)
    TeamMembership.objects.filter(case=world.case, user__username="social", until=None).update(
        until=world.now, ended_by=world.actor("employment").user_id
    )
    assert reminded(world, "consent_waits", after(world, 25)) == {"client", "employment"}


def test_what_was_written_down_and_confirmed_is_asked_for_anew_before_it_ends(
    world: World,
) -> None:
    heard(world, valid_to=after(world, 100), confirmed_by=world.actor("client"))
    assert reminded(world, "written_ends", after(world, 69)) == set()
    assert reminded(world, "written_ends", after(world, 70)) == {"employment"}
    assert reminded(world, "consent_ends", after(world, 86)) == {"client", "kela"}
    assert reminded(world, "written_ends", after(world, 101)) == set()
    gives(world, Choice.GRANTED)  # by the client's own word from here on
    assert reminded(world, "written_ends", after(world, 70)) == set()


def test_a_trigger_that_comes_today_is_still_told_and_yesterdays_is_not(world: World) -> None:
    ExpectedFlag.objects.update_or_create(
        person_id=world.case.person_id, rule="unemployed_12_months",
        defaults={"expected_on": after(world, 1)},
    )  # fmt: skip
    assert reminded(world, "trigger_coming", after(world, 1)) == {"employment"}
    assert reminded(world, "trigger_coming", after(world, 2)) == set()


# The life of a case


def test_a_meeting_that_was_held_is_contact_and_one_that_was_not_is_none(world: World) -> None:
    old = world.now - timedelta(days=200)
    the_case(world).update(opened_at=old)
    Goal.objects.filter(case=world.case).update(recorded_at=old)
    Action.objects.filter(case=world.case).update(recorded_at=old)
    meeting = meeting_services.call_meeting(
        actor=world.actor("employment"), case=world.case, starts_at=world.now + timedelta(days=1),
        minutes_long=60, place="Here", remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip
    assert reminded(world, "no_contact", after(world, 2)) == {"employment"}
    is_held(world, meeting)
    assert reminded(world, "no_contact", after(world, 60)) == set()
    assert reminded(world, "no_contact", after(world, 61)) == {"employment"}
    leads("colleague")
    assert reminded(world, "no_contact", after(world, 91), Level.LEADER) == set()
    assert reminded(world, "no_contact", after(world, 92), Level.LEADER) == {"colleague"}


@pytest.mark.parametrize("moves", ["the goal", "a step", "a closed step", "a rating"])
def test_the_newest_movement_of_any_kind_counts_for_a_goal(world: World, moves: str) -> None:
    old, lately = world.now - timedelta(days=200), world.now
    goal = Goal.objects.filter(pk=world.joint_goal.pk)
    goal.update(recorded_at=old)
    closed_at = lately if moves == "a closed step" else None
    Action.objects.filter(goal=world.joint_goal).delete()
    made = step(
        world, Party.SOCIAL, after(world, 300), goal=world.joint_goal,
        recorded_at=lately if moves == "a step" else old,
    )  # fmt: skip
    if closed_at:
        Action.objects.filter(pk=made.pk).update(
            state="done", closed_at=closed_at, closed_by=world.actor("social").user_id
        )
    if moves == "the goal":
        goal.update(recorded_at=lately)
    GoalRating(
        case=world.case, goal=world.joint_goal, status="a_little", category=Category.PLAN_FOLLOW_UP,
        recorded_for=Party.SOCIAL, recorded_by_id=world.actor("social").user_id,
        recorded_at=lately if moves == "a rating" else old,
    ).save()  # fmt: skip

    def stalled(days: int) -> bool:
        remind(actor=NIGHT, on=after(world, days))
        return Reminder.objects.filter(
            subject_id=world.joint_goal.pk, kind="goal_stalled", ended_on=None
        ).exists()

    assert not stalled(89)
    assert stalled(90)
    goal.update(dropped_at=world.now, dropped_by=world.actor("social").user_id)
    assert not stalled(90)


def test_a_goal_that_was_reached_is_not_stalled(world: World) -> None:
    Goal.objects.filter(pk=world.joint_goal.pk).update(recorded_at=world.now)
    plan.rate_goal(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk,
        status="reached",  # type: ignore[arg-type]
        comment="", now=world.now,
    )  # fmt: skip
    remind(actor=NIGHT, on=after(world, 300))
    stalled = Reminder.objects.filter(kind="goal_stalled", ended_on=None, case=world.case)
    subjects = set(stalled.values_list("subject_id", flat=True))
    assert world.joint_goal.pk not in subjects and world.own_goal.pk in subjects


def test_only_open_steps_are_a_burden_and_the_newest_says_since_when(world: World) -> None:
    Action.objects.filter(case=world.case).delete()
    step(world, Party.CLIENT, after(world, 9), recorded_at=world.now - timedelta(days=6))
    for _number in range(2):
        step(
            world, Party.CLIENT, after(world, 9), state="done", closed_at=world.now,
            closed_by_id=world.actor("social").user_id,
        )  # fmt: skip
    assert reminded(world, "all_on_client", after(world, 0)) == set(), "one is open"
    step(world, Party.CLIENT, after(world, 9), recorded_at=world.now - timedelta(days=4))
    step(
        world, Party.KELA, after(world, 9), state="done", closed_at=world.now,
        closed_by_id=world.actor("social").user_id,
    )  # fmt: skip
    assert reminded(world, "all_on_client", after(world, 0)) == {"employment"}
    row = Reminder.objects.get(case=world.case, kind="all_on_client")
    assert row.due_on == after(world, -4)


def served(world: World, days: int, **given: Any) -> PlannedService:
    planned_service = PlannedService(
        **{
            "case": world.case, "category": Category.PLAN_FOLLOW_UP, "body": "employment",
            "name": "One", "service": "work_trial", "recorded_for": Party.EMPLOYMENT,
            "recorded_by_id": world.actor("employment").user_id,
            "recorded_at": world.now + timedelta(days=days), **given,
        }
    )  # fmt: skip
    return save_with_history(NIGHT, planned_service, now=world.now)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("before", "again", "same"),
    [
        ({}, {"name": "Another word for it"}, True),  # of one kind
        ({"service": "other"}, {"service": "other", "name": "Two"}, False),
        ({"service": ""}, {"service": "", "name": "Two"}, False),
        ({"service": "other"}, {"service": "other", "name": "ONE"}, True),  # of one name
        ({}, {"service": "job_coaching", "name": "one"}, True),
        ({}, {"service": "job_coaching", "name": "Two"}, False),
        ({}, {"body": "social", "recorded_for": "social"}, False),
    ],
)
def test_what_is_the_same_service_again(
    world: World, before: dict[str, Any], again: dict[str, Any], same: bool
) -> None:
    PlannedService.objects.filter(case=world.case).delete()
    served(world, -3, **before)
    newest = served(world, -1, **again)
    assert (reminded(world, "same_again", after(world, 0)) == {"employment"}) == same
    if same:
        row = Reminder.objects.get(case=world.case, kind="same_again", ended_on=None)
        assert (row.subject_id, row.due_on) == (newest.pk, after(world, -1))
        served(world, 0, service="pay_subsidy", name="Something else")
        assert reminded(world, "same_again", after(world, 0)) == set(), "it went on from there"


def test_what_was_the_same_before_in_another_case_is_not_the_same_again(world: World) -> None:
    PlannedService.objects.filter(case=world.case).delete()
    other = Case.objects.get(person__user__username="client2")
    served(world, -3, case=other)
    served(world, -1)
    assert reminded(world, "same_again", after(world, 0)) == set()
    served(world, 0, case=other, name="Newest of all", service="pay_subsidy")
    served(world, 0)
    assert reminded(world, "same_again", after(world, 0)) == {"employment"}


@pytest.mark.parametrize("days", [5, 14])
def test_a_call_for_help_goes_up_after_five_days_and_after_two_weeks(
    world: World, days: int
) -> None:
    leads("colleague")
    services.check_in(
        actor=world.actor("client"), case=world.case, feeling="stuck",  # type: ignore[arg-type]
        now=world.now,
    )  # fmt: skip
    leader, directors = {"colleague"}, {"director", "deputy"}
    level, who = (Level.LEADER, leader) if days == 5 else (Level.DIRECTOR, directors)
    assert reminded(world, "help_wanted", after(world, days), level) == set()
    assert reminded(world, "help_wanted", after(world, days + 1), level) == who


def test_a_cover_is_told_of_on_its_last_day_too(world: World) -> None:
    employment, colleague = world.actor("employment"), world.actor("colleague")
    Cover.objects.create(
        user_id=employment.user_id, by_id=colleague.user_id, since=world.now,
        network_id=world.case.network_id, made_by_id=employment.user_id,
        until=datetime.combine(after(world, 10), time(12), HELSINKI),
    )  # fmt: skip

    def told(days: int) -> set[str]:
        remind_beside_cases(actor=NIGHT, on=after(world, days))
        rows = Reminder.objects.filter(kind="cover_ends", ended_on=None)
        return set(rows.values_list("for_user__username", flat=True))

    assert told(10) == {"employment", "colleague"}
    remind(actor=NIGHT, on=after(world, 10))
    assert told(10) == {"employment", "colleague"}, "the night of the cases leaves them"
    assert told(11) == set()


# Whom it goes up to


def test_a_leader_is_reminded_of_their_own_once_and_as_their_own(world: World) -> None:
    leads("employment")
    step(world, Party.EMPLOYMENT, after(world, -200))
    remind(actor=NIGHT, on=after(world, 0))
    mine = Reminder.objects.filter(
        case=world.case, kind="action_overdue", due_on=after(world, -200), ended_on=None
    )
    levels = set(mine.values_list("for_user__username", "level", "about__username"))
    assert levels == {
        ("employment", Level.OWN, None), ("director", Level.DIRECTOR, "employment"),
        ("deputy", Level.DIRECTOR, "employment"),
    }  # fmt: skip


def test_what_two_leaders_share_goes_up_once_to_each_office(world: World) -> None:
    """Who stands reminded as a worker is not reminded of it once more as the leader."""
    leads("colleague")
    TeamMembership.objects.create(
        case=world.case, user_id=world.actor("colleague").user_id, role="member", since=world.now
    )
    plan.ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.EMPLOYMENT,
        text="A day", answer_by=after(world, 0), now=world.now,
    )  # fmt: skip
    remind(actor=NIGHT, on=after(world, 4))
    rows = Reminder.objects.filter(case=world.case, kind="request_waits", ended_on=None)
    assert set(rows.values_list("for_user__username", "level")) == {
        ("employment", Level.OWN), ("colleague", Level.OWN),
    }  # fmt: skip


def test_it_goes_up_to_no_leader_of_another_office_and_no_director_of_another_network(
    world: World,
) -> None:
    leads("social")
    leads("outsider")
    outside = Position.objects.get(user__username="outsider")
    user = User.objects.create_user("director2", "x", first_name="D", last_name="D")
    Position.objects.create(
        user=user, role="director", network=outside.network, since=world.now - timedelta(days=1)
    )
    step(world, Party.EMPLOYMENT, after(world, -200))
    assert reminded(world, "action_overdue", after(world, 0), Level.LEADER) == set()
    directors = reminded(world, "action_overdue", after(world, 0), Level.DIRECTOR)
    assert directors == {"director", "deputy"}


def test_who_no_longer_leads_is_told_nothing_more(world: World) -> None:
    leads("colleague")
    step(world, Party.EMPLOYMENT, after(world, -200))
    assert reminded(world, "action_overdue", after(world, 0), Level.LEADER) == {"colleague"}
    Position.objects.filter(user__username="colleague").update(until=world.now)
    assert reminded(world, "action_overdue", after(world, 0), Level.LEADER) == set()


def test_what_is_the_clients_own_goes_up_to_nobody(world: World) -> None:
    leads("colleague")
    step(world, Party.CLIENT, after(world, -200))
    remind(actor=NIGHT, on=after(world, 0))
    rows = Reminder.objects.filter(case=world.case, due_on=after(world, -200), ended_on=None)
    assert set(rows.values_list("for_user__username", "level")) == {("client", Level.OWN)}


def test_a_night_that_is_asked_about_an_earlier_day_ends_nothing_before_it_was_raised(
    world: World,
) -> None:
    action = step(world, Party.KELA, after(world, 10))
    remind(actor=NIGHT, on=after(world, 8))
    done = remind(actor=NIGHT, on=after(world, 2))
    assert done.ended > 0
    row = Reminder.objects.get(subject_id=action.pk)
    assert (row.raised_on, row.ended_on) == (after(world, 8), after(world, 8))
    Action.objects.filter(pk=action.pk).update(due_on=after(world, 20))
    Reminder.objects.filter(pk=row.pk).update(ended_on=None)
    remind(actor=NIGHT, on=after(world, 12))
    row.refresh_from_db()
    assert row.ended_on == after(world, 12), "on the day of the night"


def test_a_question_after_the_end_goes_up_to_the_leader_after_thirty_days(world: World) -> None:
    leads("colleague")
    world.end_case()
    FollowUpPoint.objects.create(
        case=world.case, months=3, due_on=after(world, 90), open_until=after(world, 140),
        asker_id=world.actor("employment").user_id,
    )  # fmt: skip
    assert reminded(world, "point_due", after(world, 89)) == set()
    assert reminded(world, "point_due", after(world, 140)) == {"employment", "client"}
    assert reminded(world, "point_due", after(world, 120), Level.LEADER) == set()
    assert reminded(world, "point_due", after(world, 121), Level.LEADER) == {"colleague"}
    assert rules.rule_of(_K.POINT_DUE).director_after is None


# Of each case its own


def of_every_kind(world: World, case: Case, client: str) -> dict[str, Any]:
    """What reminds of itself, each once in a case; the client asks and waits."""
    employment, own = world.actor("employment"), world.actor(client)
    goal, stalled = (
        plan.add_goal(
            actor=employment, case=case, category=Category.PLAN_FOLLOW_UP, text=text, now=world.now
        )
        for text in ("One", "Two")
    )
    Goal.objects.filter(pk=stalled.pk).update(recorded_at=world.now - timedelta(days=200))
    check_in = services.check_in(actor=own, case=case, feeling=Feeling.HELP, now=world.now)
    served(world, -3, case=case)
    return {
        "review_asked": plan.ask_for_review(actor=own, case=case, reason="", now=world.now),
        "request_waits": plan.ask_body(
            actor=employment, goal_id=goal.pk, to_body=Body.SOCIAL, text="A day",
            answer_by=after(world, 1), now=world.now,
        ),
        "message_waits": message_services.start_thread(
            actor=own, case=case, kind=ThreadKind.DIALOGUE, topic="T", text="?",
            category=Category.PLAN_FOLLOW_UP, now=world.now - timedelta(days=4),
        ),
        "meeting_next": meeting_services.call_meeting(
            actor=employment, case=case, starts_at=world.now + timedelta(days=1), minutes_long=60,
            place="Here", remote_link="", member_ids=[], now=world.now,
        ),
        "action_due": step(world, Party.EMPLOYMENT, after(world, 1), case=case, goal=goal),
        "action_overdue": step(world, Party.EMPLOYMENT, after(world, -1), case=case, goal=goal),
        "goal_stalled": stalled,
        "help_wanted": check_in,
        "same_again": served(world, -1, case=case),
    }  # fmt: skip


@pytest.fixture
def two(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two cases of one manager and one team, in each the same."""
    other = Case.objects.get(person__user__username="client2")
    TeamMembership.objects.filter(case=other, until=None).delete()
    for who, role in (("employment", "case_manager"), ("social", "member")):
        TeamMembership.objects.create(
            case=other, user_id=world.actor(who).user_id, role=role, since=world.now
        )
    PlannedService.objects.filter(case__in=[world.case, other]).delete()
    Action.objects.filter(case__in=[world.case, other]).delete()
    return (
        of_every_kind(world, Case.objects.get(pk=world.case.pk), "client"),
        of_every_kind(world, other, "client2"),
    )


def test_what_is_due_in_one_case_is_due_in_no_other(
    world: World, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    remind(actor=NIGHT, on=after(world, 0))
    for things, client, stranger in ((two[0], "client", "client2"), (two[1], "client2", "client")):
        for kind, thing in things.items():
            rows = Reminder.objects.filter(kind=kind, subject_id=thing.pk, ended_on=None)
            assert {row.case_id for row in rows} == {thing.case_id}, kind
            who = {row.for_user.username for row in rows}
            assert stranger not in who and who & {"employment", "social", client}, kind


def test_what_is_over_is_due_in_no_night_after_it(
    world: World, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    """Asked of the things alone: no event has ended the reminders."""
    mine, by = two[0], world.actor("employment").user_id
    closed: dict[str, dict[str, Any]] = {
        "review_asked": {"state": "agreed", "answered_at": world.now, "answered_by": by},
        "request_waits": {"state": "withdrawn", "answered_at": world.now, "answered_by": by},
        "message_waits": {"waits_for": "nobody"},
        "help_wanted": {"handled_at": world.now, "handled_by": by},
    }
    remind(actor=NIGHT, on=after(world, 0))
    for kind, how in closed.items():
        type(mine[kind]).objects.filter(pk=mine[kind].pk).update(**how)
        remind(actor=NIGHT, on=after(world, 0))
        standing = Reminder.objects.filter(kind=kind, ended_on=None)
        assert not standing.filter(subject_id=mine[kind].pk).exists(), kind
        assert standing.filter(subject_id=two[1][kind].pk).exists(), kind
