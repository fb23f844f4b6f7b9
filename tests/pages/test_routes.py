"""Every route declares whom it is for, and answers each persona as the table says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.levels import EVERY_ACT
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.places import places_of
from tests.pages.routes import ELSEWHERE, TABLE, all_routes
from tests.personas import PERSONAS, World

__all__ = ["asked", "trigger"]


def test_every_view_declares_its_access() -> None:
    unmarked = [
        name
        for name, pattern in all_routes()
        if not hasattr(pattern.callback, "access_kinds")
        and not hasattr(getattr(pattern.callback, "view_class", None), "access_kinds")
    ]
    assert unmarked == []


def test_the_table_holds_every_route() -> None:
    names = {name for name, _pattern in all_routes()}
    missing = {n for n in names - TABLE.keys() - ELSEWHERE if "design" not in n}
    assert missing == set()


def test_the_levels_of_the_table_are_those_the_views_are_marked_with() -> None:
    marked = {name: getattr(pattern.callback, "act", None) for name, pattern in all_routes()}
    assert {n: act for n, act in marked.items() if act} == {
        name: answers.level for name, answers in TABLE.items() if answers.level
    }
    assert {act for act in marked.values() if act} == EVERY_ACT, "an act that nothing guards"


def test_whoever_logged_in_with_less_does_none_of_the_acts(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    """Where the page is the act it is refused at once; elsewhere what is sent is, by its room."""
    done = []
    places = places_of(world, trigger, asked)
    for name, answers in TABLE.items():
        url = reverse(name, args=places[name]) if answers.level else ""
        for persona in (p for p in PERSONAS if url and answers.to(p) == 200):
            weak = login(persona)
            session = weak.session
            session["account_authentication_methods"] = []
            session.save()
            if weak.get(url).status_code != 403:
                done.append((name, persona))
    bodies = ("employment", "social", "kela")
    own = ("second_factor", "second_factor_app")
    staff = set(PERSONAS) - {"client", "client2"}
    assert set(done) == {("pages:accept", body) for body in bodies} | {
        # the page may be read; a no may be sent from it
        *((f"pages:{name}", who) for name in own for who in staff),
        ("pages:change_many", "client"),
        ("pages:change_many", "client2"),
        ("pages:consent_request", "client"),
        ("pages:outside_party", "client"),
    }


@pytest.mark.django_db
def test_somebody_not_logged_in_is_asked_to_log_in_everywhere(world: World) -> None:
    client = Client()
    for url in ("/day/", f"/cases/{world.case.pk}/", f"/cases/{world.own_goal.pk}/", "/dashboard/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")
    assert client.get(f"/api/v1/cases/{world.case.pk}/").status_code in (401, 403)


@pytest.mark.django_db
def test_the_login_form_has_the_agreed_fields_and_works(world: World) -> None:
    client = Client()
    page = client.get("/login/")
    assert page.status_code == 200
    assert b'name="username"' in page.content
    assert b'name="password"' in page.content
    answer = client.post("/login/", {"username": "employment", "password": "demo"})
    assert answer.status_code == 302
    assert client.get("/day/").status_code == 200
