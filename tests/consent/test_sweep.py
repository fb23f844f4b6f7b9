"""Every address, for every persona, before and after everything is taken back.

A marker stands in every text field of every category. What a persona is sent may hold only
markers that the plain model lets them read; and where they may read any, some must arrive, so
that a sweep that sees nothing fails. Planting a view without the gate is found.
"""

from __future__ import annotations

import io
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from pypdf import PdfReader

from caseplan.plan.models import Area, Goal, MoreTime
from cases.models import AccessRequest, Case
from config.urls import urlpatterns
from consent.models import Category, Consent
from followup.models import Reminder
from followup.points import token_of
from rights.selectors import list_visits
from tests.consent import planting
from tests.consent.planting import Garden
from tests.pages.routes import all_routes
from tests.personas import World
from tests.printed import MARK, is_written
from web.access import only_for

PERSONAS = (
    "employment", "social", "kela", "colleague", "outsider", "director", "officer", "client",
    "client2", "party", "association",
)  # fmt: skip
WITHOUT_PART = ("colleague", "outsider", "director", "officer", "client2")
LOSE_SOMETHING = ("employment", "social", "kela", "director", "officer", "party", "association")
pytestmark = pytest.mark.usefixtures("printed_as_written")
# Addresses that end a session or are not ours to fill in.
WHY = {"export": {"reason": "my_work"}}  # a list leaves as a file once it is said what for
LEFT_OUT = {
    "account_login", "account_logout", "set_language", "design", "api:schema",
    *(f"login:{name}" for name in ("start", "back", "ended", "keys", "out", "away")),
    # A new secret at each look, and nobody's data.
    "pages:second_factor", "pages:second_factor_app", "pages:passkey_log_in",
    "pages:calendar_feed_make",
}  # fmt: skip


def kinds_opened(wide: bool, turn: int = 0) -> list[tuple[Category, str]]:
    """Of which categories, by which recorder, a thing's own address is opened.

    Wide: each category by one of the recorders; ``turn`` moves them on by one, so that a route is
    opened with each category and over the routes each recorder's row of each category is. That
    every such row comes through the gate to whom it may, and to nobody else, is held by
    tests/consent/test_gate_over_time.py; the pages that list show all of them here too.
    """
    if not wide:
        return [(Category.SOCIAL_SITUATION, "social"), (Category.PLAN_FOLLOW_UP, "social")]
    by, every = planting.RECORDERS, list(Category)
    kinds = [(category, by[(number + turn) % len(by)]) for number, category in enumerate(every)]
    first = 2 * turn  # whoever asks about the first of them alone does so about others elsewhere
    return kinds[first:] + kinds[:first]


