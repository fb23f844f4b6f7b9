"""A table that turns a choice into something else has a row for every choice.

The table of purposes lacked the reason that a handover gives, and locked a worker out of every
page for two weeks. So every mapping of the project is looked at whose keys are choices.
"""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps

from common.inbox import InboxKind
from inbox import words
from tests.architecture.test_walls import FLOORS, ROOT

# Tables that hold some of the choices only, and why that is right.
PARTIAL = {
    "caseplan.plan.models.mapping._KNOWN_BY": "a client's strengths are nobody's to know for them",
    "evaluation.extracts.provider_classes._SERVICES": "no kind of service is of these alone",
    "caseplan.plan.catalogue._STEPS": "what is planned beside services has no kind",
    "cases.services.immediate_ending._TO": "what has ended for good ends no more",
    "benefits.services.extract_rows._WEEKDAYS_A_WEEK": (
        "benefits paid by the month have no paid days"
    ),
    "followup.rules._supplied": "a register: what rooms above supply; CORE holds the rest",
    "cases.services.handover._NEWS": "an offer that is open has not been answered",
    "cases.services.news._OVERTAKES": "most news takes the place of no other",
    "followup.selectors.reminders._THINGS": "reminders of a thing that has a category of its own",
    "pages.templatetags.frame.NAVIGATION": "a stranger, a machine and the system have no pages",
    "pages.home.views._FIRST_PAGE": "a stranger, a machine and the system have no pages",
    "web.identity.pages._DO": "those of workers' log-ins alone are no client's to mend",
    "pages.installation.words._SPECIAL": "most checks say their names and no more",
    "people.models.READS_FOR": "for the other purposes only people read",
    "inbox.acts._ACTS": "what is dealt with on a page of its own has no act in its row",
    "inbox.words._SAYS": "those of `_SPECIAL` are said by more than one sentence: together whole",
    "inbox.words._SPECIAL": "the others are one sentence each, in `_SAYS`: together whole",
    "inbox.words._NEWS": "most kinds of news say by their names what has changed",
    "pages.home.leading._WAYS": "what is told of many things leads where its news or reminder does",
    "pages.home.leading._OF_NEWS": "the others lead to the case that they are about",
    "pages.home.leading._OF_REMINDERS": "the others lead to the case that they are about",
}
PLAN_STATES = ("caseplan.plan.models.ActionState", "caseplan.plan.models.Reply")
# Tables by words that hold every value of some choices beside other words.
HOLDS = {
    "pages.templatetags.wording.STATES": PLAN_STATES,
    "pages.templatetags.wording.SHAPES": PLAN_STATES,
    "pages.templatetags.wording.FLAG_STATES": ("benefits.models.FlagState",),
    "pages.templatetags.wording.EXAMPLES": ("consent.models.Category",),
    "components.templatetags.formatting.LONG_DATE": ("people.models.Language",),
    "rights.selectors.everything._CODES": (
        "consent.models.Category", "common.bodies.Party", "caseplan.plan.models.ActionState",
        "caseplan.plan.models.GoalKind", "caseplan.plan.models.SeenNeed",
    ),
    "config.settings.CHANNELS": ("followup.models.Channel",),
}  # fmt: skip


# The trial's provider is a program of its own: its models have no table here, and what is erased
# with somebody is looked for in the tables of every model.
NOT_LOADED = {"migrations", "management", "__main__", "provider"}


def modules() -> Iterator[ModuleType]:
    importlib.import_module("config.urls")  # which knows what the rooms' addresses are made of
    for room in FLOORS:
        package = importlib.import_module(room)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not NOT_LOADED & set(found.name.split(".")):
                yield importlib.import_module(found.name)


def is_choice(key: object) -> bool:
    return isinstance(key, enum.Enum) and type(key).__module__.split(".")[0] in FLOORS


def tables_of(module: ModuleType) -> Iterator[tuple[str, dict[Any, Any]]]:
    """The mappings that stand in a module, or in a class of it, once for all."""
    for name, value in vars(module).items():
        if isinstance(value, dict):
            yield name, value
        elif inspect.isclass(value) and value.__module__ == module.__name__:
            yield from (
                (f"{name}.{inner}", table)
                for inner, table in vars(value).items()
                if isinstance(table, dict) and not inner.startswith("__")
            )


