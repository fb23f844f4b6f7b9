"""What holds of every page as the demo leaves it: each is opened once by each of its readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve
from django.utils import translation

from caseplan.intake.models import AssessmentReferral
from pages.case.tabs import TABS
from people.models import Draft, LogIn, SentForm
from tests.conftest import log_in
from tests.pages.asked import ask_for_everything
from tests.pages.due import somebody_due
from tests.pages.heard import (
    title_of,
    told_by_a_title,
    told_by_an_address,
    what_is_wrong_with_the_headings,
)
from tests.pages.reading import without_help
from tests.pages.rendered import read
from tests.pages.routes import TABLE, all_routes
from tests.pages.standing import Standing, undone
from tests.pages.test_forms import WITHOUT_A_FORM
from tests.pages.test_hostile_input import plausible, visitors
from tests.pages.test_never_kept import NAMES_OF_PEOPLE
from tests.pages.test_whose_page import (
    ABOUT_NOBODY,
    IN_NO_MENU,
    WORKERS,
    has_its_bar_and_tabs,
    is_before_a_case,
    persons,
    says_whose_it_is,
)
from tests.personas import PERSONAS, World
from tests.printed import Printing
from tests.web.test_once import forms_on
from web.once import AGAIN_EACH_TIME, FIELD

# One process opens them all.
pytestmark = pytest.mark.xdist_group("every page")


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[Standing]:
    """One transaction around all tests of this module, in which everything has been asked."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        world = World.load()
        clients = {persona: log_in(persona) for persona in PERSONAS}
        for number, client in enumerate(clients.values()):
            # Each at a place of their own: who asks for nobody's calendar is counted by the place.
            client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        yield Standing(world, somebody_due(world), ask_for_everything(world), clients)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def inside(
    standing: Standing, db: None, menu_counted_once: None, printed_as_written: Printing
) -> None:
    """Each test is undone inside that transaction."""


def test_every_route_answers_each_persona_as_the_table_says(
    standing: Standing, printed_as_written: Printing
) -> None:
    """Whom a view's marker leaves out gets 404 from one line of ``web.access``, before the view.

    Of those one is asked at each address, another at the next; everybody else is asked everywhere.
    What is printed is laid out as a PDF for the first who gets it.
    """
    wrong = []
    kinds = {persona: standing.world.actor(persona).kind for persona in PERSONAS}
    marked = {
        name: getattr(pattern.callback, "access_kinds", None) for name, pattern in all_routes()
    }
    for number, (name, answers) in enumerate(TABLE.items()):
        outside = [p for p in PERSONAS if marked[name] and kinds[p] not in marked[name]]
        not_asked = set(outside) - {outside[number % len(outside)]} if outside else set()
        for persona in PERSONAS:
            want = answers.to(persona)
            asked = persona not in not_asked
            got = standing.open(name, persona, printed_as_written).status if asked else 404
            if got != want:
                wrong.append(f"{name} {persona}: {got}, not {want}")
    assert wrong == [], "\n".join(wrong)
    assert len(standing.drawn) > 4


def about_one(standing: Standing, printing: Printing) -> Iterator[tuple[str, str, str]]:
    """Route, reader and page, of every worker's page under a case or trigger."""
    for route in TABLE:
        if not route.startswith("pages:") or route.split(":")[1] in ABOUT_NOBODY:
            continue
        for who in WORKERS:
            if TABLE[route].to(who) == 200:
                yield route, who, without_help(standing.open(route, who, printing).page)


def test_every_page_and_form_under_a_case_or_trigger_says_whose_it_is(
    standing: Standing, printed_as_written: Printing
) -> None:
    """Of somebody protected, and where the name is not open: ``test_whose_page.py``."""
    client, found = persons(standing.world, standing.trigger)
    referred = AssessmentReferral.objects.get(pk=standing.asked["referral"]).person
    told = list(about_one(standing, printed_as_written))
    assert len(told) > 130
    wrong = []
    for route, who, page in told:
        about = found if is_before_a_case(route) else client
        about = referred if "referral" in route else about
        wrong += [
            f"{route} {who}: {what}"
            for what in says_whose_it_is(route, page, about, protected=False)
        ]
    assert wrong == [], "\n".join(wrong)


