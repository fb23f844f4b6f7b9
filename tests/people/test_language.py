"""The person's record decides the language of pages and letters, and a choice is kept with them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from audit.models import AuditRow
from common.decision import Refused
from followup.letters import letter_for
from followup.models import Channel, Notice, Notification
from people.languages import language_of
from people.models import Person, User
from people.services import choose_language
from tests.personas import World

LOGIN = {"password": "demo"}


def lang_of(answer: Any) -> str:
    return str(answer.content.decode().split('<html lang="')[1].split('"')[0])


def enters(username: str, *, cookie: str = "") -> Client:
    client = Client(headers={"accept-language": "en"})
    if cookie:
        client.cookies["django_language"] = cookie
    assert client.post("/login/", LOGIN | {"username": username}).status_code == 302
    return client


def speaks(username: str, register: str, *, user: str = "fi") -> None:
    Person.objects.filter(user__username=username).update(language=register)
    User.objects.filter(username=username).update(language=user)


@pytest.mark.parametrize(
    ("register", "page"), [("sv", "sv"), ("fi", "fi"), ("se", "fi"), ("ar", "fi"), ("en", "en")]
)
def test_a_client_reads_what_their_record_says(world: World, register: str, page: str) -> None:
    speaks("client", register, user="en")
    assert lang_of(enters("client").get("/my/")) == page


def test_a_letter_is_in_the_language_of_the_page(world: World) -> None:
    speaks("client", "sv", user="fi")
    user = User.objects.get(username="client")
    Person.objects.filter(user=user).update(email="a@example.org")
    User.objects.filter(pk=user.pk).update(last_login=None)
    row = Notification(
        user=User.objects.get(pk=user.pk), channel=Channel.EMAIL, notice=Notice.MESSAGE,
        made_at=world.now,
    )  # fmt: skip
    letter = letter_for(row, on=world.now.date())
    assert letter is not None and letter.subject == in_("sv", letter_subject())
    choose_language(actor=world.actor("client"), language="en", now=world.now)
    row.user = User.objects.get(pk=user.pk)
    letter = letter_for(row, on=world.now.date())
    assert letter is not None and letter.subject == letter_subject()


def letter_subject() -> str:
    return "Something new for you"


def in_(language: str, text: str) -> str:
    with translation.override(language):
        return translation.gettext(text)


def test_a_choice_is_kept_with_the_person_and_no_register_takes_it_away(world: World) -> None:
    speaks("client", "fi")
    client = enters("client")
    answer = client.post("/language/", {"language": "sv", "next": "/my/"})
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert lang_of(client.get("/my/")) == "sv"
    person = Person.objects.get(user__username="client")
    assert (person.language, person.chosen_language) == ("fi", "sv")
    Person.objects.filter(pk=person.pk).update(language="fi")  # the next extract
    assert lang_of(enters("client", cookie="en").get("/my/")) == "sv"  # on another device
    assert AuditRow.objects.filter(action="language_chosen").count() == 1


def test_a_workers_choice_is_kept_with_the_user(world: World) -> None:
    client = enters("employment")
    client.post("/language/", {"language": "sv", "next": "/day/"})
    assert lang_of(client.get("/day/")) == "sv"
    assert language_of(User.objects.get(username="employment")) == "sv"
    assert lang_of(enters("employment").get("/day/")) == "sv"


def test_at_the_log_in_what_is_kept_wins_over_what_the_browser_holds(world: World) -> None:
    speaks("client", "sv")
    client = Client()
    client.cookies["django_language"] = "en"
    assert lang_of(client.get("/login/")) == "en"
    client.post("/login/", LOGIN | {"username": "client"})
    assert lang_of(client.get("/my/")) == "sv"


def test_who_is_not_logged_in_reads_as_the_browser_asks_or_as_they_chose_there(
    world: World,
) -> None:
    client = Client(headers={"accept-language": "sv"})
    assert lang_of(client.get("/login/")) == "sv"
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert lang_of(client.get("/login/")) == "en"
    assert not AuditRow.objects.filter(action="language_chosen").exists()


def test_a_language_without_texts_cannot_be_chosen(world: World) -> None:
    with pytest.raises(Refused) as refused:
        choose_language(actor=world.actor("client"), language="ar", now=world.now)
    assert refused.value.field == "language"
    client = enters("client")
    for nonsense in ("ar", "", "x" * 90, "sv\x00"):
        assert client.post("/language/", {"language": nonsense}).status_code in {204, 302}