def tables_in_functions(module: ModuleType) -> Iterator[tuple[str, dict[Any, Any]]]:
    """The mappings written out inside functions, as far as their keys are names of the module."""
    if not module.__file__:
        return
    tree = ast.parse(Path(module.__file__).read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.Dict) and len(node.keys) > 1 and all(node.keys):
            try:
                keys = [
                    eval(ast.unparse(key), {**vars(module)})
                    for key in node.keys
                    if isinstance(key, ast.Attribute)
                ]
            except (NameError, AttributeError):
                continue
            if len(keys) == len(node.keys):
                yield f"line {node.lineno}", dict.fromkeys(keys)


def lacking() -> dict[str, list[str]]:
    """For every mapping by the choices of one class, the choices it has no row for."""
    found: dict[str, list[str]] = {}
    seen: dict[int, dict[Any, Any]] = {}
    for module in modules():
        for name, table in (*tables_of(module), *tables_in_functions(module)):
            classes = {type(key) for key in table}
            if len(classes) == 1 and all(is_choice(key) for key in table):
                # What a module imports from below was looked at there.
                if id(table) not in seen and (missing := set(classes.pop()) - set(table)):
                    found[f"{module.__name__}.{name}"] = sorted(str(key) for key in missing)
                seen[id(table)] = table
    return found


def test_every_table_by_choices_has_a_row_for_each_or_says_why_not() -> None:
    models = set(apps.get_models())
    found = lacking()
    assert set(apps.get_models()) == models, "what was looked at has brought models along"
    unsaid = {name: missing for name, missing in found.items() if name not in PARTIAL}
    assert unsaid == {}
    assert PARTIAL.keys() - found.keys() == set(), "these are whole: take them off the list"


def test_everything_that_waits_is_said_in_one_way() -> None:
    """By one sentence or by several: a kind that neither table holds would break the first page."""
    assert set(words._SAYS) | set(words._SPECIAL) == set(InboxKind)
    assert set(words._SAYS) & set(words._SPECIAL) == set()


def test_every_table_by_words_holds_the_choices_it_is_asked_for() -> None:
    for name, classes in HOLDS.items():
        module, _dot, attribute = name.rpartition(".")
        table = getattr(importlib.import_module(module), attribute)
        for path in classes:
            place, _dot, called = path.rpartition(".")
            choices = getattr(importlib.import_module(place), called)
            assert set(choices.values) <= set(table), f"{name} lacks some of {path}"


def test_no_table_by_words_holds_nearly_all_of_some_choices() -> None:
    """A table by words that has all values but one or two of a class has forgotten them."""
    classes = {
        value
        for module in modules()
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, str) and issubclass(value, enum.Enum)
        and value.__module__.split(".")[0] in FLOORS
    }  # fmt: skip
    forgotten = []
    for module in modules():
        for name, table in tables_of(module):
            if name.rpartition(".")[2].startswith(("_value2member", "_field_defaults")):
                continue
            if f"{module.__name__}.{name}" in HOLDS or not all(type(key) is str for key in table):
                continue
            for choices in classes:
                values = {member.value for member in choices}
                missing = values - set(table)
                if len(values) > 2 and 0 < len(missing) <= len(values) // 4:
                    forgotten.append(f"{module.__name__}.{name} lacks {missing} of {choices}")
    assert forgotten == []


COMPARED = re.compile(r"(?:if|elif|and|or|not)\s+([a-z_.]+)\s*[!=]=\s*\"([a-z_0-9]+)\"")
# Words of the kit and of the pages themselves, that no choices class holds.
WORDS_OF_PAGES = {
    "ring", "half", "clock", "tick", "speech", "cross", "alert",
    "circle", "square", "diamond", "radios", "checkboxes", "checkbox", "select",
    "success", "error", "duty", "consequence", "work", "shared", "preview",
    "added", "removed", "basic_allowance", "years", "new", "week", "month",
}  # fmt: skip


def test_a_template_compares_with_words_that_somebody_says() -> None:
    """A choice renamed, or misspelt in a template, is a branch that is never taken."""
    said = {
        str(member.value)
        for module in modules()
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, enum.Enum)
        for member in value
    }
    unsaid = [
        f"{path.relative_to(ROOT)}: {name} == {word}"
        for path in (ROOT / "templates").rglob("*.html")
        for name, word in COMPARED.findall(path.read_text())
        if word not in said | WORDS_OF_PAGES
    ]
    assert unsaid == []
