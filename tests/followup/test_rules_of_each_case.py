"""What is due in one case is due in no other, and what is over in no night after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.meetings import services as meeting_services
from caseplan.messages import services as message_services
from caseplan.messages.models import ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.models import Action, Goal, PlannedService
from cases.models import Case, TeamMembership
from common.bodies import Body, Party
from consent.models import Category
from followup import services
from followup.models import Feeling, Reminder
from followup.services import remind
from tests.followup.to_the_day import NIGHT, after, served, step
from tests.personas import World


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
