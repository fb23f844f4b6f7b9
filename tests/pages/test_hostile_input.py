"""Whatever is sent, a page answers: with what is wrong with it, never by breaking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from common.clock import day_of
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.places import places_of
from tests.pages.routes import TABLE
from tests.personas import PERSONAS, World

__all__ = ["asked", "trigger"]

pytestmark = pytest.mark.usefixtures("menu_counted_once", "printed_as_written")
JUNK = (
    "nul\x00in it",
    "x" * 70_000,
    # Text that means something elsewhere, and what is left of half a character.
    "\u202e\U0001f642<script>alert(1)</script>{{ 7|add:7 }}%s%(a)s' OR 1=1 --\ufffd",
    "-1",
    "9" * 40,
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
)
QUERIES = ("nul\x00in it", "9" * 40, "2026-13-45")
STRANGE = ("", "0001-01-01", "9999-12-31", "0", "2147483648", "x" * 1900, "\u202e\U0001f642 %s")
# Of these, one of each that a kind of field can tell apart: a choice takes nothing that it does not
# offer, a day nothing but days, a tick anything.
STRANGE_TO: dict[type[forms.Field], tuple[str, ...]] = {
    forms.BooleanField: ("", "0"),
    forms.ChoiceField: ("", "0", "x" * 1900),
    forms.DateField: ("", "0001-01-01", "9999-12-31", "x" * 1900),
    forms.IntegerField: ("", "0", "2147483648", "x" * 1900),
}
NAMED = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')
# What pages without a form of their own are sent.
SENT = (
    "q",
    "text",
    "comment",
    "statement",
    "settlement",
    "basis",
    "answer",
    "reason",
    "leads",
    "revision",
    "name",
    "page",
    "reply",
)


def visitors() -> Iterator[tuple[str, str, bool]]:
    """For each route the first persona it answers, and whether it is only sent to."""
    for name, answers in TABLE.items():
        for persona in PERSONAS:
            status = answers.to(persona)
            if status in {200, 405} and not name.startswith("api:"):
                yield name, persona, status == 405
                break


def answered(ask: Callable[..., HttpResponse], url: str, data: dict[str, Any]) -> tuple[int, str]:
    """The status, and what went wrong with it; nothing of it is kept."""
    mark = transaction.savepoint()
    try:
        status = ask(url, data).status_code
    except Exception as error:
        return 500, f"{type(error).__name__}: {str(error)[:120]}"
    finally:
        transaction.savepoint_rollback(mark)
    return status, f"{status}" if status >= 500 else ""


@pytest.mark.django_db
@pytest.mark.deep
def test_no_page_breaks_on_what_it_is_sent(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    """Whatever way is not taken by an address (405) is not taken whatever is sent: asked once."""
    clients = {persona: login(persona) for persona in PERSONAS}
    places = places_of(world, trigger, asked)
    wrong = []
    for name, persona, only_sent in visitors():
        url = reverse(name, args=places[name])
        fields = set(SENT)
        if not only_sent:
            page = clients[persona].get(url)
            if "html" in page.headers.get("Content-Type", ""):
                fields |= set(NAMED.findall(page.content.decode()))
        for ask, tries in ((clients[persona].post, JUNK), (clients[persona].get, QUERIES)):
            for junk in tries:
                status, found = answered(ask, url, dict.fromkeys(fields, junk))
                if found:
                    wrong.append(f"{ask.__name__} {name} by {persona}, {junk[:20]!r}: {found}")
                if status == 405:
                    break
    assert wrong == [], "\n".join(wrong)


def plausible(form: forms.Form, world: World) -> dict[str, Any]:
    """What somebody might really send of a form: what it shows, and something where it is empty."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        shown = form.get_initial_for_field(field, name)
        if isinstance(field, forms.MultipleChoiceField):
            data[name] = shown or [str(field.choices[0][0])] if field.choices else []
        elif isinstance(field, forms.ChoiceField):
            data[name] = shown or next((str(key) for key, _label in field.choices if key), "")
        elif isinstance(field, forms.BooleanField):
            data[name] = "on"
        elif isinstance(field, forms.DateField):
            data[name] = shown or day_of(world.now).isoformat()
        elif isinstance(field, forms.IntegerField):
            data[name] = 1 if shown is None else shown
        elif not isinstance(field, forms.FileField):
            data[name] = shown or "Words"
    return data


def strange_to(field: forms.Field) -> tuple[str, ...]:
    return next((tries for kind, tries in STRANGE_TO.items() if isinstance(field, kind)), STRANGE)


@pytest.mark.deep
def test_no_service_breaks_on_one_strange_answer_among_plausible_ones(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    clients = {persona: login(persona) for persona in PERSONAS}
    places = places_of(world, trigger, asked)
    wrong, forms_seen = [], 0
    for name, persona, only_sent in visitors():
        if only_sent:
            continue
        url = reverse(name, args=places[name])
        form = (clients[persona].get(url).context or {}).get("form")
        if form is None:
            continue
        forms_seen += 1
        data = plausible(form, world)
        for field in [None, *data]:
            for junk in strange_to(form.fields[field]) if field else ("",):
                given = {**data, field: junk} if field else data
                _status, found = answered(clients[persona].post, url, given)
                if found:
                    wrong.append(f"{name} by {persona}, {field}={junk[:20]!r}: {found}")
    assert forms_seen > 50
    assert wrong == [], "\n".join(wrong)
