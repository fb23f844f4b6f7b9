"""A worker writes with the client beside them: what they write says so, while it lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from caseplan.plan import services
from caseplan.plan.models import Goal, GoalKind, MappingView
from common import clock
from common.bodies import Party
from common.decision import NotAllowed
from tests.personas import World


def types_a_goal(client: Any, world: World) -> int:
    answer = client.post(f"/cases/{world.case.pk}/client-goals/new/", {"text": "A job nearby."})
    return int(answer.status_code)


def test_the_clients_words_are_typed_only_with_the_client_present(world: World, login: Any) -> None:
    client = login("social")
    assert types_a_goal(client, world) == 403
    client.post(f"/cases/{world.case.pk}/with-client/")
    assert "The client is present" in client.get("/day/").content.decode()
    assert types_a_goal(client, world) == 302
    goal = Goal.objects.get(text="A job nearby.")
    assert (goal.kind, goal.recorded_for) == (GoalKind.CLIENT, Party.CLIENT)
    assert goal.with_client and goal.recorded_by.username == "social"


def test_what_is_written_after_the_client_has_left_does_not_say_so(
    world: World, login: Any
) -> None:
    client = login("social")
    client.post(f"/cases/{world.case.pk}/with-client/")
    client.post("/with-client/end/")
    assert types_a_goal(client, world) == 403
    client.post(
        f"/cases/{world.case.pk}/goals/new/", {"text": "Without.", "category": "plan_follow_up"}
    )
    assert not Goal.objects.get(text="Without.").with_client


def test_it_ends_by_itself_after_two_hours(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login("social")
    client.post(f"/cases/{world.case.pk}/with-client/")
    later = clock.now() + timedelta(hours=2, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert types_a_goal(client, world) == 403


def test_it_opens_no_case_of_others_and_counts_in_one_case_only(world: World, login: Any) -> None:
    assert login("colleague").post(f"/cases/{world.case.pk}/with-client/").status_code == 404
    elsewhere = replace(world.actor("social"), with_client_of=world.version.pk)
    with pytest.raises(NotAllowed):
        services.add_own_goal(actor=elsewhere, case=world.case, text="No.", now=world.now)


def test_the_clients_view_of_an_area_stands_beside_the_bodys_own(world: World, login: Any) -> None:
    client, base = login("social"), f"/cases/{world.case.pk}/mapping/social_situation/"
    sent = {"text": "I sleep badly.", "revision": "0"}
    assert client.post(f"{base}client/", sent).status_code == 403
    client.post(f"/cases/{world.case.pk}/with-client/")
    assert client.post(f"{base}client/", sent).status_code == 302
    assert client.post(base, {"text": "Debts.", "revision": "0"}).status_code == 302
    views = {v.recorded_for: v for v in MappingView.objects.filter(case=world.case)}
    assert views[Party.CLIENT].text == "I sleep badly." and views[Party.CLIENT].with_client
    assert views[Party.SOCIAL].text == "Debts."