def candidates(garden: Garden, wide: bool, turn: int = 0) -> dict[str, list[Any]]:
    """For each name of a part of an address, what may stand there."""
    case, things = garden.world.case, garden.things
    opened = kinds_opened(wide, turn)
    kinds = [things[f"{category}-{recorder}"] for category, recorder in opened]
    beside = [things[f"{category}-{recorder}-beside"] for category, recorder in opened]
    points = things["meeting"].points.order_by("pk")
    looks = list_visits(garden.world.actor("client"), case.pk, now=garden.world.now)
    every = [goal.pk for goal, _a, _m in kinds]
    corrections = [c.pk for c in case.corrections.order_by("pk")]
    return {
        "case_id": [case.pk],
        "person_id": [case.person_id],
        "goal_id": [goal.pk for goal, _action, _measure in kinds],
        "action_id": [action.pk for _goal, action, _measure in kinds],
        "service_id": [planned_service.pk for _goal, _action, planned_service in kinds],
        "thread_id": [thread.pk for thread, _no, _file in beside],
        "objection_id": [no.pk for _thread, no, _file in beside],
        "more_time_id": [*MoreTime.objects.order_by("pk").values_list("pk", flat=True)][:30],
        "attachment_id": [file.pk for _thread, _no, file in beside],
        "meeting_id": [things["meeting"].pk],
        "participant_id": [p.pk for p in things["meeting"].participants.order_by("role")],
        # A point of a meeting's agenda, or after the end of a case.
        "point_id": [
            *(point.pk for point in points if (point.category, point.recorded_for) in opened),
            things["follow_up"].pk,
        ],
        "token": [token_of(things["follow_up"].pk)],
        "reminder_id": list(
            Reminder.objects.filter(case=case).order_by("kind", "pk").values_list("pk", flat=True)
        )[: None if wide else 3],
        "answer_id": list(case.pointanswers.order_by("pk").values_list("pk", flat=True)),
        "check_in_id": [things["check_in"].pk],
        "area": list(Area.values),
        "version_id": [things["version"].pk, garden.world.version.pk],
        "request_id": [
            things["request"].pk,
            things["asked"].pk,
            things["wish"].pk,
            *_access_requests(),
        ],
        "consent_id": list(
            Consent.objects.filter(case=case).exclude(method="online").values_list("pk", flat=True)
        ),
        "party_id": [garden.party.pk if garden.party else uuid4()],
        "question_id": [q.pk for q in case.questions.order_by("pk")],
        "correction_id": corrections,
        "who": ["employment", "social", "kela", str(garden.party.pk if garden.party else "")],
        "category": list(dict.fromkeys(category.value for category, _recorder in opened)),
        "thing": every,
        "subject": every,
        "subject_id": every,
        "kind": ["goal", "action", "planned_service", "person", "plan_due"],
        "look": [looks[0].number] if looks else [1],
        "rule": ["subsidy_300_days", "unemployed_12_months"],
        "body": ["employment", "social", "kela"],
        "secret": ["nothing", garden.things["secret"]],
    }


def _access_requests() -> list[Any]:
    return list(AccessRequest.objects.order_by("pk").values_list("pk", flat=True))


def addresses(garden: Garden, *, wide: bool = False) -> Iterator[tuple[str, str]]:
    """Every route with everything that may stand in it; a part nobody knows is a random id."""
    turns = [candidates(garden, wide, turn) for turn in range(len(planting.RECORDERS))]
    for number, (name, pattern) in enumerate(all_routes()):
        if name in LEFT_OUT:
            continue
        stands = turns[number % len(turns)]
        parts = list(pattern.pattern.converters)
        if wide and {"kind", "subject"} <= set(parts):
            for kind, things in _things_by_kind(garden, stands).items():
                for thing in things:
                    rest = {p: stands[p][0] for p in parts if p not in ("kind", "subject")}
                    yield name, reverse(name, kwargs={**rest, "kind": kind, "subject": thing})
            continue
        filled: list[dict[str, Any]] = [{}]
        for part in parts:
            values = stands.get(part, [uuid4()])
            filled = [{**one, part: value} for one in filled for value in values]
        for one in filled:
            yield name, reverse(name, kwargs=one)
    yield "export", "/triggers/export.csv?status=taken"
    yield "worklist", "/triggers/?status=taken"


