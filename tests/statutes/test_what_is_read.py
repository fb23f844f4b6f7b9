"""Nothing in the law's data is there for show: each figure, provision and name is read by code."""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from benefits.selectors import WorklistFilter, explain_rule, list_people
from benefits.services import evaluate
from common.actor import system_actor
from common.bodies import Body
from common.clock import HELSINKI, day_of, start_of
from followup.selectors import duties_on
from rights.selectors.processing import processing_record
from statutes.reader import all_figures, all_signals, law_on
from tests.architecture.test_walls import FLOORS, ROOT
from tests.personas import World

DAYS = [
    date(2015, 1, 1), date(2016, 1, 1), date(2022, 5, 2), date(2022, 5, 23), date(2024, 12, 31),
    date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 1),
]  # fmt: skip


@cache
def said_in(path: Path) -> frozenset[str]:
    """The words a module's code holds: plain strings, and the names it asks of something."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    }
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return frozenset(strings | asked)


def read_somewhere(name: str) -> bool:
    """Whether a room other than the law's own reader asks for it."""
    return any(
        name in said_in(path)
        for room in FLOORS
        if room != "statutes"
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    )


def test_every_figure_of_the_law_is_read_by_code() -> None:
    assert {f.name for f in all_figures() if not read_somewhere(f.name)} == set()


def test_every_provision_name_and_figure_of_a_signal_is_read_by_code() -> None:
    provisions = {p.name for day in DAYS for p in law_on(day).provisions}
    names = {n.of for day in DAYS for n in law_on(day).names}
    assert {name for name in provisions | names if not read_somewhere(name)} == set()
    early = (ROOT / "benefits/early_signals.py").read_text("utf-8")
    assert {f for s in all_signals() for f in s.figures if f"t.{f}" not in early} == set()


def test_a_figure_nobody_reads_would_be_found() -> None:
    assert not read_somewhere("a_figure_that" + "_nobody_reads")


@pytest.mark.parametrize(
    ("day", "section"),
    [("2015-12-31", ""), ("2016-01-01", "1369/2014 2 §"), ("2024-12-31", "1369/2014 2 §"),
     ("2025-01-01", "381/2023 3 §"), ("2026-11-29", "381/2023 3 §")],
)  # fmt: skip
def test_whoever_finds_the_need_has_had_to_refer_since_2016(day: str, section: str) -> None:
    law = law_on(date.fromisoformat(day))
    found = [f.section for f in law.figures if f.name == "referral_is_a_duty" and f.value]
    assert found == ([section] if section else [])


@pytest.mark.django_db
def test_the_duty_to_refer_stands_in_the_explanation(world: World, login: object) -> None:
    evaluate(actor=system_actor("night"), on=date(2024, 6, 30), now=world.now)
    row = list_people(world.actor("employment"), WorklistFilter(), now=world.now).rows[0].reasons[0]
    address = f"/triggers/{row.person.pk}/{row.rule}/"
    worker = login("employment")  # type: ignore[operator]
    assert "It is a duty (1369/2014 2 §)" in worker.get(address).content.decode()
    told = worker.get(f"/api/v1/explanations/{row.person.pk}/{row.rule}/").json()
    assert told["referral_section"] == "1369/2014 2 §"
    later = explain_rule(
        world.actor("employment"), row.person.pk, rule=row.rule, on=date(2025, 1, 1), now=world.now
    )
    assert later.referral_section == "381/2023 3 §"


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2014, 12, 31), []), (date(2020, 1, 1), [("3", "1377/2014 2 §")]),
     (date(2025, 1, 1), [("5", "381/2023 9 §, 388/2024 1 §"),
                         ("12", "381/2023 9 §, 388/2024 3 §")])],
)  # fmt: skip
def test_the_director_reads_what_the_law_asks_of_the_network(
    day: date, said: list[tuple[str, str]]
) -> None:
    found = duties_on(day)
    assert [duty.section for duty in found] == [section for _count, section in said]
    assert all(count in duty.sentence for duty, (count, _s) in zip(found, said, strict=True))


@pytest.mark.django_db
def test_it_stands_on_the_directors_page_of_rules(login: object) -> None:
    text = login("director").get("/reminder-rules/").content.decode()  # type: ignore[operator]
    assert "for 5 years at a time" in text
    assert "every 12 months" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2024, 12, 31), "Elinkeino-, liikenne- ja ympäristökeskusten sekä"),
     (date(2025, 12, 31), "Elinkeino-, liikenne- ja ympäristökeskusten kehittämis-"),
     (date(2026, 1, 1), "Työllisyys-, kehittämis- ja hallintokeskus")],
)  # fmt: skip
def test_the_states_centre_has_its_name_of_the_day(
    world: World, monkeypatch: pytest.MonkeyPatch, day: date, name: str
) -> None:
    moment = start_of(day)
    assert day_of(moment) == day and moment.tzinfo == HELSINKI
    assert processing_record(Body.KELA, now=moment).state_centre
    monkeypatch.setattr("common.clock.timezone.now", lambda: moment)
    page = Client().get("/about/processing/kela/", headers={"accept-language": "fi"})
    assert name in page.content.decode()


def test_no_text_of_the_interface_names_what_the_law_renames() -> None:
    """A name of the law's that changes is data: templates and rooms hold none of them."""
    short = ("KEHA", "UF-centret", "kehittämis- ja hallintokeskus", "ELY")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for folder in [*FLOORS, "templates", "locale"]
        if folder != "statutes"
        for kind in ("*.py", "*.html", "*.po")
        for path in (ROOT / folder).rglob(kind)
        for word in short
        if re.search(rf"\b{word}\b", path.read_text("utf-8"))
    ]
    assert found == []
