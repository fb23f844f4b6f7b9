"""A name finds itself as any list shows it, in any writing; a number and a code as one types."""

from __future__ import annotations

import unicodedata
from html import unescape
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from caseplan.plan.selectors import CaseChoices, cases_of
from caseplan.plan.selectors.searching import code_searched
from common.names import sort_key, sort_text
from components.templatetags.formatting import last_first
from people.models import Person
from records.selectors import reading_of
from tests.personas import World

# Letters, points and signs that names are written with, a writing a line.
WRITINGS = {
    "Finnish": "aeiouyåäöhjklmnprstvšž",
    "Northern and Skolt Sámi": "áâčđǧǥǩŋõšŧžʒǯåäöʹ",
    "Cyrillic": "абвгдёжзийклмнопрстуфхцчшщъыьэюяіїєґўқңөүһ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئةىپچژگکیـ",
    "Hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊΐ",
    "Devanagari": "अआकखगमनसहािीुॅं",
    "Thai": "กขคงจชซญดตถทธนบปผพฟมยรลวศสหอาำิีึืุูเแโใไ็่้",
    "Han": "李王張陳山田中村",
    "Hangul": "김이박최정강조윤장임",
    "Turkish": "abcçğıiöşü",
    "Vietnamese": "ăâđêôơưạảấầẩẫậếềộợụ",
    "Amharic": "አበሰለማተረ",
    "Georgian": "აბგდევზთ",
    "Armenian": "աբգդեւզ",
    "Others": "ßæøœłðþñçëïÿűőāēīūģķļņ",
}
APOSTROPHES = "'`´ʹʺʻʼʽʾʿˈˊˋˮ΄՚׳״᾽᾿‘’‚‛′‵❛ꞌ＇｀"
HYPHENS = "-‐‑‒–—−﹣－"
parts = st.sampled_from(sorted(WRITINGS.values())).flatmap(
    lambda letters: st.text(letters, min_size=1, max_size=9)
)
joined = st.lists(parts, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([*HYPHENS, *APOSTROPHES, " "]).map(lambda by: by.join(words))
)
typed = st.sampled_from(
    [str, str.upper, str.title, *(
        lambda name, form=form: unicodedata.normalize(form, name)
        for form in ("NFC", "NFD")
    )]
)  # fmt: skip


@given(joined, joined, typed, typed)
def test_every_word_of_a_name_stands_in_its_key_however_both_are_typed(
    last: str, first: str, kept: Any, asked: Any
) -> None:
    key = sort_key(kept(last), kept(first))
    for word in f"{asked(last)} {asked(first)}".split():
        assert sort_text(word) in key


@pytest.mark.parametrize("kept", APOSTROPHES)
def test_every_apostrophe_is_every_other(kept: str) -> None:
    key = sort_key(f"D{kept}Angelo", "Aino")
    assert key == sort_key("DAngelo", "Aino")
    assert {sort_text(f"D{other}Angelo") for other in APOSTROPHES} == {sort_text("DAngelo")}


@pytest.mark.parametrize(
    ("one", "other"),
    [("کریم", "كريم"), ("علی", "علي"), ("مصطفى", "مصطفي"), ("محـمد", "محمد"), ("أحمد", "احمد")],
)
def test_two_keyboards_of_one_writing_find_one_person(one: str, other: str) -> None:
    assert sort_text(one) == sort_text(other)


@pytest.mark.django_db
class TestAmongCases:
    @pytest.fixture
    def person(self, world: World) -> Person:
        person: Person = world.case.person
        return person

    def finds(self, world: World, search: str) -> bool:
        reading = reading_of(world.actor("employment"), now=world.now)
        return cases_of(reading, CaseChoices(search=search)) == [world.case.pk]

    @pytest.mark.parametrize(
        ("last", "first"),
        [
            ("Щербакова", "Наталья Юрьевна"),
            ("الحسيني", "مريم عبد الله"),
            ("Ǩiuŋŋâš-Đuʹđđ", "Čáŋá"),
            ("D’Angelo-O'Brien", "Zoë Mary‑Ann"),
            ("ابن‌سینا", "ژاله"),
        ],
    )
    def test_as_a_list_shows_it_with_birth_and_mark_in_each_language(
        self, world: World, person: Person, last: str, first: str
    ) -> None:
        person.last_name, person.first_names, person.non_disclosure = last, first, True
        person.sort_key = sort_key(last, first)
        person.save()
        for language in ("fi", "sv", "en"):
            with translation.override(language):
                shown = unicodedata.normalize("NFD", _text_of(last_first(person)))
                assert self.finds(world, shown), (language, shown)
                assert self.finds(world, f"\u2068{shown}\u2069")

    @pytest.mark.parametrize(
        "asked",
        [
            "0401234567", "040 123 4567", "040-123 4567", "(040) 123 4567", "+358401234567",
            "+358 40 123 4567", "+358 (0)40 123 4567", "00358 40 1234567", "358401234567",
            "040.123.4567", "040/1234567", "040–123–4567", "040−123 4567",
            "\u202a+358 40 123 4567\u202c", "＋358 40 123 4567", "tel:+358401234567",
            "puh. 040 123 4567", "p. 0401234567", "1234567", "٠٤٠١٢٣٤٥٦٧",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("kept", ["+358 (0)40 123 4567", "0401234567"])
    def test_a_number_in_any_form(
        self, world: World, person: Person, kept: str, asked: str
    ) -> None:
        Person.objects.filter(pk=person.pk).update(phone=kept)
        assert self.finds(world, asked)
        Person.objects.filter(pk=person.pk).update(phone="+358 40 123 4568")
        assert not self.finds(world, asked)


@pytest.mark.parametrize(
    "asked", ["010190-999W", " 010190-999w ", "010190–999W", "010190−999W", "01 01 90 - 999 W",
              "\u2068010190-999W\u2069", "０１０１９０-９９９W"],
)  # fmt: skip
def test_a_code_with_any_dash_and_any_spaces(asked: str) -> None:
    assert code_searched(asked) == "010190-999W"


def _text_of(html: str) -> str:
    """What somebody copies of a line: its words without the tags."""
    inside, shown = False, []
    for sign in html:
        if sign in "<>":
            inside = sign == "<"
        elif not inside:
            shown.append(sign)
    return unescape("".join(shown))
