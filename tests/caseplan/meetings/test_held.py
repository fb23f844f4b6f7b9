"""A meeting that has been is written down afterwards: with who attended, and nobody is invited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.meetings import services
from caseplan.meetings.models import Meeting, MeetingState
from caseplan.meetings.selectors import open_meeting
from cases.models import News
from common.decision import NotAllowed, Refused
from consent.models import Category
from tests.personas import World


def held(world: World, who: str = "social", **other: Any) -> Meeting:
    said: dict[str, Any] = {
        "starts_at": world.now - timedelta(days=2), "minutes_long": 45, "place": "The library",
        "remote_link": "", "member_ids": [world.actor("kela").user_id], "client_came": True,
        "text": "The rent", "minutes": "The rent is paid in two parts.", "without_client": "",
        "category": Category.SOCIAL_SITUATION, "no_service": "None was needed.", "now": world.now,
        **other,
    }  # fmt: skip
    return services.record_held_meeting(actor=world.actor(who), case=world.case, **said)


def test_it_is_held_with_who_attended_and_nobody_is_told_as_if_invited(world: World) -> None:
    before = News.objects.count()
    meeting = held(world)
    assert (meeting.state, meeting.client_present) == (MeetingState.HELD, True)
    page = open_meeting(world.actor("social"), meeting.pk, now=world.now)
    assert {p.user.username for p in page.participants if p.user} == {"social", "kela"}
    assert all(p.came for p in page.participants)
    assert News.objects.count() == before


def test_its_minutes_are_read_by_whoever_may_read_what_they_are_about(world: World) -> None:
    meeting = held(world)
    for who, reads in (("employment", 1), ("client", 1), ("kela", 0)):
        page = open_meeting(world.actor(who), meeting.pk, now=world.now)
        assert len(page.points) == reads, who


def test_what_is_to_come_is_called_and_not_written_down(world: World) -> None:
    for field, other in (
        ("starts_on", {"starts_at": world.now + timedelta(minutes=1)}),
        ("minutes", {"minutes": " "}),
        ("text", {"text": " "}),
        ("place", {"place": " "}),
        ("member_ids", {"member_ids": [world.actor("colleague").user_id]}),
        ("without_client", {"client_came": False}),
    ):
        with pytest.raises(Refused) as refused:
            held(world, **other)
        assert refused.value.field == field
    assert not Meeting.objects.filter(case=world.case).exists()
    with pytest.raises(NotAllowed):
        held(world, "colleague")


def test_a_browser_writes_one_down(world: World, login: Any) -> None:
    worker, case = login("social"), world.case.pk
    form = f"/cases/{case}/meetings/held/"
    assert f'href="{form}"' in worker.get(f"/cases/{case}/meetings/").content.decode()
    day = (world.now - timedelta(days=2)).date().isoformat()
    sent = {
        "starts_on": day, "starts_time": "10:00", "minutes_long": "45", "place": "The library",
        "client_came": "on", "text": "The rent", "minutes": "Paid.", "category": "plan_follow_up",
        "no_service": "None was needed.",
    }  # fmt: skip
    assert worker.post(form, sent).status_code == 302
    assert Meeting.objects.get(case=world.case).state == MeetingState.HELD
