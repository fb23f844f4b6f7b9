"""The attack: a worker lets the agenda copy what the client opened, and reads on after the no.

Kela calls a meeting while the client's social situation is open to it. What social services had put
into the plan stands on the agenda by itself. The client takes it back. Kela opens everything that
the meeting left behind: it is all gone, and what Kela wrote of its own is still there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.meetings import services
from caseplan.meetings.models import Agreed, Meeting
from caseplan.plan.models import Action, ActionState, PlannedService
from caseplan.plan.services import add_action, close_action
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.history import save_with_history
from consent.models import Category, Choice
from consent.services import decide
from tests.builders import TEST
from tests.personas import World

SECRET = "Velkajärjestely 4711"
OWN = "Kuntoutusraha 815"
SOCIAL = Category.SOCIAL_SITUATION


def decides(world: World, choice: Choice, **given: Any) -> None:
    if "document" not in given:
        given["categories"] = [SOCIAL]
    decide(
        actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
        purpose="p", now=world.now, **given,
    )  # fmt: skip


@pytest.fixture
def debts(world: World) -> Action:
    """An action about debts, of social services, due before any meeting."""
    return add_action(
        actor=world.actor("social"), goal_id=world.debts_goal.pk, text=SECRET,
        owner_party=Party.SOCIAL, owner_id=world.actor("social").user_id,
        due_on=day_of(world.now), category=SOCIAL, now=world.now,
    )  # fmt: skip


def kela_calls(world: World, login: Any) -> Meeting:
    """Through the page, as the attacker does; then adds a point and minutes of Kela's own."""
    client = login("kela")
    day = day_of(world.now + timedelta(days=1))
    sent = client.post(
        f"/cases/{world.case.pk}/meetings/new/",
        {"starts_on": day.isoformat(), "starts_time": "10:00", "minutes_long": "60", "place": "R"},
    )
    assert sent.status_code == 302
    meeting = Meeting.objects.get(case=world.case, place="R")
    added = client.post(
        f"/meetings/{meeting.pk}/points/new/", {"text": OWN, "category": "plan_follow_up"}
    )
    assert added.status_code == 302
    return meeting


def everything_left(world: World, login: Any, meeting: Meeting, who: str = "kela") -> str:
    """What the worker is sent wherever the meeting left something behind."""
    client = login(who)
    pages = [
        f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/meeting.ics",
        f"/cases/{world.case.pk}/meetings/", f"/cases/{world.case.pk}/",
        f"/cases/{world.case.pk}/history/", f"/api/v1/cases/{world.case.pk}/",
        f"/api/v1/cases/{world.case.pk}/plan/", "/day/",
        *(f"/points/{point.pk}/" for point in meeting.points.all()),
        *(f"/versions/{version.pk}/" for version in world.case.plan_versions.all()),
    ]  # fmt: skip
    return "".join(client.get(page).content.decode() for page in pages)


def test_the_agenda_forgets_what_is_taken_back(world: World, login: Any, debts: Action) -> None:
    decides(world, Choice.GRANTED)
    meeting = kela_calls(world, login)
    assert SECRET in everything_left(world, login, meeting), "while the client allows it"
    decides(world, Choice.REVOKED)
    left = everything_left(world, login, meeting)
    assert SECRET not in left
    assert OWN in left
    for others in ("social", "client"):
        page = login(others).get(f"/meetings/{meeting.pk}/").content.decode()
        assert SECRET in page and OWN in page


def test_minutes_written_beside_it_and_new_words_for_it_go_with_it(
    world: World, login: Any, debts: Action
) -> None:
    """Rewording a point does not make it one's own: a space more, and the attack would be back."""
    decides(world, Choice.GRANTED)
    meeting = kela_calls(world, login)
    point = meeting.points.get(text=SECRET)
    for text, minutes in ((f"{SECRET} .", ""), (f"{SECRET} ..", "Ulosotto 99")):
        point.refresh_from_db()
        sent = login("kela").post(
            f"/points/{point.pk}/", {"text": text, "minutes": minutes, "revision": point.revision}
        )
        assert sent.status_code == 302
    assert "Ulosotto 99" in everything_left(world, login, meeting)
    decides(world, Choice.REVOKED)
    left = everything_left(world, login, meeting)
    assert SECRET not in left and "Ulosotto 99" not in left


def test_one_thing_kept_back_is_kept_back_from_the_agenda_too(
    world: World, login: Any, debts: Action
) -> None:
    decides(world, Choice.GRANTED)
    meeting = kela_calls(world, login)
    decides(world, Choice.DENIED, document=debts)
    assert SECRET not in everything_left(world, login, meeting)
    decides(world, Choice.REVOKED)
    decides(world, Choice.GRANTED, document=debts)
    assert SECRET in everything_left(world, login, meeting), "shared alone, so is its point"


def test_so_is_a_service_and_what_one_body_asks_of_another(world: World, login: Any) -> None:
    service = PlannedService(
        case=world.case, category=SOCIAL, body=Body.SOCIAL, name=SECRET,
        starts_on=day_of(world.now), ends_on=day_of(world.now), recorded_for=Party.SOCIAL,
        recorded_by_id=world.actor("social").user_id, recorded_at=world.now,
    )  # fmt: skip
    save_with_history(TEST, service, now=world.now)
    decides(world, Choice.GRANTED)
    meeting = kela_calls(world, login)
    assert SECRET in everything_left(world, login, meeting)
    decides(world, Choice.REVOKED)
    assert SECRET not in everything_left(world, login, meeting)


def test_what_was_agreed_on_is_hidden_where_the_thing_is(world: World, login: Any) -> None:
    meeting = services.call_meeting(
        actor=world.actor("social"), case=world.case, starts_at=world.now + timedelta(days=1),
        minutes_long=60, place="R", remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip
    action = services.agree_on_action(
        actor=world.actor("social"), meeting_id=meeting.pk, goal_id=world.debts_goal.pk,
        text=SECRET, owner_party=Party.SOCIAL, owner_id=world.actor("social").user_id,
        due_on=day_of(world.now), category=SOCIAL, now=world.now,
    )  # fmt: skip
    decides(world, Choice.GRANTED)
    assert SECRET in everything_left(world, login, meeting)
    decides(world, Choice.DENIED, document=action)
    assert SECRET not in everything_left(world, login, meeting)
    agreed = Agreed.objects.get(action=action)
    assert (agreed.recorded_for, agreed.document) == (action.recorded_for, action.document)


def test_what_comes_again_is_kept_back_as_the_first_was(
    world: World, login: Any, debts: Action
) -> None:
    """Else the client would have to say no anew each time it repeats, having been told of none."""
    Action.objects.filter(pk=debts.pk).update(repeats_weeks=2)
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=debts)
    social = world.actor("social")
    for _again in range(2):
        newest = Action.objects.filter(text=SECRET).latest("due_on")
        close_action(
            actor=social, action_id=newest.pk, state=ActionState.DONE, reason="",
            revision=newest.revision, now=world.now,
        )  # fmt: skip
    assert Action.objects.filter(text=SECRET).count() == 3
    assert {a.document for a in Action.objects.filter(text=SECRET)} == {debts.pk}
    version = login("social").post(f"/cases/{world.case.pk}/propose/")
    assert version.status_code == 302
    meeting = services.call_meeting(
        actor=social, case=world.case, starts_at=world.now + timedelta(days=60), minutes_long=60,
        place="R", remote_link="", member_ids=[], now=world.now,
    )  # fmt: skip
    assert SECRET in everything_left(world, login, meeting, "social")
    assert SECRET not in everything_left(world, login, meeting)
