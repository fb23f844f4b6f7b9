"""Every address of a case, in every state of its life: never an error of ours, never a leak.

The table of ``routes.py`` says who gets what in the state the demo's case is in. What the other
states make of it stands in ``states.txt``, one row an address and one column a state; it is read
like the table, and written anew with ``REWRITE=1``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.access import visible_to
from tests.pages.routes import TABLE
from tests.pages.states import PERSONAS, STAGES, Stage, actors
from tests.personas import World

pytestmark = pytest.mark.usefixtures("menu_counted_once", "printed_as_written")
Rows = dict[str, dict[str, str]]  # route -> state or persona -> signs
WRITTEN = Path(__file__).with_name("states.txt")
SIGNS = {200: "o", 302: ">", 403: "x", 404: "-", 405: "p"}
LEGEND = """\
# What each address answers in each state of a case, to: {personas}.
# o opens, x is refused with a reason, - is not there, p is only posted to, > goes to the log-in.
# Of a case that never started only its own addresses are asked, else it stays blank (dots).
# Written by tests/pages/test_states.py.
"""
# Of no case, or asked about elsewhere: registers, staff, grounds, texts, what stands before a case.
ELSEWHERE = (
    "extract", "feedback", "import", "record", "offices", "office", "worker", "ground", "policy",
    "question",
    "template",
    "line_remove", "reminder_rule", "operations", "ways", "way_new", "dashboard", "trigger",
    "death", "calendar_feed", "person_decline", "accessibility",
    "filter_", "by_hand", "draft_", "about", "processing", "home", "invitation", "how_are_things",
    "access_ask", "emergency", "cover", "absence", "contact", "handover", "schema", "explanation",
    "account_examine", "address_", "breach", "examination", "exports", "log_in", "my_own_use",
    "role", "need_", "referral", "seat", "own_request", "consultation", "network", "territory",
    "staff_file", "organisation", "person_asking", "first_hour", "machine", "token",
    "own_address", "stronger", "second_factor", "enter_code", "make_way",
    "passkey_log_in", "own_passkeys", "installation", "letter_trial", "turned_away", "practise",
)  # fmt: skip
# Though they begin like pages that name no case.
OF_THE_CASE = {
    "pages:handover_summary", "pages:contacts", "pages:contact_new", "pages:contact_correct",
}  # fmt: skip
# They have no part in the case, whatever becomes of it.
WITHOUT_PART = ("colleague", "outsider", "director", "client2", "officer")
BLANK = "." * len(PERSONAS)
# Addresses with a part that names nothing of the case.
BESIDE_THE_CASE = {"pages:change_one", "pages:my_assessment_new", "pages:see_as"}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def addresses(stage: Stage) -> Iterator[tuple[str, str, bool]]:
    """Each route, its address in this case, and whether the address names the case's things."""
    for name, args in stage.places.items():
        if name in OF_THE_CASE or not name.partition(":")[2].startswith(ELSEWHERE):
            yield name, reverse(name, args=args), bool(args) and name not in BESIDE_THE_CASE


def answered(client: Client, url: str) -> int | str:
    """The status; or what broke."""
    mark = transaction.savepoint()
    try:
        return client.get(url).status_code
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        transaction.savepoint_rollback(mark)


def walk(stage: Stage, clients: dict[str, Client]) -> tuple[Rows, list[str]]:
    """For each route the sign of what each persona got, and everything that is wrong.

    Of those without a part it is wrong, too, to see the case at all, whether they walk or not.
    """
    who = actors(stage)
    sees = {
        persona: actor is not None
        and visible_to(actor, now=stage.world.now).filter(pk=stage.case.pk).exists()
        for persona, actor in who.items()
    }
    said: Rows = {}
    wrong = [f"{persona} sees the case" for persona in WITHOUT_PART if sees[persona]]
    for name, url, names_it in addresses(stage):
        for persona, client in clients.items():
            got = answered(client, url)
            if got not in SIGNS:
                wrong.append(f"{name} {persona}: {got}")
                continue
            said.setdefault(name, {})[persona] = SIGNS[int(got)]
            if names_it and not sees[persona] and got in (200, 403) and who[persona]:
                wrong.append(f"{name} {persona}: {got}, and does not see the case")
    return said, wrong


