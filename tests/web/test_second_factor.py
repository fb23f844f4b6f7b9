"""Who works here and comes by a password alone has nothing open before a second factor is made."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import caches
from django.test import Client

from common.decision import NotVisible, Refused
from followup.models import Notification
from people.models import AccountEvent, User
from people.services import end_second_factor
from tests import counts
from tests.people.test_staff import leads
from tests.personas import PERSONAS, World
from tests.web.passkeys import Device
from tests.web.test_sessions import enters, events, is_in

pytestmark = pytest.mark.usefixtures("running_servers")
SECOND = "/log-ins/second/"
SECRET = re.compile(r'<p class="secret"><code>([A-Z2-7 ]+)</code>')
CODES = re.compile(r"<li><code>(\d{8})</code>")


@pytest.fixture(autouse=True)
def where_people_are_served(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    settings.LEVEL_OF_A_WAY = {"password": "low"}
    settings.LEVELS_LAST_MINUTES = 0


def now_shown(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(auth.time.time()) // 30)))


def adds_an_app(client: Client) -> tuple[str, list[str]]:
    """The secret the app keeps, and the recovery codes as they are shown once."""
    page = client.get("/log-ins/second/app/").content.decode()
    found = SECRET.search(page)
    assert found is not None
    secret = found[1].replace(" ", "")
    wrong = client.post("/log-ins/second/app/", {"code": "000000"})
    assert "code" in wrong.context["form"].errors
    shown = client.post("/log-ins/second/app/", {"code": now_shown(secret)})
    assert CODES.search(shown.content.decode()), "the app's code is right, and it is kept"
    counts.begin_anew()  # the same half minute serves the log-in of the test
    return secret, CODES.findall(shown.content.decode())


def log_in(username: str = "employment") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/login/", {"username": username, "password": "demo"})
    client.cookies["django_language"] = "en"
    return client


def test_nothing_opens_before_one_is_made(world: World) -> None:
    client = enters("employment")
    for url in ("/day/", f"/cases/{world.case.pk}/", "/roles/", "/log-ins/"):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (302, "/log-ins/second/"), url
    assert client.get(f"/api/v1/cases/{world.case.pk}/").status_code == 403
    for url in (
        *("/log-ins/second/", "/password/", "/logout/"),
        *("/about/", "/about/processing/", "/about/processing/kela/"),
    ):
        assert client.get(url).status_code == 200, url
    language = client.post("/language/", {"language": "en", "next": "/about/"})
    assert language["Location"] == "/about/"
    secret, codes = adds_an_app(client)
    assert len(codes) == 10
    assert is_in(client, "/day/")
    # Shown by making it, it counts for what asks for a level, and for a quarter of an hour.
    assert client.get("/cases/find/emergency/").status_code == 200
    kept = Authenticator.objects.get(user__username="employment", type="totp").data
    assert secret not in str(kept)
    assert {AccountEvent.FACTOR_ADDED, AccountEvent.RECOVERY_MADE} <= set(events("employment"))


def test_of_whom_it_is_not_known_how_they_came_nothing_opens_either(world: World) -> None:
    client = enters("employment")
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert client.get("/day/")["Location"] == "/log-ins/second/"


@pytest.mark.parametrize("who", sorted(set(PERSONAS) - {"client", "client2"}))
def test_whoever_is_asked_for_one_can_make_it(world: World, login: Any, who: str) -> None:
    """Whatever they are here for: the page that lets nobody past opens to each of them."""
    client = login(who)
    sent = client.get("/log-ins/")
    assert (sent.status_code, sent["Location"]) == (302, "/log-ins/second/")
    assert client.get("/log-ins/second/").status_code == 200
    assert client.get("/log-ins/second/app/").status_code == 200


def test_the_next_log_in_asks_for_it_after_the_password(world: World) -> None:
    secret, codes = adds_an_app(log_in())
    client = log_in()
    assert not is_in(client, "/day/"), "the password alone is half a log-in"
    assert client.get("/login/second/").status_code == 200
    assert client.post("/login/second/", {"code": "123456"}).status_code == 200
    assert client.post("/login/second/", {"code": now_shown(secret)}).status_code == 302
    assert is_in(client, "/day/")
    assert AccountEvent.FACTOR_FAILED in events("employment")
    # A recovery code opens once.
    for is_right in (True, False):
        again = log_in()
        again.post("/login/second/", {"code": codes[0]})
        assert is_in(again, "/day/") is is_right


def forgets_who_it_was(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "own", "level": "substantial", "at": 0}]
    session.save()


def test_a_recovery_code_that_shows_it_anew_is_used_up_and_written_down(world: World) -> None:
    client = log_in()
    secret, codes = adds_an_app(client)
    url, address = "/cases/find/emergency/", "/log-ins/stronger/open_in_emergency/"
    for given, is_right, is_told in (
        (now_shown(secret), True, False),
        (codes[0], True, True),
        (codes[0], False, True),
    ):
        forgets_who_it_was(client)
        assert client.get(url).status_code == 403
        client.post(address, {"code": given, "next": url})
        assert client.get(url).status_code == (200 if is_right else 403)
        assert (AccountEvent.RECOVERY_USED in events("employment")) is is_told


def test_a_password_that_shows_too_little_is_no_field_beside_the_code(world: World) -> None:
    client = log_in()
    adds_an_app(client)
    forgets_who_it_was(client)
    page = client.get("/cases/find/emergency/")
    assert page.status_code == 403 and list(page.context["form"].fields) == ["code"]
    # Sent all the same, it is not looked at: nobody guesses it there.
    answer = client.post("/log-ins/stronger/open_in_emergency/", {"password": "demo"})
    assert answer.status_code == 200
    assert AccountEvent.SHOWN_ANEW not in events("employment")


def test_whoever_has_no_passkey_at_hand_types_a_recovery_code(world: World) -> None:
    """The passkey is on a phone at home, or the browser has none: at the log-in and afterwards."""
    phone, client = Device(), log_in()
    made = client.post(SECOND, {"credential": phone.makes(client.get(SECOND).context["passkey"])})
    codes = CODES.findall(made.content.decode())
    at_the_office = log_in()
    page = at_the_office.get("/login/second/").content.decode()
    assert "This browser cannot use passkeys. Type a code." in page and 'name="code"' in page
    at_the_office.post("/login/second/", {"code": codes[0]})
    assert is_in(at_the_office, "/day/")
    forgets_who_it_was(at_the_office)
    url = "/cases/find/emergency/"
    page = at_the_office.get(url).content.decode()
    assert 'name="code"' in page and 'name="password"' not in page
    at_the_office.post("/log-ins/stronger/open_in_emergency/", {"code": codes[1], "next": url})
    assert at_the_office.get(url).status_code == 200


class Clock:
    """The seconds that the library counts half minutes by."""

    def __init__(self, start: float) -> None:
        self.at = start

    def time(self) -> float:
        return self.at


@pytest.fixture
def half_minute(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Ten seconds after a code has changed."""
    clock = Clock(time.time() // 30 * 30 + 10)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", clock)
    return clock


def test_who_types_as_the_code_changes_is_not_refused(world: World, half_minute: Clock) -> None:
    secret, _codes = adds_an_app(log_in())
    for late, is_right in ((25, True), (55, False)):
        client, code = log_in(), now_shown(secret)
        half_minute.at += late
        client.post("/login/second/", {"code": code})
        assert is_in(client, "/day/") is is_right, late
        half_minute.at += 300


def test_a_code_opens_once_in_all_the_time_it_is_right(world: World, half_minute: Clock) -> None:
    """Whoever looks over a shoulder, or holds the line open, has nothing to use a minute later."""
    secret, _codes = adds_an_app(log_in())
    code = now_shown(secret)
    client = log_in()
    client.post("/login/second/", {"code": code})
    assert is_in(client, "/day/")
    half_minute.at += 45
    library = "allauth.mfa.totp.used?user={}&code={}"
    caches["default"].delete(library.format(User.objects.get(username="employment").pk, code))
    again = log_in()
    again.post("/login/second/", {"code": code})
    assert not is_in(again, "/day/")


def test_wrong_codes_wait(world: World) -> None:
    adds_an_app(log_in())
    client = log_in()
    answers = [client.post("/login/second/", {"code": "111111"}).status_code for _ in range(7)]
    assert answers[-1] == 429


def test_a_right_code_begins_the_count_of_wrong_ones_anew(world: World) -> None:
    _secret, codes = adds_an_app(log_in())
    for code in codes[:3]:
        client = log_in()
        for _ in range(3):
            assert client.post("/login/second/", {"code": "111111"}).status_code == 200
        assert client.post("/login/second/", {"code": code}).status_code == 302


def test_anothers_code_opens_nothing(world: World) -> None:
    """Whoever knows a colleague's password has an app and codes too."""
    adds_an_app(log_in())
    secret, codes = adds_an_app(log_in("colleague"))
    client = log_in()
    for code in (now_shown(secret), codes[0]):
        client.post("/login/second/", {"code": code})
        assert not is_in(client, "/day/")
    theirs = log_in("colleague")
    theirs.post("/login/second/", {"code": codes[0]})
    assert is_in(theirs, "/day/"), "nor is it used up"


def test_a_session_left_open_changes_nothing_of_it(world: World, settings: Any) -> None:
    client = log_in()
    adds_an_app(client)
    forgets_who_it_was(client)
    assert client.post("/log-ins/second/", {"do": "codes"}).status_code == 403


def test_the_last_one_stays(world: World) -> None:
    client = log_in()
    adds_an_app(client)
    which = str(Authenticator.objects.get(user__username="employment", type="totp").pk)
    client.post("/log-ins/second/", {"do": "remove", "which": which})
    assert Authenticator.objects.filter(pk=which).exists()


def test_who_lost_all_is_helped_by_somebody_who_gains_nothing(world: World) -> None:
    client = log_in()
    adds_an_app(client)
    user = User.objects.get(username="employment")
    for nobody in ("colleague", "social", "employment"):
        with pytest.raises(NotVisible):
            end_second_factor(actor=world.actor(nobody), user_id=user.pk, now=world.now)
    end_second_factor(actor=world.actor("officer"), user_id=user.pk, now=world.now)
    assert not is_in(client, "/day/")
    assert AccountEvent.FACTOR_ENDED in events("employment")
    assert Notification.objects.filter(user=user, about__startswith="second_factor_end").exists()
    with pytest.raises(Refused):
        end_second_factor(actor=world.actor("officer"), user_id=user.pk, now=world.now)
    leads("colleague")
    adds_an_app(log_in())
    end_second_factor(actor=world.actor("colleague"), user_id=user.pk, now=world.now)
    assert client.get("/log-ins/second/").status_code == 302


def test_a_client_and_a_trial_are_asked_for_none(world: World, settings: Any) -> None:
    assert is_in(enters("client"))
    settings.SECOND_FACTOR = False
    assert is_in(enters("employment"), "/day/")


def test_an_installation_may_let_in_nobody_of_its_bodies_by_password(
    world: World, settings: Any
) -> None:
    settings.LOCAL_ACCOUNTS = False
    page = log_in().post("/login/", {"username": "employment", "password": "demo"})
    assert "Log in through your own organisation" in page.content.decode()
    assert is_in(enters("client"))
