"""Everything the interface says, it says in Finnish and in Swedish too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog

from config.extracting import texts_of
from tests.catalogues import catalogue_of

ROOT = Path(__file__).resolve().parents[2]
every_language = pytest.mark.parametrize("language", ["fi", "sv"])
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@every_language
def test_every_text_is_translated_with_its_placeholders(language: str) -> None:
    catalogue = catalogue_of(language)
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    for entry in catalogue:
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(entry.msgid))


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return texts_of(ROOT)


@every_language
def test_every_text_stands_in_the_catalogue_and_nothing_that_nobody_says(
    language: str, texts: Catalog
) -> None:
    """What is missing or left over is mended by ``manage.py makemessages``."""
    said = {(text.context, text.id if isinstance(text.id, str) else text.id[0]) for text in texts}
    said.remove((None, ""))
    assert {(entry.msgctxt, entry.msgid) for entry in catalogue_of(language)} == said


@every_language
def test_every_text_says_where_it_stands(language: str) -> None:
    for entry in catalogue_of(language):
        assert entry.occurrences, entry.msgid
        for place, _line in entry.occurrences:
            assert (ROOT / place).exists(), place


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
