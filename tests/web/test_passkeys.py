"""A client's passkeys: on which devices they get in, and that the last way in is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client

from followup.models import Notification
from people.models import AccountEvent, User
from tests.cases.test_client_codes import browser, gives
from tests.people.test_staff import STRONG
from tests.personas import World
from tests.web.passkeys import Device
from tests.web.test_sessions import events
from tests.web.test_step_up import forgets_who_it_was

pytestmark = pytest.mark.usefixtures("running_servers")
URL = "/log-ins/passkeys/"
HIDDEN = re.compile(r"<(section|form|p)\b[^>]* hidden\b[^>]*>.*?</\1>", re.DOTALL)


@pytest.fixture(autouse=True)
def where_people_are_served(settings: Any) -> Iterator[None]:
    settings.LEVEL_OF_A_WAY = {"password": "low"}
    settings.LEVELS_LAST_MINUTES = 0
    yield
    caches["default"].clear()


def comes_by_code(world: World, phone: Device, by: str = "social") -> Client:
    """The client makes a passkey on this phone with a code from the worker."""
    client = browser()
    client.post("/login/code/", {"code": gives(world, by).code})
    asked = client.get("/login/code/way/").context["passkey"]
    answer = client.post("/login/code/way/", {"credential": phone.makes(asked)})
    assert answer.status_code == 302, answer.content.decode()
    client.cookies["django_language"] = "en"  # what the registers say has won at the log-in
    return client


def comes_by(phone: Device) -> Client:
    client = browser()
    asked = client.get("/login/passkey/").context["passkey"]
    client.post("/login/passkey/", {"credential": phone.shows(asked)})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/my/").status_code == 200)


def keys() -> list[Authenticator]:
    found = Authenticator.objects.filter(user__username="client", type="webauthn")
    return list(found.order_by("pk"))


def adds(client: Client, phone: Device) -> Any:
    asked = client.get(URL).context["passkey"]
    return client.post(URL, {"credential": phone.makes(asked)})


def test_a_second_device_is_added_named_and_gets_in(world: World) -> None:
    old, new = Device(), Device()
    client = comes_by_code(world, old)
    assert adds(client, new).status_code == 302
    assert is_in(comes_by(new)) and is_in(comes_by(old))
    first, second = keys()
    named = client.post(URL, {"do": "name", "which": str(second.pk), "name": "My new phone"})
    assert named.status_code == 302
    page = client.get(URL).content.decode()
    assert "My new phone" in page and "A device without a name" in page
    empty = client.post(URL, {"do": "name", "which": str(first.pk), "name": " "})
    assert empty.status_code == 200 and "<details open>" in empty.content.decode()
    assert AccountEvent.FACTOR_ADDED in events("client")
    user = User.objects.get(username="client")
    assert Notification.objects.filter(user=user, about__startswith="second_factor_add").exists()
    # The old phone is sold: nobody gets in by it.
    client.post(URL, {"do": "remove", "which": str(first.pk)})
    assert not is_in(comes_by(old)) and is_in(comes_by(new))


def test_the_last_way_in_is_not_taken_away(world: World) -> None:
    client = comes_by_code(world, Device())
    (only,) = keys()
    page = client.get(URL)
    assert "This is your only way in" in page.content.decode()
    assert 'value="remove"' not in page.content.decode()
    kept = client.post(URL, {"do": "remove", "which": str(only.pk)})
    assert "The last one stays" in kept.content.decode() and keys() == [only]


def test_nobody_names_or_takes_away_anothers(world: World, login: Any) -> None:
    comes_by_code(world, Device())
    (only,) = keys()
    other = login("client2")
    other.post(URL, {"do": "name", "which": str(only.pk), "name": "Mine"})
    other.post(URL, {"do": "remove", "which": str(only.pk)})
    assert [key.data["name"] for key in keys()] == [""]


def test_a_session_left_open_changes_none_of_it(world: World) -> None:
    phone = Device()
    client = comes_by_code(world, phone)
    session = client.session
    session["account_authentication_methods"] = [{"method": "passkey", "level": "low", "at": 0}]
    session.save()
    asked = client.get(URL)
    assert asked.status_code == 403 and asked.context["act"].value == "change_own_passkeys"
    assert client.post(URL, {"credential": Device().makes(asked_new(client))}).status_code == 403
    # Shown anew on the same phone, the page is open again.
    page = client.get(URL)
    given = {"credential": phone.shows(page.context["passkey"]), "next": URL}
    answer = client.post("/log-ins/stronger/change_own_passkeys/", given)
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert client.get(URL).status_code == 200


def test_nobody_else_is_let_on_by_a_passkey_of_their_own(world: World, login: Any) -> None:
    """Whoever sits down at a session left open has a phone too, and an account perhaps."""
    own, anothers = Device(), Device()
    client = comes_by_code(world, own)
    adds(login("client2"), anothers)
    forgets_who_it_was(client)

    def shows(phone: Device) -> Any:
        given = {"credential": phone.shows(client.get(URL).context["passkey"]), "next": URL}
        return client.post("/log-ins/stronger/change_own_passkeys/", given)

    refused = shows(anothers)
    assert refused.status_code == 200
    assert "The passkey was not recognised" in refused.content.decode()
    # Nor where it says that it is of whoever is logged in.
    anothers.owner = own.owner
    assert shows(anothers).status_code == 200
    assert client.get(URL).status_code == 403
    assert AccountEvent.FACTOR_FAILED in events("client")
    assert shows(own).status_code == 302
    assert client.get(URL).status_code == 200


def test_a_passkey_is_not_asked_for_where_it_shows_too_little(world: World) -> None:
    phone = Device()
    client = comes_by_code(world, phone)
    page = client.get(f"/versions/{world.version.pk}/accept/")
    assert page.status_code == 403 and page.context["passkey"] is None
    assert "on paper with your own worker" in page.content.decode()


def without_passkeys(page: Any) -> str:
    """What somebody reads whose browser has none: no script has shown what is hidden."""
    text = page.content.decode()
    return " ".join(HIDDEN.sub("", text).split())


def test_a_browser_without_passkeys_is_offered_a_password(world: World) -> None:
    client = browser()
    client.post("/login/code/", {"code": gives(world).code})
    read = without_passkeys(client.get("/login/code/way/"))
    assert "Make a passkey" not in read
    assert 'name="password"' in read and "Choose the password" in read
    username = User.objects.get(username="client").username
    assert f"Your user name is <strong>{username}</strong>" in read
    assert client.post("/login/code/way/", {"password": STRONG}).status_code == 302
    assert is_in(client)
    # The next day, at the door: what is said leads to the name and the password.
    again = browser()
    read = without_passkeys(again.get("/login/passkey/"))
    assert "This browser cannot use passkeys. Log in in another way." in read
    assert "Use my passkey" not in read and 'href="/login/"' in read
    again.post("/login/", {"username": username, "password": STRONG})
    assert is_in(again)


def test_a_browser_without_passkeys_is_told_so_where_one_is_asked_for_anew(world: World) -> None:
    """Whoever has a password too is asked for that; whoever has none, for another device."""
    client = comes_by_code(world, Device())
    forgets_who_it_was(client)
    read = without_passkeys(client.get(URL))
    assert "Open this page on another device." in read and 'name="password"' not in read
    other = comes_by_password(world)
    adds(other, Device())
    forgets_who_it_was(other)
    read = without_passkeys(other.get(URL))
    assert "Log in in another way." in read and 'name="password"' in read


def comes_by_password(world: World) -> Client:
    client = browser()
    client.post("/login/code/", {"code": gives(world).code})
    client.post("/login/code/way/", {"password": STRONG})
    client.cookies["django_language"] = "en"
    return client


def asked_new(client: Client) -> Any:
    """What a browser would be asked for, by whoever writes the page themselves."""
    user = User.objects.get(username="client")
    return {"publicKey": {"user": {"id": str(user.pk)}, "challenge": b"c" * 32}}


def test_a_new_code_ends_what_an_earlier_one_let_in(world: World) -> None:
    """Else a worker who used a code keeps a key that passes for another body's code."""
    thief, phone = Device(), Device()
    stolen = comes_by_code(world, thief, "social")
    assert is_in(stolen)
    client = comes_by_code(world, phone, "kela")
    assert is_in(client) and not is_in(stolen)
    assert not is_in(comes_by(thief)) and is_in(comes_by(phone))