def test_every_page_under_a_case_bears_its_bar_and_tabs_in_their_order(
    standing: Standing, printed_as_written: Printing
) -> None:
    """One of the tabs is marked, on forms too, and so is "Cases" in the main menu."""
    labels = [str(kind.label) for kind in TABS]
    wrong = []
    for route, who, page in about_one(standing, printed_as_written):
        if is_before_a_case(route) or route == "pages:seat":  # on no team yet: not their case
            assert 'class="case-bar"' not in page, route
            continue
        wrong += [f"{route} {who}: {what}" for what in has_its_bar_and_tabs(page, labels)]
    assert wrong == [], "\n".join(wrong)


def test_the_menu_says_where_one_is_on_pages_about_nobody_too(
    standing: Standing, printed_as_written: Printing
) -> None:
    """What is nobody's in particular stands below a main link, or in the menu under one's name."""
    nowhere = []
    for name in sorted(ABOUT_NOBODY - IN_NO_MENU):
        if TABLE[f"pages:{name}"].to("employment") != 200:
            continue
        page = standing.open(f"pages:{name}", "employment", printed_as_written).page
        if "</header>" not in page:
            continue  # a file
        header = page.split('class="languages"')[0]
        if header.count("aria-current=") != 1:
            nowhere.append((name, header.count("aria-current=")))
    assert nowhere == []


def pages(standing: Standing, printing: Printing) -> Iterator[tuple[str, str, str]]:
    """Route, reader and page, of every page by each of its readers; no file, no part of a page."""
    for route, answers in TABLE.items():
        for who in PERSONAS:
            if answers.to(who) == 200:
                page = standing.open(route, who, printing).page
                if "<main" in page:
                    yield route, who, page


def test_neither_a_title_nor_an_address_tells_anything_of_a_person(
    standing: Standing, printed_as_written: Printing
) -> None:
    """Both stay in the browser's history, and an address in logs on its way."""
    telling = []
    for route, who, page in pages(standing, printed_as_written):
        title = title_of(page)
        assert title.removesuffix("– Yhdessä").strip(), f"{route} {who}: no title"
        telling += [f"{route} {who}: {title}" for _word in told_by_a_title(title)]
        for address in {standing.url(route), *re.findall(r'(?:href|action)="([^"]*)"', page)}:
            telling += [f"{route} {who}: {address}" for _word in told_by_an_address(address)]
    assert telling == []


def test_headings_lead_through_every_page(standing: Standing, printed_as_written: Printing) -> None:
    wrong = [
        f"{route} {who}: {what}"
        for route, who, page in pages(standing, printed_as_written)
        for what in what_is_wrong_with_the_headings(page)
    ]
    assert wrong == [], "\n".join(wrong)


def test_what_a_page_takes_is_sent_by_a_form_on_it(
    standing: Standing, printed_as_written: Printing
) -> None:
    """A page that only shows refuses what is sent to it, and says so where it is asked."""
    wrong = []
    for name, answers in TABLE.items():
        url = standing.url(name)
        reader = next((persona for persona in PERSONAS if answers.to(persona) == 200), None)
        if reader is None or "POST" not in standing.clients[reader].options(url).headers["Allow"]:
            continue
        sent_to = {
            address.partition("?")[0]
            for form in read(standing.open(name, reader, printed_as_written).page)[0]
            if form.method == "post"
            for address, _extra in form.sent_by(url)
        }
        if url not in sent_to and name not in WITHOUT_A_FORM:
            wrong.append(name)
    assert wrong == []


