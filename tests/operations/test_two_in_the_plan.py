"""Two at once who write in the plan: requests, goals, steps, meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from caseplan.meetings import services as meeting_services
from caseplan.meetings.models import Attendance, Meeting
from caseplan.plan import services as plan
from caseplan.plan.models import Action
from common.bodies import Body
from tests.operations.pairs import (
    Act,
    Two,
    on,
    second_is_told,
)
from tests.personas import World

pytestmark = [pytest.mark.usefixtures("committed_db")]


def a_request_accepted_twice(world: World) -> Two:
    request = plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="A day", answer_by=on(world, 10), now=world.now,
    )  # fmt: skip
    before = Action.objects.count()

    def takes() -> object:
        return plan.accept_request(
            actor=world.actor("social"), request_id=request.pk, due_on=on(world, 5), answer="",
            now=world.now,
        )  # fmt: skip

    return Two(takes, takes, lambda: Action.objects.count() == before + 1)


def a_request_accepted_while_taken_back(world: World) -> Two:
    request = plan.ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="A day", answer_by=on(world, 10), now=world.now,
    )  # fmt: skip
    before = Action.objects.count()
    return Two(
        lambda: plan.withdraw_body_request(
            actor=world.actor("employment"), request_id=request.pk, now=world.now
        ),
        lambda: plan.accept_request(
            actor=world.actor("social"), request_id=request.pk, due_on=on(world, 5), answer="",
            now=world.now,
        ),
        lambda: Action.objects.count() == before,
    )  # fmt: skip


def a_goal_written_by_two(world: World) -> Two:
    def writes(by: str, text: str) -> Act:
        return lambda: plan.edit_goal(
            actor=world.actor(by), goal_id=world.joint_goal.pk, text=text, revision=1,
            now=world.now,
        )  # fmt: skip

    def first_stands() -> bool:
        world.joint_goal.refresh_from_db()
        return bool(world.joint_goal.text == "First.")

    return Two(writes("employment", "First."), writes("social", "Second."), first_stands)


def a_step_closed_by_two(world: World) -> Two:
    step = Action.objects.filter(goal=world.joint_goal).order_by("due_on")[0]

    def closes(state: str, reason: str) -> Act:
        return lambda: plan.close_action(
            actor=world.actor("social"), action_id=step.pk, state=state,  # type: ignore[arg-type]
            reason=reason, revision=step.revision, now=world.now,
        )  # fmt: skip

    return Two(
        closes("done", ""),
        closes("dropped", "Not needed."),
        lambda: Action.objects.get(pk=step.pk).state == "done",
    )


def a_meeting_moved_while_called_off(world: World) -> Two:
    meeting = called(world)
    return Two(
        lambda: meeting_services.cancel_meeting(
            actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Ill.",
            now=world.now,
        ),
        lambda: meeting_services.move_meeting(
            actor=world.actor("social"), meeting_id=meeting.pk, minutes_long=60, place="There",
            starts_at=world.now + timedelta(days=9), remote_link="", revision=1, now=world.now,
        ),
        lambda: Meeting.objects.get(pk=meeting.pk).place == "Here",
    )  # fmt: skip


def coming_to_a_meeting_called_off(world: World) -> Two:
    meeting = called(world)
    client = meeting.participants.get(role="client")
    return Two(
        lambda: meeting_services.cancel_meeting(
            actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Ill.",
            now=world.now,
        ),
        lambda: meeting_services.answer_invitation(
            actor=world.actor("client"), meeting_id=meeting.pk, coming=Attendance.COMES,
            participant_id=client.pk, now=world.now,
        ),
        lambda: not meeting.participants.filter(role="client", coming=Attendance.COMES).exists(),
    )  # fmt: skip


def called(world: World) -> Meeting:
    return meeting_services.call_meeting(
        actor=world.actor("employment"), case=world.case, minutes_long=60, place="Here",
        starts_at=world.now + timedelta(days=5), remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip


PAIRS = [
    a_request_accepted_twice,
    a_request_accepted_while_taken_back,
    a_goal_written_by_two,
    a_step_closed_by_two,
    a_meeting_moved_while_called_off,
    coming_to_a_meeting_called_off,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_who_comes_second_is_told_and_changes_nothing(pair: Callable[[World], Two]) -> None:
    second_is_told(pair)
