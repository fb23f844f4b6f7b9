"""A template is read on one screen: a page puts sections together, each is a file of its own."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = 80
WIDTH = 140


def test_no_template_is_longer_than_a_screen_or_has_a_line_wider_than_one() -> None:
    too_much = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        lines = path.read_text("utf-8").splitlines()
        where = path.relative_to(ROOT)
        if len(lines) > LINES:
            too_much.append(f"{where}: {len(lines)} lines, at most {LINES}: a section is a file")
        too_much += [
            f"{where}:{number}: {len(line)} characters, at most {WIDTH}"
            for number, line in enumerate(lines, 1)
            if len(line) > WIDTH
        ]
    assert too_much == [], "\n".join(too_much)


def test_the_templates_of_a_feature_stand_under_its_name() -> None:
    features = {path.name for path in (ROOT / "pages").iterdir() if path.is_dir()}
    folders = {path.name for path in (ROOT / "templates" / "pages").iterdir() if path.is_dir()}
    assert folders - features == set()


def test_every_template_is_drawn_by_something() -> None:
    """By its name between quotes, in a view or another template."""
    sources = [
        path.read_text("utf-8")
        for room in ("pages", "templates", "web", "components")
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in {".py", ".html"}
    ]
    known = set(re.findall(r"""["']((?:pages|design)/[\w/]+\.html)["']""", "\n".join(sources)))
    there = {
        str(path.relative_to(ROOT / "templates"))
        for folder in ("pages", "design")
        for path in (ROOT / "templates" / folder).rglob("*.html")
    }
    assert there - known == set()