def _things_by_kind(garden: Garden, stands: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Of each kind a client may correct: a row is asked for as what it is."""
    return {
        "goal": stands["goal_id"],
        "action": stands["action_id"],
        "planned_service": stands["service_id"],
        "person": [garden.world.case.person_id],
    }


def text_of(answer: Any) -> str:
    """Everything an answer says: its body (a PDF read, or as written), headers, where it leads."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
    if content.startswith(MARK) and not is_written(content):
        pages = PdfReader(io.BytesIO(content)).pages
        return headers + "".join(page.extract_text().replace("\n", "") for page in pages)
    return headers + content.decode("utf-8", "replace")


@dataclass
class Asking:
    """What of all addresses a persona asks for.

    Who has no part in the case asks of each route until four things have not been there: that no
    row of any category is open to them tests/consent/test_gate_over_time.py holds.

    An empty form is sent to each address that takes nothing else. ``wide``: to the others too, once
    for each persona, route and status that opening it gave: what is sent finds its thing by the
    same row as what is opened, so that another category of the same answer is told of by the same
    page.
    """

    wide: bool
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    sent: set[tuple[str, str, int]] = field(default_factory=set)

    def opens(self, name: str, persona: str) -> bool:
        return persona not in WITHOUT_PART or self.missed[name, persona] < 4

    def sends(self, name: str, persona: str, opened: int) -> bool:
        self.missed[name, persona] += opened == 404
        if opened == 405 or name in WHY:
            return True
        before = len(self.sent)
        self.sent.add((name, persona, opened))
        return self.wide and len(self.sent) > before


def leaks(garden: Garden, clients: dict[str, Client], *, wide: bool = False) -> list[str]:
    """Every marker that reached somebody who may not read it, by address and persona."""
    found: list[str] = []
    seen: dict[str, set[str]] = {persona: set() for persona in clients}
    asking = Asking(wide)
    for name, url in addresses(garden, wide=wide):
        for persona, client in clients.items():
            if not asking.opens(name, persona):
                continue
            opened = 0
            for method in ("get", "post"):
                if method == "post" and not asking.sends(name, persona, opened):
                    continue
                with transaction.atomic():
                    answer = getattr(client, method)(url, WHY.get(name))
                    text = text_of(answer)
                    transaction.set_rollback(True)
                opened = answer.status_code
                assert answer.status_code < 500, f"{method} {name} {persona}"
                for number in garden.found_in(text):
                    seen[persona].add(number)
                    if not garden.may_read(persona, number):
                        found.append(f"{method} {name} {persona}: {garden.where[number]}")
                if garden.code in text and persona != "client":
                    found.append(f"{method} {name} {persona}: the identity code")
    if found:
        return sorted(set(found))
    for persona, numbers in seen.items():
        readable = {n for n in garden.where if garden.may_read(persona, n)}
        assert bool(numbers) == bool(readable), f"{persona} was shown {len(numbers)} markers"
        if persona == "client":  # everything about them reaches the client somewhere
            missed = sorted(garden.where[n] for n in readable - numbers)
            assert missed == []
    return []


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of answers are 404 and 403, as they should be: none of them is news."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def garden(world: World, login: Any) -> Garden:
    planted = planting.plant(world)
    for body in ("kela", "social"):
        login(body).get(f"/cases/{world.case.pk}/")
    looks = list_visits(world.actor("client"), world.case.pk, now=world.now)
    planting.ask_about(planted, looks[0].number, looks[1].number)
    return planted


def clients(login: Any, personas: tuple[str, ...] = PERSONAS) -> dict[str, Client]:
    return {persona: login(persona) for persona in personas}


@pytest.mark.deep
@pytest.mark.usefixtures("menu_counted_once")
def test_no_address_gives_anybody_what_they_may_not_read(garden: Garden, login: Any) -> None:
    assert leaks(garden, clients(login), wide=True) == []
    assert mail.outbox == []


@pytest.mark.deep
@pytest.mark.usefixtures("menu_counted_once")
def test_no_address_gives_them_more_once_all_is_taken_back(garden: Garden, login: Any) -> None:
    """By everybody to whom the client had opened something, and the house's two that list cases.

    Who never had a part is asked above, where most is open, and by the short run below. The client
    may read every word in any state: that they still do is held, through the gate and on their
    pages after each change, by tests/consent/test_gate_over_time.py.
    """
    planting.revoke_everything(garden)
    assert leaks(garden, clients(login, LOSE_SOMETHING), wide=True) == []
    assert mail.outbox == []


@pytest.mark.usefixtures("menu_counted_once")
def test_nobody_reads_more_than_they_may_on_any_address(garden: Garden, login: Any) -> None:
    """The same, narrow: two categories by one recorder, after everything is taken back.

    By one who has asked to be let in. A body of the team and an outside party look for the words of
    the case in tests/consent/test_non_interference.py; all of them, and what a page says to an
    empty form sent to it, are the deep run's to look at.
    """
    planting.revoke_everything(garden)
    assert leaks(garden, clients(login, ("colleague",))) == []


def test_a_view_without_the_gate_is_found(
    garden: Garden, login: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    @only_for()
    def planted(request: HttpRequest) -> HttpResponse:
        return HttpResponse(", ".join(g.text for g in Goal.objects.order_by("pk")))

    module = ModuleType("planted_urls")
    module.urlpatterns = [*urlpatterns, path("planted/", planted, name="planted")]  # type: ignore
    monkeypatch.setitem(sys.modules, "planted_urls", module)
    settings.ROOT_URLCONF = "planted_urls"
    only = [(name, pattern) for name, pattern in all_routes() if name == "planted"]
    monkeypatch.setitem(globals(), "all_routes", lambda: only)
    assert any("planted kela" in leak for leak in leaks_of(garden, login, "kela"))


def leaks_of(garden: Garden, login: Any, persona: str) -> list[str]:
    return leaks(garden, {persona: login(persona)})


WHAT_CHANGES = re.compile(
    r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|"X-CSRFToken": "[^"]*"|csrftoken=[^;]*'
    r"|[0-9a-f]{8}-[0-9a-f-]{27}|DTSTAMP:\w+|Expires: [\w, :]+GMT"
    r'|name="happened_time" value="[^"]*"'
)


@pytest.mark.deep
@pytest.mark.parametrize("sent_to_all", [True])
def test_what_is_hidden_changes_nothing_on_any_page(
    world: World, login: Any, menu_counted_once: dict[Any, Any], sent_to_all: bool
) -> None:
    """Kela's every page is the same, letter by letter, with and without rows it may not see.

    So no count, no heading, no refusal and no status tells that there is anything. An empty form is
    sent where an address takes nothing else; in the deep run to the others too.
    """
    kela = login("kela")
    hidden = [Category.SOCIAL_SITUATION, Category.EDUCATION_WORK, Category.SELF_ASSESSMENT]

    def pages(garden: Garden) -> dict[str, list[str]]:
        # Several things share an address once their ids are left out: all of them count.
        said: dict[str, list[str]] = {}
        menu_counted_once.clear()
        asking = Asking(sent_to_all)
        for name, url in addresses(garden):
            opened = 0
            for method in ("get", "post"):
                if method == "post" and not asking.sends(name, "kela", opened):
                    continue
                with transaction.atomic():
                    answer = getattr(kela, method)(url, WHY.get(name))
                    transaction.set_rollback(True)
                opened = answer.status_code
                key = f"{method} {name} {WHAT_CHANGES.sub('', url)}"
                text = f"{answer.status_code} {WHAT_CHANGES.sub('', text_of(answer))}"
                said[key] = sorted([*said.get(key, []), text])
        return said

    garden = planting.plant(world)
    planting.revoke_everything(garden)
    elsewhere = _elsewhere(world)
    with transaction.atomic():
        for category in hidden:
            for recorder in ("social", "employment", "client"):
                for thing in garden.things[f"{category}-{recorder}"]:
                    type(thing).objects.filter(
                        case=world.case, category=category, recorded_for=recorder
                    ).update(case=elsewhere)
        without = pages(garden)
        transaction.set_rollback(True)
    with_them = pages(garden)
    differing = [
        line
        for key, told in with_them.items()
        if told != without.get(key)
        for line in unified_diff(
            "\n".join(without.get(key, [])).splitlines(), "\n".join(told).splitlines(), key, n=1
        )
    ]
    assert differing == [], "\n".join(differing)


def _elsewhere(world: World) -> Case:
    """A case of another network."""
    network = world.actor("outsider").network_id
    return Case.objects.filter(network_id=network).order_by("pk")[0]