def written() -> Rows:
    """``states.txt``: route -> state -> signs."""
    if not WRITTEN.exists():
        return {}
    lines = [line for line in WRITTEN.read_text().splitlines() if not line.startswith("#")]
    states = lines[0].split()
    return {line.split()[0]: dict(zip(states, line.split()[1:], strict=True)) for line in lines[1:]}


def write(rows: Rows) -> None:
    width, column = max(map(len, rows)), len(PERSONAS)
    head = " ".join([" " * width, *(state.ljust(column) for state in STAGES)])
    lines = [LEGEND.format(personas=", ".join(PERSONAS)).rstrip("\n"), head.rstrip()]
    lines += [
        " ".join([name.ljust(width), *(rows[name].get(s, BLANK) for s in STAGES)])
        for name in TABLE
        if name in rows
    ]
    WRITTEN.write_text("\n".join(lines) + "\n")


def visit(world: World, login: Any, state: str, personas: tuple[str, ...]) -> Rows:
    early = {p: login(p) for p in personas if not (p == "client" and state in NEVER_STARTED)}
    stage = STAGES[state](world)
    clients = {p: early.get(p) or login(stage.username(p)) for p in personas}
    said, wrong = walk(stage, clients)
    assert wrong == [], "\n".join(wrong)
    return said


NEVER_STARTED = ("declined",)


@pytest.mark.parametrize("state", ["declined", "closed"])
def test_a_case_in_another_state_breaks_no_page(world: World, login: Any, state: str) -> None:
    """The short walk: one of the team and its client, in the states whose pages differ most.

    The state of the demo is that of the table of ``routes.py``. Everybody else, and every state,
    is asked by the deep run below, which fails wherever this one would.
    """
    short = ("kela", "client")
    said = visit(world, login, state, short)
    if os.environ.get("REWRITE"):
        return
    kept = written()
    places = [PERSONAS.index(persona) for persona in short]
    differing = [
        f"{name} in {state}: {dict(zip(short, signs, strict=True))}, was {kept[name][state]}"
        for name, cells in said.items()
        if name in kept  # a new route is missed by the deep run, which writes the whole table
        and (signs := "".join(cells[p] for p in short))
        != "".join(kept.get(name, {}).get(state, "?" * 10)[place] for place in places)
    ]
    assert differing == [], "\n".join(differing)


WITH_A_PART = tuple(persona for persona in PERSONAS if persona not in WITHOUT_PART)


@pytest.mark.deep
@pytest.mark.parametrize("state", STAGES)
def test_every_persona_gets_in_every_state_what_is_written(
    world: World, login: Any, state: str
) -> None:
    """Whoever has no part in the case walks while it goes on and after its end.

    No state may change what they get: it is written so, and in each state the gate is asked whether
    they see the case, which is all that could let them in.
    """
    rewrite = bool(os.environ.get("REWRITE"))
    walked = PERSONAS if rewrite or state in ("mapping", "closed") else WITH_A_PART
    said = visit(world, login, state, walked)
    kept = written()
    if rewrite:
        for name in kept.keys() | said.keys():
            cells = said.get(name)
            signs = "".join(cells[persona] for persona in PERSONAS) if cells else BLANK
            kept.setdefault(name, {})[state] = signs
        write(kept)
    was = {
        name: {persona: cells[state][PERSONAS.index(persona)] for persona in walked}
        for name, cells in kept.items()
        if cells[state] != BLANK
    }
    assert said == was


def test_no_state_changes_what_whoever_has_no_part_gets() -> None:
    changing = [
        f"{name} {persona}"
        for name, cells in written().items()
        for persona in WITHOUT_PART
        if len({cell[PERSONAS.index(persona)] for cell in cells.values() if cell != BLANK}) > 1
    ]
    assert changing == []
