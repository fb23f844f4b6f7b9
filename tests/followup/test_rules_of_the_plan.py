"""Steps, requests, messages, meetings and consents remind to the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from benefits.models import ExpectedFlag
from caseplan.meetings import services as meeting_services
from caseplan.messages import services as message_services
from caseplan.messages.models import ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.models import Action
from cases.models import TeamMembership
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from consent.models import Category, Choice, Consent, ConsentRequest
from consent.services import confirm_written, decide
from followup.models import Reminder
from followup.models.reminder import Level
from people.models import Position, User
from statutes.reader import law_on
from tests.builders import written_down
from tests.followup.to_the_day import after, is_held, leads, reminded, step
from tests.personas import World


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
