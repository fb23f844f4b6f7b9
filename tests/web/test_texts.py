"""Everything the interface says, it says in Finnish and in Swedish too."""

from __future__ import annotations

import re
from typing import Any

import polib
import pytest

from tests.web.texts import ROOT, all_texts, in_context

CATALOGUES = {
    language: polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))
    for language in ("fi", "sv")
}
every_language = pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=CATALOGUES)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@every_language
def test_every_text_is_translated_with_its_placeholders(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    for entry in catalogue:
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(entry.msgid))


@every_language
def test_every_text_of_the_templates_and_rooms_stands_in_the_catalogue(
    catalogue: polib.POFile,
) -> None:
    known = {in_context(entry.msgctxt, entry.msgid) for entry in catalogue}
    said = all_texts()
    assert said - known == set()
    assert known - said == set()  # nothing is kept that nobody says any more


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
