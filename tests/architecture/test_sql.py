"""Statements name tables in strings, where the linter sees no wall: a test reads them.

A room's statements ask from its own tables and from those of rooms below, as its imports do.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from cases.reminders import COVERS, SEATS
from common.reminders import DueRule, ReminderKind
from followup import rules
from rights.reminders import RULES as OF_RIGHTS
from tests.architecture.test_walls import DOMAIN, FLOORS, ROOMS, ROOT

# What stands side by side may not name each other either.
BESIDE = {
    "caseplan/messages": "caseplan/assessments",
    "caseplan/contacts": "caseplan/assessments",
    "caseplan/remarks": "caseplan/options",
    "caseplan/meetings": "caseplan/plan_templates",
}
LEVEL = {room: ROOMS.index(BESIDE.get(room, room)) for room in ROOMS}


def room_of(module: str) -> str:
    """The room that a dotted module belongs to."""
    path = module.replace(".", "/") + "/"
    return next(room for room in reversed(ROOMS) if path.startswith(f"{room}/"))


TABLES = {
    # A table of former values belongs to the room of the values.
    model._meta.db_table: room_of(getattr(model, "instance_type", model).__module__)
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.split(".")[0] in FLOORS
}
TABLE = re.compile(r"\b(?:" + "|".join(sorted(TABLES, key=len, reverse=True)) + r")\b")


def tables_above(room: str, statement: str) -> set[str]:
    """The tables a statement names that do not belong to its room or to one below."""
    return {
        table
        for table in TABLE.findall(statement)
        if TABLES[table] != room and LEVEL[TABLES[table]] >= LEVEL[room]
    }


def strings_of(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("room", DOMAIN)
def test_no_statement_names_a_table_of_a_room_above(room: str) -> None:
    above = {
        str(path.relative_to(ROOT)): found
        for path in (ROOT / room).rglob("*.py")
        if room_of(".".join(path.relative_to(ROOT).parts)) == room
        for said in strings_of(path.read_text("utf-8"))
        if (found := tables_above(room, said))
    }
    assert above == {}


def test_a_planted_statement_is_found() -> None:
    goal = apps.get_model("plan", "Goal")._meta.db_table
    assert tables_above("cases", f"SELECT FROM {goal} g") == {goal}
    assert tables_above("caseplan/messages", f"SELECT FROM {goal} g") == {goal}
    assert tables_above("followup", f"SELECT FROM {goal} g") == set()
    assert tables_above("caseplan/messages", "SELECT FROM cases_case") == set()


def rules_of(room: str) -> tuple[DueRule, ...]:
    module = __import__(f"{room.replace('/', '.')}.reminders", fromlist=["RULES"])
    found: tuple[DueRule, ...] = module.RULES
    return found


def test_every_kind_of_reminder_is_the_rule_of_one_room() -> None:
    supplied = [
        rule.kind
        for room in DOMAIN
        if (ROOT / room / "reminders.py").exists()
        for rule in rules_of(room)
    ]
    supplied += [COVERS.kind, SEATS.kind]
    assert sorted(supplied) == sorted(ReminderKind)
    beside = {rule.kind for rule in rules.BESIDE_CASES}
    assert {rule.kind for rule in rules.all_rules()} | beside == {*supplied}
    assert not {rule.kind for rule in rules.CORE} & {rule.kind for rule in OF_RIGHTS}


def test_where_rules_are_collected_no_table_is_named() -> None:
    assert not TABLE.findall((ROOT / "followup" / "rules.py").read_text("utf-8"))


#: What no two rows of a table have in common, or of what is sorted here.
TELL_APART = {"pk", "number", "history_id"}


@pytest.mark.parametrize("path", sorted((ROOT / "caseplan/plan/selectors").glob("*.py")), ids=str)
def test_rows_that_are_alike_have_an_order_of_their_own(path: Path) -> None:
    """What was written in one moment stands in one order, however the database finds it.

    Without it a page says the same otherwise when something is there that its reader may not see.
    """
    loose = [
        f"{path.name}:{call.lineno}"
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "order_by"
        and call.args
        and not TELL_APART & {
            str(key.value).lstrip("-") for key in call.args if isinstance(key, ast.Constant)
        }
    ]  # fmt: skip
    assert loose == []
