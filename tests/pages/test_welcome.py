"""A client's first log-in, page by page; and whoever no register knows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from audit.models import AuditRow
from common.clock import day_of
from common.crypto import decrypt, search_hash
from people.models import Person, User
from people.selectors import towns_on
from tests.people.test_entering import UNKNOWN_CODE, enters, national, not_yet_here
from tests.personas import World
from web.sessions import NEWCOMER

PAGES = ("/welcome/", "/welcome/telling/", "/welcome/what/", "/welcome/choice/")


def browser_of(user: User, newcomer: str = "") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    if newcomer:
        session = browser.session
        session[NEWCOMER] = newcomer
        session.save()
    return browser


@pytest.fixture
def first(world: World) -> Client:
    """Somebody who has just come in for the first time."""
    person = not_yet_here()
    Person.objects.filter(pk=person.pk).update(language="fi")
    return browser_of(enters(world, national(world, decrypt(person.identity_code_encrypted))).user)


def test_the_first_log_in_shows_four_short_pages_and_only_once(first: Client) -> None:
    assert first.get("/").headers["Location"] == "/welcome/"
    answer = first.post("/welcome/", {"language": "sv"})
    assert answer.headers["Location"] == "/welcome/telling/"
    told = {"email": "on", "quiet_from": "20:00", "quiet_until": "08:00"}
    assert first.post("/welcome/telling/", told).headers["Location"] == "/welcome/what/"
    assert "/welcome/choice/" in first.get("/welcome/what/").content.decode()
    assert first.post("/welcome/choice/").headers["Location"] == "/"
    assert first.get("/").headers["Location"] == "/my/"
    assert Person.objects.get(user__welcomed_at__isnull=False, chosen_language="sv")


def test_what_is_voluntary_can_be_gone_past(first: Client) -> None:
    assert 'href="/welcome/what/"' in first.get("/welcome/telling/").content.decode()
    assert first.get("/my/").status_code == 200, "nobody is held up by it"


def test_a_client_who_has_been_here_is_not_shown_it_again(world: World, login: Any) -> None:
    assert login("client").get("/").headers["Location"] == "/my/"
    assert [login("social").get(page).status_code for page in PAGES] == [404] * 4


def test_whoever_no_register_knows_says_where_they_live_and_is_a_client_then(world: World) -> None:
    came = enters(world, national(world, UNKNOWN_CODE, given_name="Uuno", family_name="Uusi"))
    browser = browser_of(came.user, came.newcomer)
    assert browser.get("/").headers["Location"] == "/introduce/"
    for nowhere in ("", "999", "x"):
        assert browser.post("/introduce/", {"municipality": nowhere}).status_code == 200
    assert not Person.objects.filter(identity_code_hash=search_hash(UNKNOWN_CODE)).exists()
    here = min(towns_on(day_of(world.now)).network_of)
    assert browser.post("/introduce/", {"municipality": here}).status_code == 302
    person = Person.objects.get(identity_code_hash=search_hash(UNKNOWN_CODE))
    assert (person.full_name, person.user, person.municipality_code) == (
        "Uuno Uusi", came.user, here
    )  # fmt: skip
    assert NEWCOMER not in browser.session
    assert AuditRow.objects.filter(action="person_introduced", person_id=person.pk).exists()
    assert browser.get("/my/").status_code == 200


def test_nobody_introduces_themselves_who_was_not_identified_as_somebody_new(
    world: World, login: Any
) -> None:
    came = enters(world, national(world, UNKNOWN_CODE))
    assert browser_of(came.user).get("/introduce/").status_code == 404
    assert browser_of(came.user, "made up").post(
        "/introduce/", {"municipality": min(towns_on(day_of(world.now)).network_of)}
    ).status_code == 404  # fmt: skip
    for who in ("client", "social", "officer"):
        assert login(who).get("/introduce/").status_code == 404
