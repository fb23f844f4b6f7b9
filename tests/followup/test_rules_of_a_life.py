"""What the life of a case reminds of: contact, still goals, services again, help."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from caseplan.meetings import services as meeting_services
from caseplan.plan import services as plan
from caseplan.plan.models import Action, Goal, GoalRating, PlannedService
from cases.models import Case, Cover
from common.bodies import Party
from common.clock import HELSINKI
from consent.models import Category
from followup import services
from followup.models import Reminder
from followup.models.reminder import Level
from followup.services import remind, remind_beside_cases
from tests.followup.to_the_day import NIGHT, after, is_held, leads, reminded, served, step, the_case
from tests.personas import World


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
