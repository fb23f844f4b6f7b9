"""Whole days through the certified provider: a worker's first and last, a client from asking on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from caseplan.intake.models import OwnRequest
from caseplan.plan.models import PlanVersion
from cases.models import Case
from people.models import ExternalLogIn, LogIn, Municipality, Position, User
from tests.oidc.conftest import CLIENTS, HETU
from tests.oidc.visiting import Visitor, asked_in
from tests.people.test_staff import leads
from tests.personas import World
from tests.web.test_sessions import Clock, machine
from web.identity.providers import Provider

__all__ = ["machine"]  # the fixture
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("oidc")]
Linked = Callable[[str, str, str], User]
Add = Callable[..., Provider]
OPENS = {"headers": {"Sec-Fetch-Mode": "navigate"}}
UNKNOWN = "131052-900W"


def knows(folder: Path, **people: dict[str, str]) -> None:
    """Whom the provider knows from now on."""
    (folder / "people.json").write_text(json.dumps(people))


def sends(client: Client, url: str, **typed: Any) -> Any:
    """Open the page and send its form as a browser does: what it shows, and what one types."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    form = page.context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    filled = {name: value for name, value in shown.items() if value not in (None, "", [])}
    answer = client.post(url, filled | typed)
    assert answer.status_code == 302, (url, form.__class__, answer.content.decode()[-3000:])
    return answer


