"""The words of the field: what the code, the pages and ``docs/glossary.md`` call a thing agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Choices, Model
from django.utils import translation

from tests.catalogues import catalogue_of

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs/glossary.md"
LANGUAGES = ("fi", "sv")


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the glossary."""

    finnish: str
    swedish: str
    english: str
    code: str
    meaning: str
    law: str

    @property
    def name(self) -> str:
        """The name in code, without its backticks; empty where there is none."""
        return self.code.strip("`–")

    @property
    def refused(self) -> list[str]:
        """The words after "not:", each as a regular expression over a text in lower case."""
        _, _, after = self.meaning.partition("*not:*")
        return [pattern_of(word.strip()) for word in after.split(",") if word.strip()]


def pattern_of(word: str) -> str:
    """``=word``: the whole text; ``word-``: with any ending; otherwise the word as it stands."""
    if word.startswith("="):
        return rf"\A{re.escape(word[1:].lower())}\W*\Z"
    return rf"\b{re.escape(word.removesuffix('-').lower())}" + ("" if word.endswith("-") else r"\b")


def terms() -> list[Term]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GLOSSARY.read_text("utf-8").splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]
    return [Term(*row) for row in rows if row[0] != "Finnish"]


def own_models() -> dict[str, type[Model]]:
    """The models of the project's own apps: histories and what libraries bring left out."""
    return {
        model.__name__: model
        for model in apps.get_models()
        if (ROOT / model.__module__.split(".")[0]).is_dir()
        and not model.__name__.startswith("Historical")
    }


def enumerations() -> dict[str, type[Choices]]:
    found: dict[str, type[Choices]] = {}
    waiting = [Choices]
    while waiting:
        for child in waiting.pop().__subclasses__():
            found[child.__name__] = child
            waiting.append(child)
    return found


def said_in(language: str) -> list[str]:
    """Every text of the interface in one language, without its placeholders."""
    if language == "en":
        texts = [t for e in catalogue_of("fi") for t in (e.msgid, e.msgid_plural) if t]
    else:
        texts = [
            t for e in catalogue_of(language) for t in (e.msgstr, *e.msgstr_plural.values()) if t
        ]
    return [re.sub(r"%\(\w+\)[sd]", "", text).lower() for text in texts]


def test_every_row_has_its_six_cells_and_no_term_stands_twice() -> None:
    english = [term.english for term in terms() if term.english != "–"]
    assert len(english) > 90
    assert sorted(english) == sorted(set(english))


def test_every_model_stands_in_the_glossary_once_and_no_name_that_is_none() -> None:
    names = [term.name for term in terms() if term.name]
    assert sorted(names) == sorted(set(names))
    given = {name for name in names if "." not in name and name not in enumerations()}
    assert set(own_models()) - given == set(), "give these a row in docs/glossary.md"
    assert given - set(own_models()) == set(), "docs/glossary.md names what is no model"


def test_a_member_of_an_enumeration_is_labelled_as_the_glossary_says() -> None:
    members = [term for term in terms() if "." in term.name]
    assert members
    for term in members:
        enumeration, member = term.name.split(".")
        with translation.override("en"):
            label = str(enumerations()[enumeration][member].label)
        assert label.lower() == term.english.lower()


def test_the_name_in_code_is_made_of_the_words_of_its_row() -> None:
    """``PlanVersion`` is a "version of the plan": a private name would have no word there."""
    for term in terms():
        if not term.name or "." in term.name:
            continue
        told = re.findall(r"[a-z]+", f"{term.english} {term.meaning}".lower())
        for word in re.findall(r"[A-Z][a-z]+", term.name):
            assert any(one.startswith(word.lower()) for one in told), (term.name, word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_page_says_the_term_it_says_it_as_the_glossary(language: str) -> None:
    texts: dict[str, set[str]] = {}
    for entry in catalogue_of(language):
        if not entry.msgid_plural:
            texts.setdefault(entry.msgid.lower(), set()).add(entry.msgstr.lower())
    agreed = 0
    for term in terms():
        said = texts.get(term.english.lower())
        if said is not None:
            own = term.finnish if language == "fi" else term.swedish
            assert said == {own.lower()}, term.english
            agreed += 1
    assert agreed > 60


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_words_that_were_given_up_do_not_come_back(language: str) -> None:
    texts = said_in(language)
    refused = [(term.english, word) for term in terms() for word in term.refused]
    assert len(refused) > 60
    back = [(use, text) for use, word in refused for text in texts if re.search(word, text)]
    assert back == []


def test_a_refused_word_is_found_wherever_it_stands() -> None:
    assert re.search(pattern_of("=asti"), "asti")
    assert not re.search(pattern_of("=asti"), "maanantaihin asti")
    assert re.search(pattern_of("oikais-"), "pyydä oikaisua")
    assert not re.search(pattern_of("släng"), "slänga")
