"""How long a log-in lasts, who ends it, and what is written down of it."""

from __future__ import annotations

import re
import runpy
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AuditRow
from config import env
from people import services
from people.models import AccountEvent, LogIn, User
from people.selectors import account_events_of, log_ins_of
from tests.people.test_staff import STRONG, leads, position
from tests.personas import World
from web.sessions import note_issuer

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"


class Clock:
    """The machine's time, moved on by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta(0)
        real = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: real() + self.ahead)

    def goes_on(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def enters(username: str, device: str = FIREFOX, password: str = "demo") -> Client:
    client = Client(headers={"user-agent": device, "accept-language": "en"})
    answer = client.post("/login/", {"username": username, "password": password})
    assert answer.status_code == 302
    client.cookies["django_language"] = "en"
    return client


def is_in(client: Client, page: str = "/my/") -> bool:
    return client.get(page).status_code == 200


def events(username: str) -> list[str]:
    user = User.objects.get(username=username)
    rows = AuditRow.objects.filter(subject_type="user", subject_id=user.pk)
    return list(rows.order_by("pk").values_list("action", flat=True))


def test_an_hour_unused_and_it_is_over(world: World, machine: Clock) -> None:
    client = enters("client")
    machine.goes_on(minutes=59)
    assert is_in(client)
    machine.goes_on(minutes=59)
    assert is_in(client), "each use makes it last on"
    machine.goes_on(minutes=61)
    assert client.get("/my/").headers["Location"] == "/login/?next=/my/"


def test_a_workers_own_body_is_asked_within_the_hour_whatever_is_done(
    world: World, machine: Clock
) -> None:
    """Whoever has left the directory is out by then, though nothing told us."""
    client = enters("social")
    request = HttpRequest()
    request.session = client.session
    note_issuer(request, "https://id.example.fi", "s-1", asks_again=True)
    request.session.save()
    for _ in range(3):
        machine.goes_on(minutes=19)
        assert is_in(client, "/day/"), "use makes it last on"
    machine.goes_on(minutes=4)
    assert client.get("/day/").headers["Location"] == "/login/?next=/day/"


def test_before_the_hour_is_over_the_body_is_asked_on_the_way_to_a_page(
    world: World, machine: Clock, settings: Any
) -> None:
    settings.IDENTITY_PROVIDERS = [SimpleNamespace(key="county", issuer="https://id.example.fi")]
    client, page = enters("social"), {"headers": {"Sec-Fetch-Mode": "navigate"}}
    request = HttpRequest()
    request.session = client.session
    note_issuer(request, "https://id.example.fi", "s-1", asks_again=True)
    request.session.save()
    machine.goes_on(minutes=44)
    assert client.get("/day/?x=1", **page).status_code == 200
    machine.goes_on(minutes=2)
    assert client.get("/day/").status_code == 200, "a part of a page is no page"
    assert client.post("/log-ins/others/end/", **page).status_code == 302
    asked = client.get("/day/?x=1", **page)
    assert asked.headers["Location"] == "/login/with/county/?next=%2Fday%2F%3Fx%3D1"
    assert client.get("/day/", **page).status_code == 200, "once, whatever came of it"


def test_a_client_is_not_asked_again_by_who_identified_them(world: World, machine: Clock) -> None:
    client = enters("client")
    request = HttpRequest()
    request.session = client.session
    note_issuer(request, "https://national.example.fi", "")
    request.session.save()
    for _ in range(3):
        machine.goes_on(minutes=40)
        assert is_in(client)


def test_after_twelve_hours_it_is_over_whatever_is_done(world: World, machine: Clock) -> None:
    client = enters("client")
    for _ in range(23):
        machine.goes_on(minutes=30)
        assert is_in(client)
    machine.goes_on(minutes=30)
    assert not is_in(client)


@pytest.mark.parametrize(("name", "longest"), [("SESSION_IDLE_MINUTES", 60), ("SESSION_HOURS", 12)])
def test_no_installation_makes_a_log_in_last_longer(
    monkeypatch: pytest.MonkeyPatch, name: str, longest: int
) -> None:
    """An hour unused, twelve in all: shorter may be chosen, longer is a fault that is told."""
    read = str(Path(settings.BASE_DIR) / "config" / "settings.py")
    monkeypatch.setattr(env, "faults", [])
    monkeypatch.setenv(name, str(longest))
    runpy.run_path(read)
    monkeypatch.setenv(name, str(longest + 1))
    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_path(read)


def test_what_a_session_holds_does_not_make_it_last(world: World, machine: Clock) -> None:
    """A page that saves the session all day long is no longer day."""
    client = enters("client")
    for _ in range(25):
        session = client.session
        session["touched"] = machine.ahead.total_seconds()
        session.save()
        machine.goes_on(minutes=29)
    assert not is_in(client)


def test_using_it_is_written_down_once_a_minute(world: World, machine: Clock) -> None:
    client = enters("client")
    client.get("/about/")

    def writes() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/about/")
        return sum('UPDATE "people_login"' in query["sql"] for query in asked)

    assert [writes(), writes()] == [0, 0]
    machine.goes_on(seconds=61)
    assert [writes(), writes()] == [1, 0]


def test_what_was_typed_when_it_was_over_leads_back_to_the_form(
    world: World, machine: Clock
) -> None:
    client = enters("client")
    client.post("/drafts/", {"draft_page": "/my/goals/new/", "text": "I want to draw"})
    machine.goes_on(hours=2)
    sent = client.post("/my/goals/new/", {"text": "I want to draw", "draft": "1"})
    assert sent.headers["Location"] == "/login/?next=/my/goals/new/"
    back = client.post(
        "/login/", {"username": "client", "password": "demo", "next": "/my/goals/new/"}
    )
    assert back.headers["Location"] == "/my/goals/new/"
    assert b"I want to draw" in client.get("/my/goals/new/").content


def test_everybody_sees_where_they_are_logged_in_and_no_key(world: World) -> None:
    here, phone = enters("client"), enters("client", PHONE)
    page = here.get("/log-ins/").content.decode()
    assert page.count("Firefox, Windows") == 1 and "Safari, iPhone" in page
    assert page.index("here and now") < page.index("Safari, iPhone")
    for client in (here, phone):
        assert client.session.session_key not in page
    assert "Safari, iPhone" not in enters("client2").get("/log-ins/").content.decode()


def test_one_is_ended_from_elsewhere(world: World) -> None:
    here, phone = enters("client"), enters("client", PHONE)
    lost = next(row for row in log_ins_of(world.actor("client").writer_id) if "iP" in row.device)
    assert here.post(f"/log-ins/{lost.id}/end/").status_code == 302
    assert is_in(here) and not is_in(phone)
    assert events("client")[-1] == "log_in_ended"


def test_nobody_ends_the_log_in_of_another(world: World) -> None:
    mine, other = enters("client"), enters("client2")
    row = log_ins_of(world.actor("client").writer_id)[0]
    assert other.post(f"/log-ins/{row.id}/end/").status_code == 404
    assert is_in(mine)


def test_all_others_are_ended_at_once(world: World) -> None:
    here, others = enters("client"), [enters("client", PHONE) for _ in range(2)]
    said = here.post("/log-ins/others/end/", follow=True).content.decode()
    assert "2 log-ins are ended." in said
    assert is_in(here) and not any(is_in(client) for client in others)


def test_a_new_password_ends_every_other_log_in(world: World) -> None:
    here, phone = enters("client"), enters("client", PHONE)
    fields = {"old_password": "demo", "new_password1": STRONG, "new_password2": STRONG}
    assert here.post("/password/", fields).status_code == 302
    assert is_in(here) and not is_in(phone)
    assert LogIn.objects.filter(user__username="client").count() == 1
    assert events("client")[-2:] == ["password_chosen", "log_in_ended"]


def test_the_end_of_work_ends_the_log_ins(world: World) -> None:
    leads("colleague")
    gone = enters("employment")
    services.end_position(
        actor=world.actor("colleague"), position_id=position("employment").pk, now=world.now
    )
    assert not LogIn.objects.filter(user__username="employment").exists()
    assert not is_in(gone, "/day/")


def test_the_operator_ends_them(world: World) -> None:
    phone, said = enters("client", PHONE), StringIO()
    call_command("end_log_ins", "Client", stdout=said)
    assert said.getvalue() == "client: 1 log-ins ended\n" and not is_in(phone)
    row = AuditRow.objects.filter(action="log_in_ended").latest("pk")
    assert row.actor == "system:operator"
    with pytest.raises(CommandError):
        call_command("end_log_ins", "nobody")


def test_what_is_over_is_listed_nowhere_and_ended_by_nobody(world: World, machine: Clock) -> None:
    enters("client", PHONE)
    machine.goes_on(hours=2)
    here = enters("client")
    page = here.get("/log-ins/").content.decode()
    assert "Firefox, Windows" in page and "Safari, iPhone" not in page
    said = here.post("/log-ins/others/end/", follow=True).content.decode()
    assert "0 log-ins are ended." in said
    assert "log_in_ended" not in events("client")


def test_the_page_tells_of_the_last_ninety_days_of_the_account(world: World) -> None:
    enters("client")
    user_id = world.actor("client").writer_id
    day = timedelta(days=1)
    events_on = [len(account_events_of(user_id, now=timezone.now() + n * day)) for n in (0, 89, 91)]
    assert events_on[0] == events_on[1] >= 1
    assert events_on[2] == 0


def test_what_is_over_is_forgotten_at_night(world: World, machine: Clock) -> None:
    enters("client")
    machine.goes_on(hours=13)
    kept = enters("client2")
    assert services.forget_old_log_ins() >= 1
    assert is_in(kept) and not LogIn.objects.filter(user__username="client").exists()


def test_log_ins_failures_and_log_outs_are_written_down(world: World) -> None:
    Client().post("/login/", {"username": "CLIENT", "password": "wrong"})
    client = enters("client")
    client.post("/logout/")
    assert events("client")[-3:] == ["log_in_failed", "logged_in", "logged_out"]
    rows = AuditRow.objects.filter(action__in=["logged_in", "logged_out"])
    assert {row.actor for row in rows} == {world.actor("client").label}


def test_many_failures_say_that_the_next_one_waited(world: World) -> None:
    for _ in range(7):
        Client().post("/login/", {"username": "client2", "password": "wrong"})
    said = events("client2")
    assert said.count("log_in_failed") == 5 and said.count("log_in_held") == 1
    page = enters_slowly("client2").get("/log-ins/").content.decode()
    assert "(5 times)" in page and "the next try had to wait" in page


def enters_slowly(username: str) -> Client:
    client = Client(headers={"accept-language": "en"}, REMOTE_ADDR="198.51.100.77")
    assert client.post("/login/", {"username": username, "password": "demo"}).status_code == 302
    client.cookies["django_language"] = "en"
    return client


def test_a_name_that_nobody_has_stands_nowhere(world: World) -> None:
    """It may be a password, typed into the wrong field."""
    typed = "Kuu-kiertaa-77-maata"
    Client().post("/login/", {"username": typed, "password": "x"})
    row = AuditRow.objects.filter(action="log_in_failed").latest("pk")
    assert row.subject_id is None and typed not in str(vars(row))


def test_every_event_has_its_words(world: World) -> None:
    assert all(event.label and event.label != event.value for event in AccountEvent)


def test_a_stolen_session_is_of_no_use_once_it_is_ended(world: World) -> None:
    owner, thief = enters("employment"), Client()
    thief.cookies["sessionid"] = owner.cookies["sessionid"].value
    assert is_in(thief, "/day/")
    row = log_ins_of(world.actor("employment").writer_id)[0]
    again = enters("employment")
    again.post(f"/log-ins/{row.id}/end/")
    assert not is_in(thief, "/day/") and not is_in(owner, "/day/")


NOTHING_TO_LOSE = {
    "account/": "a name or a password: typed again, and never kept",
    "pages/account/address.html": "a button",
    "pages/merged_records/record.html": "a button",
    "pages/case_access/find.html": "an identity code, which is never kept",
    "pages/assessments/assessments_checked.html": "a button",
    "pages/life_changes/change_sure.html": "a button",
    "pages/followup/how_are_things.html": "without a log-in",
    "pages/feedback/my_feedback.html": "four choices without a name, which no browser is to keep",
    "pages/grounds/ground_sign.html": "one box",
    "pages/grounds/grounds_sign.html": "one box",
    "pages/outside/invitation.html": "without a log-in",
    "pages/outside/outside_party.html": "a button",
    "pages/sharing/change_many.html": "a button",
    "pages/accessibility/statement.html": "without a log-in",
    "pages/income/income.html": "a choice and a day, and nothing is saved",
    "pages/installation/letter_trial.html": "the code of a letter that is at hand",
    "pages/client_log_in/enter_code.html": "before the log-in; the code is kept nowhere",
    "pages/client_log_in/make_way.html": "before the log-in; a password is kept nowhere",
}


def test_every_form_comes_back_with_what_was_typed_when_the_log_in_was_over() -> None:
    """The browser sets aside what is sent from a form that is marked so, until it is answered."""
    folder = Path(settings.BASE_DIR) / "templates"
    lacking = set()
    for template in folder.rglob("*.html"):
        text = template.read_text("utf-8")
        forms = re.findall(r'<form method="post"[^>]*class="form[^>]*>', text)
        if any("data-warn-unsaved" not in form for form in forms):
            lacking.add(str(template.relative_to(folder)))
    unsaid = {name for name in lacking if not name.startswith(tuple(NOTHING_TO_LOSE))}
    assert unsaid == set()
