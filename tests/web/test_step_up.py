"""Asked to log in more surely in the middle of a form: why, the ways, and nothing typed is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.crypto import decrypt
from common.decision import LogInTooWeak
from common.levels import Act
from people.models import AccountEvent, LogIn, User
from tests.personas import World
from tests.web.test_sessions import events
from web import step_up
from web.once import ABOUT_THE_SENDING
from web.requests import Context

pytestmark = pytest.mark.usefixtures("running_servers")
TYPED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "emergency": (
        "colleague",
        "/cases/find/emergency/",
        {"identity_code": "010190-900P", "urgent": "life", "reason": "The door was open."},
    ),
    "share": (
        "client",
        "/my/who-sees/outside/new/",
        {
            "kind": "workplace",
            "name": "Veikko Verstas",
            "purpose": "A work trial",
            "categories": ["plan_core", "client_goals"],
        },
    ),
    "several kinds": (
        "client",
        "/my/who-sees/several/",
        {"do": "save", "who": "kela", "choice": "granted", "scope": "all"},
    ),
    "a list": (
        "employment",
        "/cases/export.csv",
        {"reason": "my_work", "comment": "For Tuesday."},
    ),
}


def forgets_who_it_was(client: Client) -> None:
    """As an hour later: logged in still, and long ago."""
    session = client.session
    session["account_authentication_methods"] = []
    session.save()


def shows_again(client: Client, page: Any, **given: str) -> Any:
    act = page.context["act"].value
    fields = {"password": "demo", "next": page.context["next"]} | given
    return client.post(f"/log-ins/stronger/{act}/", fields)


@pytest.mark.parametrize("which", TYPED)
def test_all_that_was_typed_is_in_the_form_again(which: str, world: World, login: Any) -> None:
    persona, url, typed = TYPED[which]
    client = login(persona)
    forgets_who_it_was(client)
    page = client.post(url, typed)
    assert page.status_code == 403
    assert "What you wrote is not lost" in page.content.decode()
    # Whoever goes on to a provider and comes back opens this page by its own address.
    again = client.get(page.context["own_address"])
    assert "What you wrote is not lost" in again.content.decode()
    assert again.context["next"] == url and again.context["act"] == page.context["act"]
    answer = shows_again(client, page)
    assert (answer.status_code, answer["Location"]) == (302, url)
    form = client.get(url).context["form"]
    for name in typed.keys() & form.fields.keys():
        shown = form[name].value()
        assert shown == typed[name] or shown == [typed[name]], name
    assert AccountEvent.SHOWN_ANEW in events(persona)
    assert client.get(url).status_code == 200
    # The same user at another browser, and another user here, have nothing of it.
    assert not login(persona).get(url).context["form"].initial.get("reason")


def test_what_is_kept_is_encrypted_and_goes_when_it_is_sent(world: World, login: Any) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    page = client.post(url, typed)
    row = LogIn.objects.get(pk=client.session.session_key)
    assert "The door was open." not in str(row.get_decoded())
    shows_again(client, page)
    assert client.post(url, typed).status_code == 302
    assert "kept_form" not in client.session
    assert client.get(url).context["form"].initial == {}


def test_it_is_kept_for_half_an_hour(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    monkeypatch.setattr(step_up, "KEPT_FOR", timedelta(seconds=-1))
    shows_again(client, client.post(url, typed))
    assert client.get(url).context["form"].initial == {}


def test_a_wrong_password_goes_nowhere_and_is_written_down(world: World, login: Any) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    page = client.post(url, typed)
    for _ in range(4):
        answer = shows_again(client, page, password="not this")
        assert answer.status_code == 200 and "password" in answer.context["form"].errors
    assert client.post(url, typed).status_code == 403
    assert AccountEvent.LOG_IN_FAILED in events(persona)
    assert [shows_again(client, page, password="not this").status_code for _ in range(3)][-1] == 429


def test_a_right_password_begins_the_count_of_wrong_ones_anew(world: World, login: Any) -> None:
    client = login("colleague")
    forgets_who_it_was(client)
    page = client.get(TYPED["emergency"][1])
    for _ in range(3):
        wrong = [shows_again(client, page, password="not this").status_code for _ in range(3)]
        assert wrong == [200] * 3
        assert shows_again(client, page).status_code == 302


def test_one_goes_on_within_this_service_only(world: World, login: Any) -> None:
    client = login("colleague")
    forgets_who_it_was(client)
    page = client.get(TYPED["emergency"][1])
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert shows_again(client, page, next=elsewhere)["Location"] == "/"


def test_back_leads_out_and_not_to_the_same_question(world: World, login: Any) -> None:
    client = login("client")
    forgets_who_it_was(client)
    asked = client.get("/my/everything.pdf")
    assert asked.status_code == 403
    back = asked.context["back"]
    assert f'href="{back}"' in asked.content.decode()
    assert client.get(back, follow=True).status_code == 200
    # In the middle of a form it leads to the form, with what was typed.
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    assert client.post(url, typed).context["back"] == url


def test_a_client_with_no_stronger_log_in_reads_of_paper(
    world: World, login: Any, settings: Any
) -> None:
    settings.LEVEL_OF_A_WAY = {"password": "low"}
    page = login("client").get(f"/versions/{world.version.pk}/accept/")
    assert page.status_code == 403
    assert "on paper with your own worker" in page.content.decode()


def test_the_way_offered_is_one_that_reaches_the_level(
    world: World, login: Any, settings: Any
) -> None:
    """A password that shows little is not asked for; nor one that nobody has chosen."""
    client, url = login("colleague"), TYPED["emergency"][1]
    forgets_who_it_was(client)
    assert 'name="password"' in client.get(url).content.decode()
    settings.LEVEL_OF_A_WAY = {"password": "low"}
    page = client.get(url)
    assert 'name="password"' not in page.content.decode()
    assert "Add a passkey or an app with codes" in page.content.decode()
    # Sent all the same, it opens nothing.
    shows_again(client, page)
    assert client.get(url).status_code == 403
    settings.LEVEL_OF_A_WAY = {"password": "substantial"}
    without = User.objects.get(username="colleague")
    without.set_unusable_password()
    without.save()
    client = login("colleague")
    forgets_who_it_was(client)
    assert 'name="password"' not in client.get(url).content.decode()


def test_what_is_very_long_is_not_kept_and_nothing_promises_it(world: World, login: Any) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    page = client.post(url, typed | {"reason": "x" * (step_up.LONGEST + 1)})
    assert page.status_code == 403 and "kept_form" not in client.session
    assert "What you wrote is not lost" not in page.content.decode()
    # Nor is anything kept of a page that was only opened.
    client.get(url)
    assert "kept_form" not in client.session


def test_what_was_kept_of_one_page_is_in_no_other(world: World, login: Any) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    shows_again(client, client.post(url, typed))
    # A page whose form has a field of the same name, and is given what was kept of it.
    other = client.get("/cases/export.csv").context["form"]
    assert "reason" in other.fields and other.initial == {}
    assert client.get(url).context["form"].initial["reason"] == typed["reason"]


def test_what_only_says_how_it_was_sent_is_not_kept(world: World, login: Any) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    client.post(url, typed | dict.fromkeys(ABOUT_THE_SENDING, "x"))
    kept = json.loads(decrypt(client.session["kept_form"]["sent"].encode()))
    assert kept.keys() == typed.keys()


def test_whoever_chose_files_is_told_to_choose_them_again(world: World, login: Any) -> None:
    persona, url, typed = TYPED["emergency"]
    client = login(persona)
    forgets_who_it_was(client)
    said = "for half an hour. Files are to be chosen again."
    assert said not in words_of(client.post(url, typed))
    page = client.post(url, typed | {"file": SimpleUploadedFile("letter.txt", b"Dear all")})
    assert said in words_of(page)
    assert said in words_of(client.get(page.context["own_address"]))


def words_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_a_files_name_is_no_file(rf: Any, world: World) -> None:
    """A form that is sent without its files sends their names in the same field."""

    class Letter(forms.Form):
        said = forms.CharField()
        file = forms.FileField()

    sent = rf.post("/one/", {"said": "Hello", "file": "letter.txt"})
    sent.session, sent.context = {}, Context(world.actor("client"), world.now)
    step_up.keep(sent)
    page, form = rf.get("/one/"), Letter()
    page.session, page.context = sent.session, sent.context
    assert step_up.bring_back(page, form)
    assert form.initial == {"said": "Hello"}


def test_a_program_is_told_and_keeps_nothing(world: World, rf: Any) -> None:
    request = rf.post("/api/v1/cases/", {"reason": "x"})
    request.session = {}
    answer = step_up.asked(request, LogInTooWeak(Act.EXPORT_MANY))
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")
    assert request.session == {}
