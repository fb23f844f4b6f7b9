"""A form that is sent twice does what it does once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from caseplan.meetings.models import Meeting
from caseplan.messages.models import Message
from caseplan.plan.models import Goal
from common import clock
from consent.models import OutsideParty
from people.models import Draft, SentForm
from people.services import forget_sent_forms
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.routes import all_routes
from tests.personas import World
from tests.together import at_once
from web.once import AGAIN_EACH_TIME, FIELD

__all__ = ["asked", "trigger"]
pytestmark = pytest.mark.usefixtures("printed_as_written")
FORM = re.compile(r'<form\b(?P<how>[^>]*\bmethod="post"[^>]*)>(?P<inside>.*?)</form>', re.DOTALL)
INPUT = re.compile(r"<(?:input|button)\b[^>]*>")
NAMED = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')


def of(tag: str, attribute: str) -> str:
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def forms_on(page: str, url: str) -> Iterator[tuple[str, dict[str, str], set[str]]]:
    """Each form that is sent: where to, what it carries unseen, and the names of its fields."""
    for form in FORM.finditer(page):
        tags = [t for t in INPUT.findall(form["inside"]) if of(t, "name")]
        unseen = [t for t in tags if of(t, "type") in {"hidden", "submit"}]
        carried = {of(t, "name"): of(t, "value") for t in reversed(unseen)}
        yield of(form["how"], "action") or url, carried, set(NAMED.findall(form["inside"]))


def opened(client: Client, url: str) -> dict[str, str]:
    """What the form of a page carries, once it is opened."""
    found = [(c, n) for to, c, n in forms_on(client.get(url).content.decode(), url) if to == url]
    return found[0][0]


@pytest.mark.usefixtures("committed_db")
def test_three_at_the_same_moment_make_one(login: Any) -> None:
    """A double click on a slow line, in three connections that can't see each other's writing."""
    world = World.load()
    case = f"/cases/{world.case.pk}"
    soon = (clock.now() + timedelta(days=3)).date().isoformat()
    forms: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("client", "/my/goals/new/", Goal, {"text": "I want to draw"}),
        ("employment", f"{case}/goals/new/", Goal,
         {"text": "Money is in order", "category": "plan_follow_up"}),
        ("employment", f"{case}/messages/new/", Message,
         {"kind": "dialogue", "topic": "The visit", "text": "When?", "category": "plan_follow_up"}),
        ("employment", f"{case}/meetings/new/", Meeting,
         {"starts_on": soon, "starts_time": "10:00", "minutes_long": "60", "place": "Here"}),
        ("client", "/my/who-sees/outside/new/", OutsideParty,
         {"kind": "trusted", "name": "Aino", "organisation": "", "purpose": "Help",
          "categories": ["plan_follow_up"], "valid_to": soon}),
    ]  # fmt: skip
    for persona, url, model, typed in forms:
        client = login(persona)
        data = opened(client, url) | typed
        before, answers = model.objects.count(), []

        def send(cookies: Any = client.cookies, to: str = url, sent: Any = data) -> None:
            one = Client()
            one.cookies = cookies
            answers.append(one.post(to, sent))  # noqa: B023

        assert at_once(send, send, send) == ["done"] * 3
        assert model.objects.count() == before + 1, url
        led = [(a.status_code, a.headers.get("Location")) for a in answers]
        assert len(set(led)) == 1 or sorted(s for s, _ in led) == [200, 409, 409], led


def test_what_is_to_be_mended_first_is_sent_again_with_the_same_key(
    world: World, login: Any
) -> None:
    client, url = login("client"), "/my/goals/new/"
    page = opened(client, url)
    for _ in range(2):
        assert client.post(url, page | {"text": ""}).status_code == 200
    assert not SentForm.objects.exists()
    assert client.post(url, page | {"text": "I want to draw"}).status_code == 302
    assert Goal.objects.filter(text="I want to draw").count() == 1


def test_somebody_who_goes_back_and_writes_something_else_means_it(
    world: World, login: Any
) -> None:
    client, url = login("client"), "/my/goals/new/"
    page = opened(client, url)
    for text in ("I want to draw", "I want to sing", "I want to draw"):
        client.post(url, page | {"text": text})
    assert Goal.objects.filter(text__startswith="I want to ").count() == 2
    # Opened anew, the same words are a second goal.
    client.post(url, opened(client, url) | {"text": "I want to sing"})
    assert Goal.objects.filter(text="I want to sing").count() == 2


def test_another_file_under_the_same_name_is_another_thing(
    world: World, login: Any, asked: dict[str, Any]
) -> None:
    client, url = login("client"), reverse("pages:thread", args=[asked["thread"]])
    page, before = opened(client, url), Message.objects.count()
    for content in (b"%PDF-1.7 a", b"%PDF-1.7 b", b"%PDF-1.7 a"):
        file = SimpleUploadedFile("a.pdf", content)
        assert client.post(url, page | {"text": "See", "attached": file}).status_code == 302
    assert Message.objects.count() == before + 2


def test_somebody_elses_key_is_no_use(world: World, login: Any) -> None:
    client, other, url = login("client"), login("client2"), "/my/goals/new/"
    page = opened(client, url)
    for one in (client, other):
        assert one.post(url, page | {"text": "I want to draw"}).status_code == 302
    assert Goal.objects.filter(text="I want to draw").count() == 2


def test_what_failed_is_not_taken_for_done(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = login("client"), "/my/goals/new/"
    page = opened(client, url) | {"text": "I want to draw"}
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("caseplan.plan.services.add_own_goal", None)
        assert client.post(url, page).status_code == 500
    assert client.post(url, page).status_code == 302
    assert Goal.objects.filter(text="I want to draw").count() == 1


def test_the_key_says_nothing_and_is_in_no_draft(world: World, login: Any) -> None:
    client, url = login("client"), "/my/goals/new/"
    page = opened(client, url) | {"text": "I want to draw"}
    client.post("/drafts/", page | {"draft_page": url})
    assert FIELD not in Draft.objects.get().fields
    client.post(url, page)
    kept = SentForm.objects.values().get()
    assert page[FIELD] not in str(kept) and "draw" not in str(kept)


def test_sent_forms_are_forgotten_after_three_days(world: World, login: Any) -> None:
    client, url = login("client"), "/my/goals/new/"
    client.post(url, opened(client, url) | {"text": "I want to draw"})
    assert forget_sent_forms(now=clock.now() + timedelta(days=2)) == 0
    assert forget_sent_forms(now=clock.now() + timedelta(days=4)) == 1


def test_what_is_done_each_time_is_a_route_and_says_why() -> None:
    names = {name for name, _pattern in all_routes()}
    assert AGAIN_EACH_TIME.keys() <= names and all(AGAIN_EACH_TIME.values())
