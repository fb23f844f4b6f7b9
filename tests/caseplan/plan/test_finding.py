"""Whoever is searched for is found: by a name as any list shows it, a number, a code, a year."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseplan.plan.selectors import CaseChoices, cases_of
from cases.models import Case
from cases.services import end_team_term
from common.crypto import decrypt
from common.names import sort_key, sort_text
from components.templatetags.formatting import last_first, listed_name
from people.models import Person
from records.selectors import reading_of
from tests.pages.test_whose_page import text_of
from tests.personas import World

# Each as a register has written it: one's own last name, then first names.
NAMES = [
    ("Иванова", "Мария Ёлкина"), ("Шевчук", "Дар'я"), ("العلي", "مُحَمَّد أحمد"),
    ("Njuolgeduš", "Áŋŋá Ŧuommá"), ("D’Angelo", "Mary-Ann"), ("OʼBrien", "Seán"),
    ("Yılmaz", "İpek Işıl"), ("Nguyễn", "Thị Ánh"), ("Ünal", "Çiğdem"), ("王", "小明"),
    ("김", "민준"), ("Παπαδόπουλος", "Ελένη"), ("כהן", "שרה"), ("ศรีสุข", "มาลี"), ("शर्मा", "प्रिया"),
    ("Åkerlund-Öman", "Ærø Þór"), ("Müller Strauß", "Jörg"), ("van der Berg", "J. P."),
    ("ﬁnn", "ＡＢＣ"), ("e\u0301mile", "zoe\u0308"),
]  # fmt: skip
LETTERS = st.characters(categories=["Lu", "Ll", "Lo", "Lt", "Mn", "Mc"])
NAME = st.text(st.one_of(LETTERS, st.sampled_from("'’ʼ´`- ,.")), min_size=1, max_size=30)


def found(world: World, search: str, who: str = "social") -> list[UUID]:
    return cases_of(reading_of(world.actor(who), now=world.now), CaseChoices(search=search))


def named(world: World, last: str, first: str) -> UUID:
    Person.objects.filter(pk=world.case.person_id).update(
        last_name=last, first_names=first, sort_key=sort_key(last, first)
    )
    return world.case.pk


@given(last=NAME, first=NAME, form=st.sampled_from(["NFC", "NFD"]))
def test_each_word_of_a_name_stands_in_its_key_however_it_is_written(
    last: str, first: str, form: Any
) -> None:
    key = sort_key(last, first)
    shown = unicodedata.normalize(form, f"{last}, {first}")
    for word in shown.replace(",", " ").split():
        assert sort_text(word) in key, word
        if word.upper().casefold() == word.casefold():
            assert sort_text(word.upper()) in key, word


@pytest.mark.parametrize(("last", "first"), NAMES)
def test_a_name_as_a_list_shows_it_finds_itself(world: World, last: str, first: str) -> None:
    case = named(world, last, first)
    person = Person.objects.get(pk=world.case.person_id)
    shown = text_of(last_first(person))  # with the year of birth, as one copies it
    for words in (shown, listed_name(person), f"{first} {last}", last, first.upper()):
        assert case in found(world, words), words


@pytest.mark.parametrize("typed", ["d'angelo", "D`Angelo", "DʼANGELO", "dangelo", "mary ann d´a"])
def test_an_apostrophe_is_any_apostrophe_or_none(world: World, typed: str) -> None:
    case = named(world, "D’Angelo", "Mary-Ann")
    assert found(world, typed) == [case]


def test_of_two_of_one_name_the_year_or_the_day_of_birth_finds_one(world: World) -> None:
    case = named(world, "Yhteinen", "Nimi")
    other = (
        Case.objects.filter(pk__in=found(world, "")).exclude(pk=case).select_related("person")[0]
    )
    Person.objects.filter(pk=other.person_id).update(
        last_name="Yhteinen", first_names="Nimi", sort_key=sort_key("Yhteinen", "Nimi"),
        birth_date="1951-05-06",
    )  # fmt: skip
    assert len(found(world, "nimi yhteinen")) == 2
    for words in ("Yhteinen 1951", "Yhteinen, Nimi born 1951", "Yhteinen, Nimi s. 1951",
                  "Nimi Yhteinen f. 6.5.1951"):  # fmt: skip
        assert found(world, words) == [other.pk], words
    assert found(world, "Yhteinen 1899") == []


@pytest.mark.parametrize(
    "written", ["+358 40 765 4321", "040-7654321", "0407654321", "358407654321", "040 / 765 4321"]
)
def test_a_phone_is_found_in_any_form(world: World, written: str) -> None:
    Person.objects.filter(pk=world.case.person_id).update(phone=written)
    for typed in ("+358 40 7654321", "040-765 4321", "(040) 765.4321", "00358 40 7654321",
                  "358407654321", "7654321", "+358 (0)40 7654321"):  # fmt: skip
        assert found(world, typed) == [world.case.pk], typed
    assert found(world, "+358 40 7654322") == []


def test_one_hit_opens_the_case_and_of_none_the_page_says_how_to_ask(
    world: World, login: Any
) -> None:
    named(world, "Ainokainen", "Yksi")
    worker = login("social")
    code = decrypt(world.case.person.identity_code_encrypted)
    for typed in ("ainokainen", "Ainokainem", code):
        answer = worker.post("/cases/", {"q": typed})
        assert answer.headers["Location"] == f"/cases/{world.case.pk}/", typed
    for stranger, typed in (("social", "Zzyzx"), ("colleague", "Ainokainen"), ("colleague", code)):
        answer = login(stranger).post("/cases/", {"q": typed}, follow=True)
        page = answer.content.decode()
        assert "None of your cases is found by that." in page and 'href="/cases/find/"' in page
        assert typed not in "".join(url for url, _status in answer.redirect_chain)


def test_an_identity_code_that_was_searched_for_is_kept_nowhere(world: World, login: Any) -> None:
    worker = login("colleague")
    code = decrypt(world.case.person.identity_code_encrypted)
    page = worker.post("/cases/", {"q": code}, follow=True).content.decode()
    assert code not in page and code not in str(dict(worker.session))


def test_a_search_ends_with_its_page(world: World, login: Any) -> None:
    named(world, "Ainokainen", "Yksi")
    worker = login("social")
    everybody = text_of(worker.get("/cases/").content.decode())
    answer = worker.post("/cases/", {"q": "a"})
    assert "?found=" in answer.headers["Location"]
    searched = worker.get(answer.headers["Location"]).content.decode()
    assert "Found among my cases" in searched
    assert text_of(worker.get("/cases/").content.decode()) == everybody
    # Two windows: the one's search is not the other's.
    second = worker.post("/cases/", {"q": "zzz"}).headers["Location"]
    assert "Found among my cases (0)" in worker.get(second).content.decode()
    assert text_of(worker.get(answer.headers["Location"]).content.decode()) == text_of(searched)
    assert "(0)" in worker.get("/cases/?found=never").content.decode()


def test_the_cases_opened_last_are_this_log_ins_alone_and_only_those_still_seen(
    world: World, login: Any
) -> None:
    worker = login("employment")
    keys = found(world, "", "employment")[:12]
    for key in keys:
        assert worker.get(f"/cases/{key}/").status_code == 200
    worker.get(f"/cases/{keys[-1]}/team/")
    page = worker.get("/cases/recent/", headers={"HX-Request": "true"}).content.decode()
    told = re.findall(r'href="/cases/([0-9a-f-]{36})/"', page)
    assert told == [str(key) for key in reversed(keys)][:10]
    assert "/cases/0" not in login("employment").get("/cases/recent/").content.decode()
    # No other page holds their names before somebody asks for them.
    last = Case.objects.get(pk=keys[-1]).person.last_name
    assert last in text_of(page)
    assert last not in text_of(worker.get("/log-ins/").content.decode())
    worker.post("/logout/")
    worker = login("employment")
    assert "/cases/0" not in worker.get("/cases/recent/").content.decode()


def test_whoever_no_longer_sees_a_case_does_not_see_it_among_the_last(
    world: World, login: Any
) -> None:
    kela = login("kela")
    kela.get(f"/cases/{world.case.pk}/")
    assert str(world.case.pk) in kela.get("/cases/recent/").content.decode()
    end_team_term(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("kela").writer_id, now=world.now,
    )  # fmt: skip
    assert str(world.case.pk) not in kela.get("/cases/recent/").content.decode()


def test_with_the_client_beside_nobody_elses_name_is_drawn(world: World, login: Any) -> None:
    worker = login("employment")
    page = worker.get(f"/cases/{world.case.pk}/").content.decode()
    assert 'id="find"' in page and "/cases/recent/" in page
    worker.post(f"/cases/{world.case.pk}/with-client/")
    page = worker.get(f"/cases/{world.case.pk}/").content.decode()
    assert "The client is present" in page
    assert 'id="find"' not in page and "/cases/recent/" not in page
    assert "/cases/0" not in worker.get("/cases/recent/").content.decode()