def test_no_page_keeps_what_identifies_somebody(
    standing: Standing, printed_as_written: Printing
) -> None:
    """Every field of every form of every page, sent by a browser that leaves none out.

    A form that stands on many pages of one feature is sent from one of them: what is kept of it is
    decided by the feature and by its fields alone (``what_is_kept``).
    """
    seen: set[str] = set()
    sent_before: set[Any] = set()
    leaked: list[str] = []
    for name, answers in TABLE.items():
        persona = next((p for p in PERSONAS if answers.to(p) == 200), None)
        if persona is None:
            continue
        page = standing.url(name)
        html = standing.open(name, persona, printed_as_written).page
        marked = set(re.findall(r'name="([^"]+)"[^>]*data-never-kept', html))
        marked |= set(re.findall(r'data-never-kept[^>]*name="([^"]+)"', html))
        seen |= marked
        for form in read(html)[0]:
            feature = resolve(page).func.__module__.split(".")[:2]
            if (which := (*feature, form.method, tuple(form.controls))) in sent_before:
                continue
            sent_before.add(which)
            sent = dict.fromkeys(form.controls, "Kirkko-Matti 4711")
            standing.clients[persona].post("/drafts/", {"draft_page": page, **sent})
            kept = Draft.objects.filter(page=page).first()
            names = set(kept.fields) if kept else set()
            leaked += [f"{name}: {field}" for field in names & marked]
            leaked += [
                f"{name}: {field}"
                for field in names
                if NAMES_OF_PEOPLE.search(field) and field != "email"
            ]
    assert leaked == []
    assert seen >= {"identity_code", "again", "last_name", "first_names", "phone", "email"}
    assert not [d for d in Draft.objects.all() if "4711" in str(d.page)]


def test_every_form_that_is_sent_carries_its_key(
    standing: Standing, printed_as_written: Printing
) -> None:
    """And what was sent once as it was drawn, with plausible words, changes nothing a second time.

    Every form of every page, by the first persona it is for: nothing at all is written by the
    second, and it leads where the first has led.
    """
    wrong: list[str] = []
    done: set[str] = set()
    for name, persona, only_sent in visitors():
        if only_sent:
            continue
        client, url = standing.clients[persona], standing.url(name)
        opened = standing.open(name, persona, printed_as_written)
        for to, carried, names in forms_on(opened.page, url):
            where = f"{name} to {to}"
            if not carried.get(FIELD):
                wrong.append(f"{where}: no key")
            route = resolve(to.partition("?")[0]).view_name
            if route in AGAIN_EACH_TIME or route in done:
                continue
            drawn = opened.form if to == url else None
            data = plausible(drawn, standing.world) if drawn is not None else {}
            data = {n: v for n, v in data.items() if n in names} | carried
            with undone():
                if (again := sent_twice(client, to, data)) is not None:
                    done.add(route)
                    wrong += [f"{where}: {what}" for what in again]
    assert wrong == [], "\n".join(wrong)
    assert len(done) > 60, sorted(done)


def sent_twice(client: Client, to: str, data: dict[str, Any]) -> list[str] | None:
    """What is wrong with the answers; None where the first time was refused with the form again.

    What was refused was not done, keeps no answer and may be sent again.
    """
    kept = SentForm.objects.count()
    first = client.post(to, data)
    # 405: each of its buttons has an address of its own.
    if first.status_code not in (200, 302, 405):
        return [f"a form stands there, and what is sent is answered with {first.status_code}"]
    if first.status_code != 302 or SentForm.objects.count() == kept:
        return None
    before = rows()
    second = client.post(to, data)
    changed = {model for model, number in rows().items() if number != before[model]}
    leads = (second.status_code, second.headers.get("Location"))
    return [*(str(leads) for _ in "1" if leads != (302, first["Location"])), *sorted(changed)]


def rows() -> dict[str, int]:
    """How many rows each table has, that of the log-ins and what the night alone reads apart."""
    models = (m for m in apps.get_models() if not getattr(m, "keeper_alone", False))
    tables = [model._meta.db_table for model in models if model is not LogIn]
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))
