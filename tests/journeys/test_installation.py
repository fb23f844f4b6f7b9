"""From nothing, without the demo, by the list of what is missing to the first accepted plan.

One step is a shell's, ``begin_keeper``; all else is done on pages, after a log-in. The identity
provider is allauth's own, the mail a folder, and the night the command's.
"""

from __future__ import annotations

import base64
import email
import email.policy
import hmac
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import Celery
from playwright.sync_api import Browser

from devservers.provider import run as provider
from tests.journeys.conftest import DESKTOP, PHONE, ROOT, System, Visitor, follow, running
from tests.journeys.test_need import CODE, begins, names_who_takes_part
from tests.oidc.running import free_port

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
PASSWORD = "Kuu-kiertaa-77-maata"
PEOPLE = {
    "aino": {"whom": "staff", "claims": {
        "given_name": "Aino", "family_name": "Alku", "body": "employment"}},
    "ulla": {"whom": "clients", "claims": {
        "given_name": "Ulla Irmeli", "family_name": "Uusi", "urn:oid:1.2.246.21": CODE}},
}  # fmt: skip
LEADERS = {
    "leena": ("Leena", "Leader", "Salon työllisyyspalvelut"),
    "sisko": ("Sisko", "Social", "Lounais-Hämeen sosiaalipalvelut"),
    "kaisa": ("Kaisa", "Kela", "Kela, Salo"),
}


