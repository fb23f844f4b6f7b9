"""What a worker answers for the client says so wherever it is read, and is theirs to change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from caseplan.meetings.models import Meeting, Participant
from caseplan.meetings.services import answer_invitation, call_meeting, move_meeting
from cases.models import Case, News, NewsKind
from tests.personas import World


@pytest.fixture
def place(world: World) -> Participant:
    """The client's own place in a meeting that has been called."""
    meeting = call_meeting(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        starts_at=world.now + timedelta(days=3), minutes_long=60, place="Here", remote_link="",
        member_ids=[], now=world.now,
    )  # fmt: skip
    return meeting.clients_place


def answer(world: World, place: Participant, who: str, coming: str) -> None:
    answer_invitation(
        actor=world.actor(who), meeting_id=place.meeting_id, participant_id=place.pk,
        coming=coming, now=world.now,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_workers_answer_for_the_client_says_whose_it_is(
    world: World, place: Participant, login: Any
) -> None:
    answer(world, place, "employment", "comes")
    name, url = world.actor("employment").name, f"/meetings/{place.meeting_id}/"
    assert f"{name} answered for you" in login("client").get(url).content.decode()
    assert f"{name} answered for them" in login("kela").get(url).content.decode()
    assert AuditRow.objects.filter(action="meeting_answered_for_client").count() == 1


def test_it_is_news_for_the_client_who_changes_it_in_one_tap(
    world: World, place: Participant, login: Any
) -> None:
    answer(world, place, "employment", "comes")
    told = News.objects.get(kind=NewsKind.MEETING_ANSWERED)
    assert told.for_user == world.case.person.user
    client = login("client")
    tap = f"/meetings/{place.meeting_id}/answer/{place.pk}/"
    assert f'action="{tap}"' in client.get("/my/").content.decode()
    assert client.post(tap, {"coming": "cannot"}).status_code == 302
    place.refresh_from_db()
    assert (place.coming, place.answered_by) == ("cannot", None)
    page = client.get(f"/meetings/{place.meeting_id}/").content.decode()
    assert "answered for you" not in page


def test_what_one_answers_oneself_says_nothing_and_a_new_time_asks_anew(
    world: World, place: Participant
) -> None:
    answer(world, place, "client", "comes")
    place.refresh_from_db()
    assert place.spoken_for is None
    assert not News.objects.filter(kind=NewsKind.MEETING_ANSWERED).exists()
    answer(world, place, "employment", "cannot")
    meeting = Meeting.objects.get(pk=place.meeting_id)
    move_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, minutes_long=60, place="Here",
        starts_at=world.now + timedelta(days=4), remote_link="", revision=meeting.revision,
        now=world.now,
    )  # fmt: skip
    place.refresh_from_db()
    assert (place.coming, place.answered_by) == ("unknown", None)
