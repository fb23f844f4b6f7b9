"""Somebody's own words run the way they are written, wherever a page shows them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.template import loader
from django.urls import reverse

from caseplan.plan.services import disagree_with_plan, propose_plan
from cases.models import Case, News
from pages import printing
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.places import places_of
from tests.pages.routes import TABLE
from tests.personas import PERSONAS, World

__all__ = ["asked", "trigger"]  # the fixtures

pytestmark = pytest.mark.usefixtures("printed_as_written")
WORDS = "مرحبا، أريد (IT-työ) 2 kpl."
MARK = "مرحبا"
ROOMS = (
    "cases", "assessments", "case_messages", "plan", "plan_templates", "meetings", "intake",
    "consent",
    "followup", "rights", "benefits",
)  # fmt: skip
# Fields of text that hold no words of a person: codes, keys, sections of law, digests.
NO_WORDS = {
    "statute", "section", "instrument", "version", "rule", "code_hash", "secret_hash", "service",
    "category", "kind", "content_type", "code", "closed_because", "about", "scan_reference",
    "legal_basis", "review_section", "language", "failure", "signal", "benefit", "basis", "unit",
}  # fmt: skip
# The first of each that a page opens to reads it.
KINDS_OF_READERS = (
    ("employment", "social", "kela", "colleague", "outsider"), ("client", "client2"),
    ("association",), ("director",), ("officer",),
)  # fmt: skip
VOID = {"input", "br", "meta", "link", "img", "hr", "path", "rect", "line", "circle", "use", "wbr"}


def holds_words(field: Any) -> bool:
    return (
        isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, (models.URLField, models.EmailField))
        and not field.choices
        and (field.max_length is None or field.max_length >= 100)
        and field.name not in NO_WORDS
        and not field.unique
    )


def plant() -> int:
    """Arabic with Latin in it in every field of words that may still be written. How many."""
    planted = 0
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model.__name__.startswith("Historical") or "run" in model.__name__.lower():
                continue
            for field in filter(holds_words, model._meta.concrete_fields):
                rows = model._default_manager.exclude(**{field.name: ""})
                try:
                    with transaction.atomic():
                        planted += bool(rows.update(**{field.name: WORDS}))
                except DatabaseError:
                    continue  # what stands still, or goes with another field
    return planted


class Closest(HTMLParser):
    """Where the planted words stand in an element that does not say which way they run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and MARK in (given.get("value") or "") and given.get("type") != "hidden":
            self.judge(tag, given)
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if MARK in data:
            tag, attrs = self.open[-1]
            if tag != "title":  # no mark-up there: the browser finds the way itself
                self.judge(tag, attrs)

    def judge(self, tag: str, attrs: dict[str, str | None]) -> None:
        self.seen += 1
        if attrs.get("dir") != "auto":
            path = " ".join(f"{t}.{a.get('class') or ''}" for t, a in self.open[-3:])
            self.wrong.append(f"{path} > {tag}")


@pytest.fixture
def in_arabic(world: World, asked: dict[str, Any], trigger: tuple[Any, str]) -> World:
    assert plant() > 20
    version = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    disagree_with_plan(
        actor=world.actor("client"), version_id=version.pk, comment=WORDS, now=world.now
    )
    News.objects.all().delete()
    return World(world.now, world.case, version, world.own_goal, world.joint_goal, world.debts_goal)


@pytest.mark.deep
def test_own_words_run_the_way_they_are_written_on_every_page(
    in_arabic: World, login: Any, asked: dict[str, Any], trigger: tuple[Any, str]
) -> None:
    """Each page by one reader of each kind: whose page it is decides how it is drawn, not who."""
    wrong: dict[str, set[str]] = {}
    seen = 0
    clients = {who: login(who) for who in PERSONAS}
    places = places_of(in_arabic, trigger, asked)
    for route, answers in TABLE.items():
        if not route.startswith("pages:"):
            continue
        url = reverse(route, args=places[route])
        for kind in KINDS_OF_READERS:
            who = next((one for one in kind if answers.to(one) == 200), None)
            if who is None:
                continue
            answer = clients[who].get(url)
            if "html" not in answer.get("Content-Type", ""):
                continue
            page = Closest()
            page.feed(answer.content.decode())
            seen += page.seen
            for where in page.wrong:
                wrong.setdefault(where, set()).add(route)
    said = [f"{where}: {sorted(routes)[:4]}" for where, routes in sorted(wrong.items())]
    assert said == [], "\n".join(said)
    assert seen > 300


def test_every_field_for_words_takes_them_the_way_they_run(
    world: World, login: Any, asked: dict[str, Any], trigger: tuple[Any, str]
) -> None:
    class Fields(HTMLParser):
        wrong = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            words = tag == "textarea" or (
                tag == "input" and given.get("type", "text") in {"text", "search"}
            )
            self.wrong += words and given.get("dir") != "auto"

    for path in (
        f"/cases/{world.case.pk}/goals/new/", f"/cases/{world.case.pk}/messages/new/",
        f"/cases/{world.case.pk}/invite/", f"/cases/{world.case.pk}/meetings/new/",
        f"/meetings/{asked['meeting']}/", "/cases/", "/my/goals/new/",
    ):  # fmt: skip
        fields = Fields()
        page = login("client" if path.startswith("/my") else "employment").get(path)
        assert page.status_code == 200, path
        fields.feed(page.content.decode())
        assert fields.wrong == 0, path


def test_printed_words_run_the_way_they_are_written(
    in_arabic: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def kept(*given: Any) -> str:
        drawn.append(loader.render_to_string(*given))
        return drawn[-1]

    monkeypatch.setattr(printing, "render_to_string", kept)
    login("client").get(f"/versions/{in_arabic.version.pk}/plan.pdf")
    login("client").get("/my/everything.pdf")
    assert len(drawn) == 2
    for html in drawn:
        page = Closest()
        page.feed(html)
        assert page.seen
        assert sorted(set(page.wrong)) == []