def reads(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    client.cookies["django_language"] = "en"
    return str(client.get(url, follow=True).content.decode())


def there_and_back(visitor: Visitor, sent: Any) -> Any:
    """To the provider, which shows nobody anything; our answer to what it says."""
    assert sent.status_code == 302
    url = sent.headers["Location"]
    for _ in range(5):
        answer = visitor.there.get(url, allow_redirects=False, timeout=10)
        assert answer.status_code in (302, 303), "a page was shown"
        url = answer.headers["Location"]
        if url.startswith(django_settings.PUBLIC_URL):
            return visitor.come_back(url)
    raise AssertionError(url)


def test_a_workers_first_day(
    certified_issuer: str, certified_provider: tuple[str, Path], provider: Add, world: World,
    login: Any,
) -> None:  # fmt: skip
    """Claims propose, the leader lets in, then the first list of cases and the first act."""
    knows(
        certified_provider[1],
        **{"uusi-1": {"given_name": "Uuno", "family_name": "Uusi", "email": "u@salo.example.fi"}},
    )
    provider("county", certified_issuer)
    leads("social")
    office = Position.objects.get(user__username="social", until=None).office
    assert office is not None
    uuno = Visitor()
    assert uuno.log_in("county", "uusi-1").headers["Location"] == "/"
    waits = reads(uuno.here, "/")
    assert "You are known, and wait to be let in" in waits and "Sanna Social" in waits
    assert uuno.here.get("/cases/").status_code == 404, "claims alone open nothing"

    leader = login("social")
    assert "/letting-in/" in leader.get("/day/").content.decode()
    (asked,) = leader.get("/letting-in/").context["rows"]
    assert asked.name == "Uuno Uusi"
    url = f"/letting-in/{asked.request.pk}/"
    sends(leader, url, office=str(office.pk), title="Caseworker", phone="040 123 9999")
    user = User.objects.get(last_name="Uusi", first_name="Uuno")

    first = uuno.here.get("/").headers["Location"]  # the same log-in is enough
    assert first == "/help/", "what helps in the first hour"
    assert uuno.here.get(first).status_code == 200
    assert world.case.person.last_name not in reads(uuno.here, "/cases/")
    sends(login("employment"), f"/cases/{world.case.pk}/team/new/", user_id=str(user.pk), why="New")
    assert world.case.person.last_name in reads(uuno.here, "/cases/")
    text = "A first try-out in a workshop"
    sends(uuno.here, f"/cases/{world.case.pk}/goals/new/", text=text, category="plan_follow_up")
    assert text in reads(uuno.here, f"/cases/{world.case.pk}/")


def test_a_worker_is_asked_for_silently_and_notices_nothing(
    certified_issuer: str, provider: Add, linked: Linked, machine: Clock
) -> None:
    provider("county", certified_issuer)
    user, visitor = linked("social", certified_issuer, "aino-17"), Visitor()
    visitor.log_in("county", "aino-17")
    before = LogIn.objects.get(user=user).answered_at
    machine.goes_on(minutes=46)
    way = visitor.here.get("/cases/?page=1", **OPENS)
    assert way.headers["Location"] == "/login/with/county/?next=%2Fcases%2F%3Fpage%3D1"
    sent = visitor.here.get(way.headers["Location"])
    assert asked_in(sent.headers["Location"])["prompt"] == "none"
    back = there_and_back(visitor, sent)
    assert back.headers["Location"] == "/cases/?page=1"
    after = LogIn.objects.get(user=user).answered_at
    assert before and after and (after - before).total_seconds() >= 46 * 60
    machine.goes_on(minutes=40)
    assert visitor.here.get("/cases/").status_code == 200, "86 minutes after the log-in"


def test_a_worker_who_left_the_directory_is_out_within_the_hour(
    certified_issuer: str, certified_provider: tuple[str, Path], provider: Add, linked: Linked,
    machine: Clock,
) -> None:  # fmt: skip
    """The directory knows them no more, and has ended their log-in there."""
    provider("county", certified_issuer)
    linked("social", certified_issuer, "aino-17")
    visitor = Visitor()
    visitor.log_in("county", "aino-17")
    knows(certified_provider[1])
    visitor.there.cookies.clear()
    machine.goes_on(minutes=50)
    way = visitor.here.get("/cases/", **OPENS)
    back = there_and_back(visitor, visitor.here.get(way.headers["Location"]))
    assert back.headers["Location"] == "/cases/", "they go on until the hour is over"
    assert visitor.here.get("/cases/", **OPENS).status_code == 200
    machine.goes_on(minutes=11)
    assert visitor.here.get("/cases/").headers["Location"] == "/login/?next=/cases/"
    # And do not come back: the provider asks for a log-in that they no longer have.
    sent = visitor.go("county", next="/cases/")
    asked = visitor.there.get(sent.headers["Location"], allow_redirects=False, timeout=10)
    assert "/interaction/" in asked.headers["Location"] and not visitor.user_id


def test_a_worker_links_the_log_in_of_their_own_body(
    certified_issuer: str, provider: Add, login: Any
) -> None:
    """By both log-ins, from a button of their own page; the password is gone then."""
    provider("county", certified_issuer)
    visitor = Visitor()
    visitor.here.post("/login/", {"username": "social", "password": "demo"})
    user = User.objects.get(username="social")
    assert visitor.user_id == str(user.pk)
    assert "/login/with/county/link/" in visitor.here.get("/log-ins/").content.decode()
    assert visitor.here.get("/login/with/county/link/").status_code == 405
    begun = visitor.here.post("/login/with/county/link/")
    sent = visitor.here.get(begun.headers["Location"])
    back = visitor.come_back(visitor.prove(sent.headers["Location"], "aino-17"))
    assert back.headers["Location"] == "/log-ins/"
    link = ExternalLogIn.objects.get(user=user)
    assert (link.issuer, link.subject) == (certified_issuer, "aino-17")
    assert not User.objects.get(pk=user.pk).has_usable_password()
    later = Visitor()
    later.log_in("county", "aino-17")
    assert later.user_id == str(user.pk)
    # Somebody else's there is nobody else's here.
    other = Visitor()
    other.here.post("/login/", {"username": "kela", "password": "demo"})
    begun = other.here.post("/login/with/county/link/")
    sent = other.here.get(begun.headers["Location"])
    refused = other.come_back(other.prove(sent.headers["Location"], "aino-17"))
    assert refused.status_code == 403
    assert not ExternalLogIn.objects.filter(user__username="kela").exists()


def test_somebody_asks_for_help_and_it_ends_in_a_plan_in_force(
    certified_issuer: str, certified_provider: tuple[str, Path], provider: Add, world: World,
    login: Any,
) -> None:  # fmt: skip
    """Whom no register knows: by the national log-in, and accepted by it."""
    knows(
        certified_provider[1],
        **{"new-1": {"given_name": "Outi", "family_name": "Oma", HETU: UNKNOWN}},
    )
    provider("national", certified_issuer, whom=CLIENTS)
    leads("employment")
    outi = Visitor()
    outi.log_in("national", "new-1")
    assert outi.here.get("/").headers["Location"] == "/introduce/"
    town = Municipality.objects.filter(code__in=world.case.network.towns.values("municipality"))[0]
    sends(outi.here, "/introduce/", municipality=town.code)
    office = Position.objects.get(user__username="employment", until=None).office_id
    sends(
        outi.here, "/own-request/new/", helps=["money"], office_id=str(office),
        words="I am sent around.",
    )  # fmt: skip
    worker = login("employment")
    asked = worker.get("/people-asking/").content.decode()
    assert "Oma" in asked
    request = OwnRequest.objects.latest("pk")
    own = str(world.actor("employment").user_id)
    sends(worker, f"/people-asking/{request.pk}/name/", user_id=own)
    team = [str(world.actor(who).user_id) for who in ("employment", "social", "kela")]
    sends(
        worker, f"/people-asking/{request.pk}/begin/", needs=["need_ability"],
        reason="Money and health", case_manager=own, members=team,
    )  # fmt: skip
    case = Case.objects.latest("opened_at")
    assert case.person.last_name == "Oma"
    assert "Money and health" in reads(outi.here, "/my/people/")
    sends(outi.here, "/my/goals/new/", text="I want one place to ask")
    sends(worker, f"/cases/{case.pk}/goals/new/", text="Order", category="plan_follow_up")
    sends(worker, f"/cases/{case.pk}/propose/")
    version = PlanVersion.objects.get(case=case)
    for who in set(version.parties) - {"client"}:  # the bodies that do something in it
        sends(login(who), f"/versions/{version.pk}/accept/")
    sends(outi.here, f"/versions/{version.pk}/accept/")
    version.refresh_from_db()
    assert version.is_in_force
