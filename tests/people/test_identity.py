"""A changed identity code is the same person; a language is kept as the register gives it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from common import clock
from common.actor import system_actor
from common.crypto import decrypt, encrypt, search_hash
from common.decision import Refused
from common.identity_code import check_character
from people.languages import language_name, parse_language, text_language
from people.models import FormerCode, Person
from people.selectors import filter_by_code
from people.services import change_identity_code
from tests.personas import World

pytestmark = pytest.mark.django_db
TEST = system_actor("test")


def code(number: int, century: str = "-") -> str:
    return f"010180{century}{number}{check_character(date(1980, 1, 1), number)}"


A, B, C = code(901), code(902), code(903)


def somebody(hetu: str) -> Person:
    return Person.objects.create(
        identity_code_encrypted=encrypt(hetu),
        identity_code_hash=search_hash(hetu),
        birth_date=date(1980, 1, 1),
        last_name="Testi",
        first_names="Aino",
        sort_key="testi!aino",
        municipality_code="734",
    )


def change(person: Person, to: str, **given: Any) -> Person:
    return change_identity_code(
        actor=TEST, person_id=person.pk, new_code=to, now=given.get("now", clock.now())
    )


def found_by(hetu: str) -> list[Person]:
    return list(Person.objects.filter(filter_by_code(search_hash(hetu), person="")))


def test_under_the_new_code_and_the_old_one_they_are_one_person() -> None:
    person = somebody(A)
    change(person, B.lower())
    assert found_by(A) == found_by(B) == [person]
    person.refresh_from_db()
    assert decrypt(person.identity_code_encrypted) == B
    assert decrypt(person.former_codes.get().identity_code_encrypted) == A
    assert AuditRow.objects.get(action="identity_code_changed").person_id == person.pk
    change(person, B)
    assert person.former_codes.count() == 1  # the code they have already changes nothing


def test_a_change_is_undone_by_changing_back() -> None:
    person = somebody(A)
    change(person, B)
    person = change(person, A)
    assert decrypt(person.identity_code_encrypted) == A
    assert person.former_codes.get().identity_code_hash == search_hash(B)


def test_nobody_gets_a_code_that_is_or_was_anothers() -> None:
    first, second = somebody(A), somebody(B)
    with pytest.raises(Refused):
        change(first, B)
    change(second, C)
    for taken in (B, C):
        with pytest.raises(Refused):
            change(first, taken)
    for wrong in ("010180-901X", "", code(904, "C")):
        with pytest.raises(Refused) as refusal:
            change(first, wrong)
        assert refusal.value.field == "identity_code"


def test_the_database_keeps_a_code_from_being_two_peoples() -> None:
    first, second = somebody(A), somebody(B)
    former = {"identity_code_encrypted": b"x", "changed_at": clock.now(), "changed_by": "t"}
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerCode.objects.create(person=first, identity_code_hash=search_hash(B), **former)
    FormerCode.objects.create(person=first, identity_code_hash=search_hash(C), **former)
    with pytest.raises(IntegrityError), transaction.atomic():
        somebody(C)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=second.pk).update(identity_code_hash=search_hash(C))


def test_a_language_is_kept_and_spoken_to_in_finnish_where_there_are_no_texts() -> None:
    assert [parse_language(text) for text in ("SV", "se", "Rus")] == ["sv", "se", "rus"]
    for wrong in ("", "f", "suomi", "s1", "фи", "fi-FI"):
        with pytest.raises(ValueError, match="no code"):
            parse_language(wrong)
    assert [text_language(c) for c in ("fi", "sv", "en", "ru", "ar")] == [
        "fi",
        "sv",
        "en",
        "fi",
        "fi",
    ]
    assert language_name("ru") == "Русский" and language_name("xq") == "xq"
    person = somebody(A)
    person.language = "RU"
    with pytest.raises(ValidationError):
        person.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()


def test_a_plan_is_printed_for_whoever_speaks_a_language_without_texts(
    world: World, login: Any
) -> None:
    Person.objects.filter(pk=world.case.person_id).update(language="ar")
    for asked in ("", "?lang=ru", "?lang=sv"):
        answer = login("employment").get(f"/versions/{world.version.pk}/plan.pdf{asked}")
        assert answer.status_code == 200
