"""What is written about the house is true of it: what a text names, stands; a decision is short."""

from __future__ import annotations

import ast
import importlib
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from demo.logins import LOGINS, PASSWORD
from tests.architecture.test_walls import FLOORS, ROOMS, ROOT

# Addresses are read from the top, where their converters are named.
importlib.import_module("config.urls")

DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
README = ROOT / "README.md"
DOCUMENTS = [
    *DECISIONS,
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "docs/design/components.md",
    README,
    ROOT / "CONTRIBUTING.md",
]
NOT_KEPT = {".git", ".venv", "var", ".mypy_cache", ".ruff_cache", "__pycache__"}
SUFFIXES = (".py", ".md", ".toml", ".sql", ".html", ".css", ".js", ".yaml", ".in", ".txt", ".csv")
OURS = "|".join([*FLOORS, "tests"])
# A dotted name of ours, save the number of a system check (``records.E001``).
DOTTED = re.compile(rf"(?<![\w./-])(?:{OURS})(?:\.(?![EW]\d{{3}}\b)[A-Za-z_]\w*)+")


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def names_of_files() -> frozenset[str]:
    return frozenset(
        path.name
        for top in ROOT.iterdir()
        if top.name not in NOT_KEPT
        for path in ([top] if top.is_file() else top.rglob("*"))
    )


def words_in_code(text: str) -> Iterator[str]:
    """What a document sets as code, word by word: between backticks and in blocks."""
    blocks = re.split(r"^```.*$", text, flags=re.MULTILINE)
    for number, block in enumerate(blocks):
        spans = [block] if number % 2 else re.findall(r"`([^`\n]+)`", block)
        for span in spans:
            yield from re.split(r"[\s,;]+", span)


def is_path(word: str) -> bool:
    """Whether it looks like a file or folder that is kept: no address, no pattern."""
    if re.search(r"[^\w./-]", word) or word.startswith(("/", "-")):
        return False
    first = word.split("/", maxsplit=1)[0]
    if first in NOT_KEPT or first.startswith(".."):
        return False
    return word.endswith(SUFFIXES) or ("/" in word and (ROOT / first).is_dir())


def stands(word: str) -> bool:
    return (ROOT / word).exists() if "/" in word else word in names_of_files()


# What a reader must decide from, on a page.


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_a_status_and_three_headings_on_a_page(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith(f"# {path.name[:4]} ")
    assert lines[2].startswith("Status: ")
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Context", "## Decision", "## Consequences"]
    assert len(lines) <= 60
    assert sum(map(len, lines)) <= 5000


BEING_WRITTEN: set[str] = set()
"""Numbers that are given and whose decision is not here yet."""


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
    gaps = {f"{number:04}" for number in range(1, int(numbers[-1]) + 1)} - set(numbers)
    assert gaps <= BEING_WRITTEN


def test_a_decision_that_is_named_is_there() -> None:
    numbers = {path.name[:4] for path in DECISIONS}
    named = {n for path in DOCUMENTS for n in re.findall(r"ADR (\d{4})", path.read_text("utf-8"))}
    assert len(named) > 5
    assert named <= numbers


# What is named, stands.


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_every_file_a_document_names_exists(path: Path) -> None:
    words = {word.rstrip(":.") for word in words_in_code(path.read_text("utf-8"))}
    assert {word for word in words if is_path(word) and not stands(word)} == set()


def test_files_are_really_looked_for() -> None:
    found = [w for path in DOCUMENTS for w in words_in_code(path.read_text("utf-8")) if is_path(w)]
    assert len(found) > 100
    assert is_path("cases/gone.py") and not stands("cases/gone.py")
    assert is_path("gone.py") and not stands("gone.py")
    assert not is_path("cases/<id>/changes/") and not is_path("var/tests")


def resolves(name: str) -> bool:
    """Whether a dotted name of ours leads to a module, to something in one, or to a model."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        if not (place.is_dir() or place.with_suffix(".py").is_file()):
            continue
        # A program of its own brings models that have no table here, and what is erased with
        # somebody is looked for in the tables of every model: it is not loaded beside ours.
        if parts[0] == "tests" or parts[:2] == ["devservers", "provider"]:
            return length > 1
        found = importlib.import_module(".".join(parts[:length]))
        for part in parts[length:]:
            found = getattr(found, part, None)
        if found is not None:
            return True
        break
    try:
        return apps.get_model(parts[0], parts[1]) is not None
    except LookupError:
        return False


@cache
def is_known(name: str) -> bool:
    # A file's ending is no attribute: what names a file is looked at as one.
    return name.endswith(SUFFIXES) or resolves(name)


def prose_of(path: Path, text: str) -> Iterator[str]:
    """What of a file speaks about the code: comments and docstrings; a document as a whole."""
    if path.suffix == ".md":
        yield text
    elif path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Expr(value=ast.Constant(value=str(said))):
                    yield said
    elif path.suffix == ".html":
        yield from re.findall(r"\{#.*?#\}|\{% comment.*?endcomment %\}", text, re.DOTALL)
    else:
        yield from re.findall(r"(?:#|--|/\*).*", text)


def said_and_gone(path: Path) -> set[str]:
    """The dotted names of ours in a file's prose that lead nowhere."""
    text = path.read_text("utf-8")
    unknown = {name for name in DOTTED.findall(text) if not is_known(name)}
    if not unknown:
        return set()
    return {n for said in prose_of(path, text) for n in DOTTED.findall(said) if n in unknown}


def test_names_in_documents_docstrings_and_comments_lead_somewhere() -> None:
    folders = [*FLOORS, "tests", "bench", "templates", "docs"]
    kinds = {".py", ".md", ".html", ".sql", ".toml"}
    paths = [
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds
    ]
    paths += [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "pyproject.toml")]
    assert len(paths) > 700
    models = set(apps.get_models())
    gone = {short(path): found for path in paths if (found := said_and_gone(path))}
    assert gone == {}
    assert set(apps.get_models()) == models, "what was looked at has brought models along"


