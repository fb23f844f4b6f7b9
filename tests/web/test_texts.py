"""Everything the interface says, it says in Finnish too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = polib.pofile(str(ROOT / "locale/fi/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def test_every_text_is_translated_with_its_placeholders() -> None:
    assert [entry.msgid for entry in CATALOGUE if not entry.translated()] == []
    for entry in CATALOGUE:
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(entry.msgid))


def test_every_text_of_the_templates_and_rooms_stands_in_the_catalogue() -> None:
    known = {entry.msgid for entry in CATALOGUE}
    said: set[str] = set()
    for template in (ROOT / "templates").rglob("*.html"):
        if template.parent.name != "design":
            text = template.read_text("utf-8")
            said |= set(re.findall(r"{% translate \"([^\"]+)\"", text))
            said |= set(re.findall(r"""[ =]_\("([^"]+)"\)""", text))
    for room in ("pages", "web", "caseplan", "consent", "cases", "benefits", "followup"):
        for module in (ROOT / room).rglob("*.py"):
            said |= set(re.findall(r"[^a-z]_\(\"([^\"]+)\"\)", module.read_text("utf-8")))
    assert said - known == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "päivältä, koska olet ollut työtön"), ("sv", "dagar eftersom du varit arbetslös"),
     ("en", "days because you were unemployed")],
)  # fmt: skip
def test_the_client_reads_the_registers_in_their_own_language(
    login: Any, language: str, words: str
) -> None:
    client = login("client")
    client.cookies["django_language"] = language
    assert words in client.get("/my/registers/").content.decode()
