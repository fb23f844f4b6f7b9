"""What somebody has to do in the joint case, and who stands in for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from caseplan.meetings import services as meetings
from caseplan.meetings.models import Meeting, Participant
from caseplan.plan import services as plan
from caseplan.plan.models import Action
from cases import services
from cases.models import Cover
from common.bodies import Party
from common.clock import day_of
from consent.models import Category
from tests.personas import World


def stands_in(world: World, by: str = "colleague", of: str = "employment") -> Cover:
    today = day_of(world.now)
    return services.cover_absence(
        actor=world.actor(of), user_id=world.actor(of).writer_id,
        by_id=world.actor(by).writer_id, since=today, until=today + timedelta(days=4),
        now=world.now,
    )  # fmt: skip


def is_called(world: World, who: str, at: datetime | None = None) -> Meeting:
    return meetings.call_meeting(
        actor=world.actor(who), case=world.case, starts_at=at or world.now + timedelta(days=2),
        minutes_long=60, place="Room 2", remote_link="", now=world.now,
        member_ids=[world.actor("employment").writer_id],
    )  # fmt: skip


def place_of(world: World, meeting: Meeting, who: str = "employment") -> Participant:
    return meeting.participants.get(user=world.actor(who).writer_id)


def has_step(world: World, in_days: int = 3, repeats_weeks: int | None = None) -> Action:
    employment = world.actor("employment")
    return plan.add_action(
        actor=employment, goal_id=world.joint_goal.pk, text="Call the workshop",
        owner_party=Party.EMPLOYMENT, owner_id=employment.writer_id, repeats_weeks=repeats_weeks,
        due_on=day_of(world.now) + timedelta(days=in_days),
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
