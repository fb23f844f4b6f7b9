"""What somebody has begun to write is not lost: kept as they type, given back, gone when saved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from caseplan.plan.models import Goal
from common import clock
from people.models import Draft
from people.services import forget_old_drafts
from tests.personas import World


def keeps(client: Any, page: str, **fields: Any) -> int:
    return int(client.post("/drafts/", {"draft_page": page, **fields}).status_code)


def test_what_was_typed_is_back_on_the_page_and_gone_once_saved(world: World, login: Any) -> None:
    client, page = login("client"), "/my/goals/new/"
    assert keeps(client, page, text="I want to draw again") == 204
    assert "I want to draw again" in client.get(page).content.decode()
    assert client.post(page, {"text": "I want to draw", "draft": "1"}).status_code == 302
    assert not Draft.objects.exists()
    assert "draw again" not in client.get(page).content.decode()


def test_typing_on_takes_the_place_of_what_was_kept(world: World, login: Any) -> None:
    client = login("client")
    for text in ("I", "I want"):
        keeps(client, "/my/goals/new/", text=text)
    assert [d.fields["text"] for d in Draft.objects.all()] == [["I want"]]


def test_nobody_else_gets_it_back(world: World, login: Any) -> None:
    page = f"/cases/{world.case.pk}/goals/new/"
    keeps(login("social"), page, text="Half a thought")
    assert "Half a thought" not in login("employment").get(page).content.decode()
    assert "Half a thought" in login("social").get(page).content.decode()


def test_whoever_may_no_longer_open_the_page_gets_no_draft(world: World, login: Any) -> None:
    page = f"/cases/{world.case.pk}/goals/new/"
    keeps(login("colleague"), page, text="Half a thought")
    said = login("colleague").get(page)
    assert said.status_code == 404 and "Half a thought" not in said.content.decode()


def test_a_draft_begun_before_somebody_else_saved_still_asks_which_to_keep(
    world: World, login: Any
) -> None:
    client, page = login("client"), f"/goals/{world.own_goal.pk}/"
    revision = world.own_goal.revision
    keeps(client, page, text="Mine, begun before", revision=revision)
    client.post(page, {"text": "Saved on the phone", "revision": revision})
    form = client.get(page).context["form"]
    assert form["text"].value() == "Mine, begun before"
    said = client.post(page, {"text": "Mine", "revision": form["revision"].value(), "draft": "1"})
    assert said.status_code == 409 and "Saved on the phone" in said.content.decode()
    assert Goal.objects.get(pk=world.own_goal.pk).text == "Saved on the phone"
    assert Draft.objects.exists(), "nothing was saved, so what was typed is still kept"


def test_ticked_boxes_and_days_come_back_too(world: World, login: Any) -> None:
    client, page = login("employment"), f"/cases/{world.case.pk}/meetings/new/"
    kela = str(world.actor("kela").user_id)
    keeps(client, page, starts_on="2027-03-01", place="Room 2", member_ids=[kela])
    form = client.get(page).context["form"]
    assert form["starts_on"].value() == "2027-03-01"
    assert form["member_ids"].value() == [kela]


def test_starting_afresh_forgets_it(world: World, login: Any) -> None:
    client, page = login("client"), "/my/goals/new/"
    keeps(client, page, text="No")
    said = client.post("/drafts/forget/", {"draft_page": page})
    assert (said.status_code, said["Location"]) == (302, page)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "page", ["", "https://evil.invalid/my/", "//evil.invalid/", "/nowhere/", "javascript:x"]
)
def test_only_a_page_of_this_site_has_a_draft(world: World, login: Any, page: str) -> None:
    client = login("client")
    assert keeps(client, page, text="x") == 400 and not Draft.objects.exists()
    assert client.post("/drafts/forget/", {"draft_page": page}).status_code == 400


def test_an_endless_draft_is_not_kept(world: World, login: Any) -> None:
    assert keeps(login("client"), "/my/goals/new/", text="x" * 60_001) == 400


def test_a_draft_is_forgotten_after_thirty_days(world: World, login: Any) -> None:
    keeps(login("client"), "/my/goals/new/", text="x")
    assert forget_old_drafts(now=clock.now() + timedelta(days=29)) == 0
    assert forget_old_drafts(now=clock.now() + timedelta(days=31)) == 1


def test_what_was_typed_of_an_invitation_goes_with_it(world: World, login: Any) -> None:
    client, page = login("client"), "/my/who-sees/outside/new/"
    said = {
        "kind": "association", "name": "Aino", "organisation": "", "categories": ["plan_follow_up"],
        "purpose": "Help", "valid_to": "2100-01-01",
    }  # fmt: skip
    keeps(client, page, name="Aino")
    answer = client.post(page, said | {"draft": "1"})
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "/invitation/" in answer.content.decode()
    assert not Draft.objects.exists()