@pytest.fixture
def system(running_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Nobody is in it, and it knows one identity provider, for staff and for clients."""
    folder, at = tmp_path_factory.mktemp("provider"), free_port()

    def known(port: int) -> dict[str, str]:
        table = provider.prepare(folder, port=at, service=f"http://127.0.0.1:{port}")
        (folder / "people.json").write_text(json.dumps(PEOPLE))
        return {"IDENTITY_PROVIDERS": str(table)}

    with running(tmp_path_factory, "nothing", queue=9, without_demo=known) as own:
        there = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "devservers.provider.wsgi", "--bind",
             f"127.0.0.1:{at}", "--worker-class", "gthread", "--threads", "4",
             "--log-level", "warning", "--no-control-socket"],
            cwd=ROOT, env=provider.environment(folder),
        )  # fmt: skip
        try:
            yield own
        finally:
            there.terminate()
            there.wait(10)


@dataclass
class Installation:
    """The running system, and everybody who has a browser with it."""

    system: System
    browser: Browser

    def somebody(self, viewport: dict[str, int] = DESKTOP) -> Visitor:
        context = self.browser.new_context(viewport=viewport, locale="en-GB")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        return Visitor(context.new_page(), self.system.url)

    def letter_to(self, address: str, holding: str) -> str:
        """What a letter to this address holds; what waits is handed over first."""
        Celery(broker=self.system.env["REDIS_URL"], set_as_current=False).send_task(
            "operations.tasks.send_notifications"
        )
        folder = Path(self.system.env["VAR_DIR"]) / "messages" / "email"
        end = time.monotonic() + 90
        while time.monotonic() < end:
            for to, text in _messages(folder):
                found = re.search(holding, text, re.MULTILINE)
                if to == address and found is not None:
                    return found[0]
            time.sleep(0.3)
        raise AssertionError(f"no letter to {address}")

    def arrives(self, username: str, link: str = "") -> Visitor:
        """By their own link to a password, a log-in, and an app with codes beside it."""
        if not link:
            link = self.letter_to(f"{username}@example.org", r"http://\S+/password/\S+")
        who = self.somebody()
        who.page.goto(link)
        for name in ("new_password1", "new_password2"):
            who.page.fill(f"[name={name}]", PASSWORD)
        send(who)
        who.go("/login/")
        who.page.fill("[name=username]", username)
        who.page.fill("[name=password]", PASSWORD)
        send(who)
        who.go("/log-ins/second/app/")
        who.page.fill("[name=code]", code_shown_now(who.page.inner_text("p.secret code")))
        send(who)
        assert who.page.get_by_text(re.compile(r"^\d{8}$")).count() >= 8  # the recovery codes
        return who

    def comes_by_a_provider(self, name: str, button: str, viewport: dict[str, int]) -> Visitor:
        who = self.somebody(viewport)
        follow(who.go("/login/").page.get_by_role("link", name=button))
        who.page.get_by_label("User name").fill(name)
        who.page.get_by_label("Password").fill("demo")
        follow(who.page.get_by_role("button", name="Log in"))
        who.page.wait_for_url(f"{self.system.url}/**")
        # What their provider or the registers say of their language has won at the log-in.
        who.page.context.add_cookies(
            [{"name": "django_language", "value": "en", "url": self.system.url}]
        )
        return who


def _messages(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.log"), key=os.path.getmtime):
        for raw in re.split(rb"^-{79}\n", file.read_bytes(), flags=re.MULTILINE):
            if raw.strip():
                letter = email.message_from_bytes(raw, policy=email.policy.default)
                yield str(letter["To"]), letter.get_content()


def code_shown_now(secret: str) -> str:
    """What an authenticator app shows (RFC 6238: six figures, half a minute, SHA-1)."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.digest(key, int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def send(who: Visitor) -> None:
    follow(who.page.locator("main form button[type=submit]").first)


def text_of(who: Visitor) -> str:
    return who.page.inner_text("main")


def row(who: Visitor, what: str) -> str:
    """How one line of the list is."""
    who.go("/installation/")
    return who.page.locator("table.checks tr", has_text=what).first.inner_text()


def test_from_nothing_to_the_first_accepted_plan(system: System, browser: Browser) -> None:
    here = Installation(system, browser)
    keeper = the_keeper_comes(here)
    founds_the_network(keeper)
    names_everybody(keeper)
    tries_the_mail(here, keeper)
    leaders = {name: here.arrives(name) for name in LEADERS}
    director = here.arrives("diana").go("/")
    assert "The installation is not ready yet" in text_of(director)
    sign_the_grounds(here.arrives("oona"), here.arrives("otso"))
    aino = is_let_in(here, leaders["leena"])
    the_client_tries_the_identification(here, keeper)
    if "The last nightly run ended" not in row(keeper, "nightly run"):
        system.manage("nightly")  # else the ten minutes after which it is looked for came between
    for who in (keeper, director):
        assert "Everything is in order" in text_of(who.go("/installation/"))
        assert "not ready yet" not in text_of(who.go("/"))
    case = begins(leaders["kaisa"])
    names_who_takes_part(leaders["leena"], "Aino Alku")
    names_who_takes_part(leaders["sisko"], "Sisko Social")
    the_plan_is_made(here, leaders["kaisa"], [leaders["sisko"], aino], case)


def the_keeper_comes(here: Installation) -> Visitor:
    said = here.system.manage(
        "begin_keeper", "kirsi", "--first-name", "Kirsi", "--last-name", "Keeper",
        "--email", "kirsi@example.org", "--language", "en",
    )  # fmt: skip
    keeper = here.arrives("kirsi", said.split()[-1])
    keeper.go("/")
    assert "There is no network yet" in text_of(keeper)
    keeper.click("See what is missing").picture("installation_empty")
    return keeper


def founds_the_network(keeper: Visitor) -> None:
    keeper.click("Found a network")
    keeper.page.fill("[name=name]", "Lounais-Häme")
    keeper.page.fill("[name=towns]", "734 Salo\n761 Somero")
    for body, (_first, _last, office) in zip(
        ("employment", "social", "kela"), LEADERS.values(), strict=True
    ):
        keeper.page.fill(f"[name=office_{body}]", office)
    keeper.press("Found it")
    assert "Nobody leads" in text_of(keeper)


def names_everybody(keeper: Visitor) -> None:
    """Each line of the list leads to the form in which its person is named."""
    for username, (first, last, office) in LEADERS.items():
        line = keeper.page.locator("table.checks tr", has_text="leads each office")
        follow(line.get_by_role("link"))
        chosen = keeper.page.locator("[name=what]:checked")
        label = keeper.page.locator(f"label[for={chosen.get_attribute('id')}]").inner_text()
        assert label.startswith("Leads ")
        keeper.page.get_by_label(f"Leads {office}").check(force=True)
        is_named(keeper, username, first, last)
    for what, username, first, last in (
        ("The director", "diana", "Diana", "Director"),
        ("data-protection officers", "oona", "Oona", "Officer"),
        ("data-protection officers", "otso", "Otso", "Officer"),
    ):
        follow(keeper.page.locator("table.checks tr", has_text=what).get_by_role("link"))
        is_named(keeper, username, first, last)
    assert "Name somebody" not in text_of(keeper)


def is_named(keeper: Visitor, username: str, first: str, last: str) -> None:
    for name, value in (
        ("username", username), ("first_name", first), ("last_name", last),
        ("email", f"{username}@example.org"),
    ):  # fmt: skip
        keeper.page.fill(f"[name={name}]", value)
    keeper.page.select_option("select[name=language]", "en")
    keeper.press("Propose")
    assert keeper.page.url.endswith("/installation/"), text_of(keeper)


def tries_the_mail(here: Installation, keeper: Visitor) -> None:
    follow(keeper.page.locator("table.checks tr", has_text="Letters arrive").get_by_role("link"))
    keeper.press("Send the letter")
    code = here.letter_to("kirsi@example.org", r"^\d{4} \d{4}$")
    keeper.page.fill("[name=code]", code)
    keeper.press("This was in it")
    assert "Kirsi Keeper typed its code" in row(keeper, "Letters arrive")


def sign_the_grounds(first: Visitor, second: Visitor) -> None:
    first.go("/grounds/").click("Begin with the national table")
    send(first)
    for officer in (first, second):
        officer.go("/grounds/sign/")
        officer.page.locator("[name=read]").check(force=True)
        officer.press("Sign them")
    assert "in order" in row(first, "table of grounds")


def is_let_in(here: Installation, leader: Visitor) -> Visitor:
    """A worker comes by their own body's log-in, and may do nothing before their leader says so."""
    aino = here.comes_by_a_provider("aino", "Your organisation", DESKTOP)
    leader.go("/letting-in/").click("Aino Alku")
    if leader.page.locator("select[name=office] option").count() > 1:
        leader.page.select_option("[name=office]", label=LEADERS["leena"][2])
    leader.page.fill("[name=title]", "Palveluasiantuntija")
    leader.press("Let them in")
    return aino.go("/day/")


def the_client_tries_the_identification(here: Installation, keeper: Visitor) -> None:
    """No register knows them, and they are told so: that they came is what is looked for."""
    assert "Nobody has come in by it yet" in row(keeper, "Identification of the trial")
    stranger = here.comes_by_a_provider("ulla", "Identification of the trial", PHONE)
    stranger.check()
    assert "last came in by it" in row(keeper, "Identification of the trial")


def the_plan_is_made(here: Installation, kela: Visitor, others: list[Visitor], case: str) -> None:
    client = here.comes_by_a_provider("ulla", "Identification of the trial", PHONE)
    client.go("/my/goals/new/")
    client.page.get_by_label("My goal").fill("I want to try again")
    client.press("Save my goal")
    kela.go(case).click("Add a goal")
    kela.page.fill("#id_text", "Debts and work at once")
    kela.page.get_by_label("What it concerns").select_option("plan_follow_up")
    kela.press("Save")
    kela.click("Propose the plan")
    kela.press("Propose version")
    for worker in others:  # Kela has accepted by proposing
        worker.go(case).click("Read and answer")
        worker.press("Accept version 1 for")
    client.go("/my/plan/").click("Read and answer")
    client.click("Accept version 1")
    client.press("Accept version 1")
    assert "Version 1 in force" in text_of(client)