def test_a_name_that_is_gone_is_noticed(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        '"""See :func:`cases.access.gone` and ``people.User``."""\nx = 1  # audit.no\n'
    )
    assert said_and_gone(planted) == {"cases.access.gone", "audit.no"}
    assert said_and_gone(Path(__file__)) == set(), "what stands in a string is no prose"


# A source is cited by its section: lines of a copy, and papers of ours, are in nobody's hands.

NOT_FOUND_BY_A_READER = re.compile(r"\bL\d{3,5}\b|\bhand[b]ook\b", re.IGNORECASE)


def cited_by_line(path: Path) -> list[str]:
    return NOT_FOUND_BY_A_READER.findall(path.read_text("utf-8"))


def test_a_source_is_cited_by_what_a_reader_can_look_up() -> None:
    folders = [*FLOORS, "tests", "bench", "templates", "docs"]
    kinds = {".py", ".md", ".html", ".sql", ".toml"}
    paths = [p for folder in folders for p in (ROOT / folder).rglob("*") if p.suffix in kinds]
    paths += [README, ROOT / "CONTRIBUTING.md"]
    assert {short(path): found for path in paths if (found := cited_by_line(path))} == {}


def test_a_line_of_a_copy_is_noticed(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(
        f"# Report L{1865}-1867; {'Hand' + 'book'} 28; 1369/2014 2 §; 2020:40, 3.4.2.\n"
    )
    assert cited_by_line(planted) == [f"L{1865}", "Hand" + "book"]


# The tour: each name stands in the file it is named with.


@cache
def defined_in(file: str) -> frozenset[str]:
    """The functions, classes and methods of a module, methods by their class too."""

    def named(nodes: list[ast.stmt], inside: str) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield inside + node.name
            if isinstance(node, ast.ClassDef):
                yield from named(node.body, f"{node.name}.")

    return frozenset(named(ast.parse((ROOT / file).read_text("utf-8")).body, ""))


def misnamed(text: str) -> list[tuple[str, str]]:
    """What a walk names with a file in which it is not, paragraph by paragraph, step by step.

    ``name()`` has to be defined in the file that was named last; any other name has to stand in it.
    """
    wrong = []
    for step in re.split(r"\n\n|\n(?=\d+\. )", text):
        file = ""
        for span in re.findall(r"`([^`]+)`", step):
            if is_path(span):
                file = span
            elif re.fullmatch(r"[\w.]+\(\)", span):
                if not file.endswith(".py") or span[:-2] not in defined_in(file):
                    wrong.append((file, span))
            elif re.fullmatch(r"[A-Za-z_][\w.]*\w", span):
                said = set(re.findall(r"\w+", (ROOT / file).read_text("utf-8") if file else ""))
                if not set(span.split(".")) <= said:
                    wrong.append((file, span))
    return wrong


def test_every_name_of_the_tour_stands_in_the_file_it_is_named_with() -> None:
    tour = (ROOT / "docs/tour.md").read_text("utf-8")
    assert misnamed(tour) == []
    assert len(re.findall(r"`[\w.]+\(\)`", tour)) > 40
    assert len(tour.split()) < 2000, "ten minutes to read"


def test_a_name_in_another_file_than_said_is_noticed() -> None:
    assert misnamed("`cases/access/work.py` `can_hold()` asks `can_work_on()`, `Decision`") == []
    assert misnamed("`cases/access/work.py` `law_on()`") == [("cases/access/work.py", "law_on()")]
    assert misnamed("`cases/access/work.py` `PlanVersion`") == [
        ("cases/access/work.py", "PlanVersion")
    ]
    assert misnamed("`cases/access/work.py`\n\n`can_hold()`") == [("", "can_hold()")]


# The README: its commands can be given, its rooms are all.


def test_every_command_of_the_readme_can_be_given() -> None:
    said = "\n".join((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/install.md"))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = set(re.findall(r"(?<=make )[\w-]+(?=`|$| )", said))
    commands = set(re.findall(r"manage\.py (\w+)", said))
    assert len(asked) > 5 and asked <= targets
    assert len(commands) > 5 and commands <= set(get_commands())


def test_the_readme_tells_every_room_from_the_top_down() -> None:
    table = re.findall(r"^\| (`[^|]+`) \| [^|]+ \|$", README.read_text("utf-8"), re.MULTILINE)
    told = [name for cell in table for name in re.findall(r"`([a-z_/]+)`", cell)]
    assert sorted(told) == sorted({*ROOMS, "caseplan"})
    assert len(FLOORS) <= 21
    floors = [name for name in told if name in FLOORS]
    assert [f for f in reversed(FLOORS) if f not in {"pages", "api"}] == [
        f for f in floors if f not in {"pages", "api"}
    ]


def test_the_readme_tells_every_log_in_of_the_demo() -> None:
    told = README.read_text("utf-8").partition("Demo log-ins")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z0-9]+)`", told)) == {*LOGINS, PASSWORD}
