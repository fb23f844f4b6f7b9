"""What a step does to the income is said with its section, its source and its day, or asked."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from common.bodies import Body
from statutes.steps import (
    CONSEQUENCES,
    LANGUAGES,
    Aspect,
    StepKind,
    UnclearText,
    all_questions,
    all_sentences,
    consequences_of,
)

TODAY = date(2026, 11, 30)


def lengths(text: str) -> list[int]:
    """How many words each sentence has."""
    return [len(part.split()) for part in re.split(r"[.?!:](?:\s|$)", text) if part.strip()]


def test_every_sentence_names_its_section_its_source_and_the_day_it_was_read() -> None:
    assert all_sentences()
    for sentence in all_sentences():
        assert sentence.chapter or sentence.section, sentence.id
        assert set(sentence.act) == set(LANGUAGES), sentence.id
        assert sentence.source.name and sentence.source.where, sentence.id
        assert sentence.source.read_on <= TODAY, sentence.id
        assert all(sentence.says[language].strip() for language in LANGUAGES), sentence.id


def test_no_text_tells_an_amount_in_euros() -> None:
    said = [s.says for s in all_sentences()]
    asked = [text for q in all_questions() for text in (q.unknown, q.ask)]
    for texts in [*said, *asked]:
        assert not re.search(r"€|\beur", " ".join(texts.values()), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    words = [n for s in all_sentences() for n in lengths(s.says[language])]
    words += [n for q in all_questions() for n in lengths(q.unknown[language])]
    assert max(words) <= 20
    assert median(words) <= 10


@pytest.mark.parametrize("step", StepKind)
def test_of_every_step_something_can_be_asked(step: StepKind) -> None:
    for day in (date(2020, 1, 1), TODAY, date(2027, 2, 1)):
        assert consequences_of(step, day).questions


def test_part_time_work_is_told_by_what_pays_what_to_tell_and_what_mixes() -> None:
    known = consequences_of(StepKind.PART_TIME_WORK, date(2027, 2, 1))
    aspects = [aspect for aspect, _sentences in known.by_aspect()]
    assert aspects[:4] == [Aspect.PAYS, Aspect.TELL, Aspect.MIXES, Aspect.GAP]
    assert set(known.whom) == {Body.KELA, Body.EMPLOYMENT}


def test_general_support_takes_the_place_of_the_subsidy_on_its_day() -> None:
    def benefit(day: date) -> str:
        found = consequences_of(StepKind.SERVICE, day).sentences
        return next(s.says["en"] for s in found if s.id == "basic_benefit")

    assert "labour-market subsidy" in benefit(date(2026, 4, 30))
    assert benefit(date(2026, 5, 1)).startswith("Kela pays general support")


def test_the_share_of_the_municipality_becomes_a_question_where_no_table_is_known() -> None:
    before = consequences_of(StepKind.REHABILITATIVE_WORK, date(2026, 4, 30))
    after = consequences_of(StepKind.REHABILITATIVE_WORK, date(2026, 5, 1))
    assert "days_toward_share" in {s.id for s in before.sentences}
    assert "share_of_general_support" not in {q.id for q in before.questions}
    assert "days_toward_share" not in {s.id for s in after.sentences}
    assert "share_of_general_support" in {q.id for q in after.questions}


def test_before_the_texts_begin_nothing_is_said_and_something_can_be_asked() -> None:
    known = consequences_of(StepKind.PARENTAL_LEAVE, date(2016, 1, 1))
    assert known.sentences == ()
    assert known.whom == (Body.KELA,)


BROKEN = {
    "no section": ("chapter = ", "chapter_of = "),
    "an empty section": ('chapter = "9"', 'chapter = ""'),
    "an unknown key": ("aspect = ", 'colour = "red"\naspect = '),
    "an unknown aspect": ('aspect = "pays"', 'aspect = "gives"'),
    "an unknown step": ('steps = ["parental_leave"]', 'steps = ["holiday"]'),
    "no step": ('steps = ["parental_leave"]', "steps = []"),
    "an unknown source": ('source = "kela_changes"', 'source = "hearsay"'),
    "an unknown Act": ('act = "health_insurance"', 'act = "custom"'),
    "a language missing": ('sv = "FPA', 'se = "FPA'),
    "an empty text": (re.compile(r'^en = "Kela pays.*"$', re.M), 'en = " "'),
    "euros": ("Kela pays parental", "Kela pays 37 euros of parental"),
    "nobody to tell": ('whom = ["kela"]\n', ""),
    "a question without its day": ("{day}", "soon"),
    "an end before its beginning": (
        "valid_from = 2025-01-01", "valid_from = 2025-01-01\nvalid_to = 2024-12-31",
    ),
    "a day that is none": ("valid_from = 2025-01-01", 'valid_from = "2025"'),
    "two versions on one day": ('id = "tell_of_child"', 'id = "parental_allowance"'),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_the_reader_does_not_understand_is_refused(what: str, tmp_path: Path) -> None:
    shutil.copytree(CONSEQUENCES, tmp_path / "texts")
    file = tmp_path / "texts" / "family.toml"
    old, new = BROKEN[what]
    text = file.read_text("utf-8")
    broken = old.sub(new, text, 1) if isinstance(old, re.Pattern) else text.replace(old, new, 1)
    assert broken != text
    tomllib.loads(broken)
    file.write_text(broken, "utf-8")
    with pytest.raises(UnclearText):
        consequences_of(StepKind.SICKNESS, TODAY, folder=tmp_path / "texts")


def test_a_source_without_the_day_it_was_read_is_refused(tmp_path: Path) -> None:
    shutil.copytree(CONSEQUENCES, tmp_path / "texts")
    file = tmp_path / "texts" / "sources.toml"
    file.write_text(file.read_text("utf-8").replace("read_on = 2026-11-30\n", "", 1), "utf-8")
    with pytest.raises(UnclearText):
        consequences_of(StepKind.SICKNESS, TODAY, folder=tmp_path / "texts")
