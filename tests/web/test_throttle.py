"""Guessing is slowed down by name and address; nobody is locked out by what strangers do."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client, RequestFactory

from people.models import User
from tests.personas import World
from web import throttle
from web.throttle import LONGEST_WAIT, Limit, TooManyTries, client_address

STRANGER, HOME, OFFICE = "198.51.100.7", "203.0.113.20", "203.0.113.99"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Any) -> None:
    """One proxy stands before the service."""
    settings.TRUSTED_PROXIES = 1


def tries(
    username: str, password: str = "wrong", *, at: str = HOME, language: str = "en"
) -> HttpResponseBase:
    # What stands before the proxy's own word is whatever the sender made up.
    headers = {"x-forwarded-for": f"{uuid.uuid4().hex}, {at}", "accept-language": language}
    return Client(headers=headers).post("/login/", {"username": username, "password": password})


def is_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302


def test_thirty_one_wrong_log_ins_behind_one_proxy_stop_nobody(world: World) -> None:
    for number in range(31):
        assert tries(f"nobody{number}", at=f"198.51.100.{number}").status_code == 200
    assert is_in(tries("director", "demo", at=HOME))


def test_without_a_proxy_the_header_is_not_believed(world: World, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    codes = [tries("director", at=f"198.51.100.{n}").status_code for n in range(6)]
    assert codes == [200] * 5 + [429]  # all came from one address


def test_five_tries_are_free_then_one_waits_and_reads_how_long(world: World) -> None:
    for _ in range(5):
        assert tries("director", at=STRANGER).status_code == 200
    refused = tries("director", "demo", at=STRANGER)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 15


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", r"Odota 1\d sekuntia ja yritä sitten uudelleen"),
        ("sv", r"Vänta 1\d sekunder och försök sedan på nytt"),
        ("en", r"Wait 1\d seconds, then try again"),
    ],
)
def test_who_must_wait_reads_it_in_their_language_beside_what_they_typed(
    world: World, language: str, words: str
) -> None:
    for _ in range(5):
        tries("director", at=STRANGER)
    page = tries("director", at=STRANGER, language=language)
    said = page.content.decode()  # type: ignore[attr-defined]
    assert re.search(words, said)
    assert 'value="director"' in said and "wrong" not in said.replace("wrong many", "")
    assert f'<html lang="{language}" dir="ltr">' in said


def test_a_stranger_does_not_lock_a_person_out_at_another_address(world: World) -> None:
    for _ in range(20):
        tries("director", at=STRANGER)
    assert is_in(tries("director", "demo", at=HOME))


def test_guessing_one_name_from_everywhere_is_slowed_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "name", Limit(free=8, first_wait=60))
    assert is_in(tries("director", "demo", at=HOME))
    codes = [tries("director", at=f"198.51.100.{n}").status_code for n in range(10)]
    assert codes == [200] * 8 + [429] * 2
    assert tries("director", "demo", at=OFFICE).status_code == 429
    # Where they have logged in before, the person is let in all the same.
    assert is_in(tries("director", "demo", at=HOME))


def test_many_names_from_one_address_are_slowed_but_not_who_is_known_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "address", Limit(free=8, first_wait=60))
    assert is_in(tries("social", "demo", at=OFFICE))
    codes = [tries(f"nobody{n}", at=OFFICE).status_code for n in range(10)]
    assert codes == [200] * 8 + [429] * 2
    assert is_in(tries("social", "demo", at=OFFICE))
    assert is_in(tries("kela", "demo", at=HOME))


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    limit = Limit(free=5, first_wait=15)
    assert [limit.wait_after(n) for n in (4, 5, 6, 7)] == [0, 15, 30, 60]
    assert limit.wait_after(12) == limit.wait_after(10_000) == LONGEST_WAIT


def test_the_right_password_forgets_the_wrong_ones(world: World) -> None:
    for _ in range(3):
        for _ in range(4):
            assert tries("director").status_code == 200
        assert is_in(tries("director", "demo"))


def test_waiting_is_not_counted_as_trying(world: World) -> None:
    for _ in range(30):
        tries("director", at=STRANGER)
    assert int(tries("director", at=STRANGER).headers["Retry-After"]) <= 15


def test_upper_case_is_the_same_name(world: World) -> None:
    codes = [tries(name).status_code for name in ("Director", " director", "DIRECTOR") * 2]
    assert codes == [200] * 5 + [429]


def test_a_name_that_is_nobodys_is_answered_alike(world: World) -> None:
    assert not User.objects.filter(username="nobody").exists()
    codes = [tries("nobody").status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_the_password_one_has_is_not_guessed_faster_when_changing_it(
    world: World, login: Any
) -> None:
    person = login("director")
    typed = {"old_password": "wrong", "new_password1": "Kuu-kierto-77", "new_password2": "x"}
    answers = [person.post("/password/", typed) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert re.search(r"Wait 1\d seconds", answers[-1].content.decode())


@pytest.mark.usefixtures("running_servers")
def test_of_many_at_once_one_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.LIMITS, "name and address", Limit(free=1, first_wait=60))
    request = RequestFactory().post("/login/")
    throttle.begin(request, name="director")
    with pytest.raises(TooManyTries):
        throttle.begin(request, name="director")


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),  # it did not come by both
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "1.1.1.1:4711", "1.1.1.1"),
        (1, "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (1, "::ffff:1.1.1.1", "1.1.1.1"),
    ],
)
def test_the_clients_own_address_is_counted(
    settings: Any, proxies: int, passed: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": passed} if passed else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address
