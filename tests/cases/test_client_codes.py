"""A client without bank credentials gets in by a code on paper; a worker who uses it is seen."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from audit.models import AuditRow
from cases.models import Case, ClientCode, SeenDocument
from cases.selectors import list_codes_let_in
from cases.services import (
    PrintedCode,
    end_client_log_in,
    give_client_code,
    read_client_code,
    use_client_code,
)
from common.decision import NotAllowed, Refused
from consent.services import confirm_written
from followup.models import Notification
from people.models import AccountEvent, LogIn, Person, User
from tests.consent.writing_down import is_open, writes
from tests.people.test_staff import STRONG
from tests.personas import World
from tests.web.test_sessions import events

pytestmark = pytest.mark.usefixtures("running_servers")
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


def gives(world: World, by: str = "social", **more: Any) -> PrintedCode:
    seen = {"seen_document": SeenDocument.PASSPORT, "seen_country": "ua"} | more
    return give_client_code(actor=world.actor(by), case=world.case, now=world.now, **seen)


def has_no_account(world: World) -> None:
    """The client as most are: nobody has ever given them a way to log in."""
    Person.objects.filter(pk=world.case.person_id).update(user=None)
    world.case.refresh_from_db()


def browser() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture(autouse=True)
def where_people_are_served(settings: Any) -> None:
    settings.LEVEL_OF_A_WAY = {"password": "low"}


def enters(code: str, password: str = STRONG) -> Client:
    client = browser()
    answer = client.post("/login/code/", {"code": code})
    assert answer.status_code == 302, answer.content.decode()
    assert client.post("/login/code/way/", {"password": password}).status_code == 302
    return client


def test_from_the_letter_to_the_clients_own_goal(world: World, login: Any) -> None:
    has_no_account(world)
    worker = login("social")
    form = {"seen_document": "passport", "seen_country": "ua"}
    letter = worker.post(f"/cases/{world.case.pk}/log-in/code/", form)
    assert letter["Content-Type"] == "application/pdf"
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages)
    code = CODE.search(said)
    assert code is not None
    client = enters(code[0].lower().replace("-", " "))
    assert client.get("/my/").status_code == 200
    text = "I want to learn the language"
    saved = client.post("/my/goals/new/", {"text": text, "category": "client_goals"})
    assert saved.status_code in (200, 302)
    # Next time without the paper, by the name that stood on the page.
    username = Person.objects.get(pk=world.case.person_id).user.username  # type: ignore[union-attr]
    again = browser()
    assert again.post("/login/", {"username": username, "password": STRONG}).status_code == 302
    assert again.get("/my/").status_code == 200


def test_it_opens_no_act_that_asks_for_a_level(world: World) -> None:
    client = enters(gives(world).code)
    for url in (f"/versions/{world.version.pk}/accept/", "/my/everything.pdf"):
        assert client.get(url).status_code == 403
    granted = client.post("/my/who-sees/4/kela/", {"do": "granted"})
    assert granted.status_code == 403
    assert client.get("/my/everything/").status_code == 200


def test_a_code_works_once_for_fourteen_days_and_the_last_one_only(world: World) -> None:
    first, second = gives(world), gives(world)
    late = world.now + timedelta(days=14)
    for code, now in ((first.code, world.now), (second.code, late), ("ABCD-EFGH-JKLM", world.now)):
        with pytest.raises(Refused) as refused:
            read_client_code(code=code, now=now)
        assert refused.value.field == "code"
    row = read_client_code(code=second.code, now=late - timedelta(seconds=1))
    use_client_code(code_id=row.pk, now=world.now)
    with pytest.raises(Refused):
        use_client_code(code_id=row.pk, now=world.now)
    with pytest.raises(Refused):
        read_client_code(code=second.code, now=world.now)


def test_the_code_stands_on_the_letter_alone(world: World) -> None:
    given = gives(world)
    row = ClientCode.objects.values().get(pk=given.row.pk)
    bare = given.code.replace("-", "")
    assert not any(word in str(row) for word in (bare, given.code))
    assert not AuditRow.objects.filter(action__contains=bare).exists()


def test_looking_at_the_code_uses_nothing_up(world: World) -> None:
    given = gives(world)
    client = browser()
    client.post("/login/code/", {"code": given.code})
    assert client.get("/login/code/way/").status_code == 200
    assert client.get("/my/").status_code == 302, "nobody is in yet"
    assert client.post("/login/code/way/", {"password": "short"}).status_code == 200
    enters(given.code)
    assert client.get("/login/code/way/").status_code == 302


def test_what_was_seen_is_written_down_and_never_its_number(world: World) -> None:
    with pytest.raises(Refused) as refused:
        gives(world, seen_country="Ukraina")
    assert refused.value.field == "seen_country"
    assert gives(world, seen_document=SeenDocument.KNOWN, seen_country="").row.seen_country == ""
    fields = {field.name for field in ClientCode._meta.fields}
    assert not {name for name in fields if "number" in name}


def test_only_the_team_gives_one(world: World) -> None:
    for persona in ("colleague", "outsider", "director"):
        with pytest.raises(NotAllowed):
            gives(world, persona)


def test_guessing_waits(world: World) -> None:
    client, answers = browser(), []
    for n in range(7):
        answers.append(client.post("/login/code/", {"code": f"ABCD-EFGH-JKL{n}"}).status_code)
    assert answers[0] == 200 and answers[-1] == 429


def test_whoever_printed_it_is_seen_by_the_team_and_by_the_client(world: World, login: Any) -> None:
    """The insider: a worker prints a code and uses it. The other bodies and the client see it."""
    given = gives(world, "social")
    told = Notification.objects.filter(user__username="client", about__contains=given.row.pk)
    assert told.exists(), "who is in already is told at once"
    thief = enters(given.code)
    for other in ("employment", "kela"):
        page = login(other).get(f"/cases/{world.case.pk}/log-in/").content.decode()
        assert world.actor("social").name in page and "Used" in page
    assert {AccountEvent.CODE_GIVEN, AccountEvent.CODE_USED} <= set(events("client"))
    assert LogIn.objects.filter(user__username="client").count() == 1
    # Whoever notices ends it: from the next request nobody is in.
    end_client_log_in(actor=world.actor("kela"), case=world.case, now=world.now)
    assert thief.get("/my/").status_code == 302
    assert not User.objects.get(username="client").has_usable_password()


def test_a_code_confirms_nothing_that_its_own_body_wrote_down(world: World, login: Any) -> None:
    """Else one worker writes a consent, prints a code, and says yes in the client's name."""
    consent = writes(world, "social")
    client = enters(gives(world, "social").code)
    url = f"/my/who-sees/said/{consent.pk}/"
    assert client.post(url, {"do": "yes"}).status_code == 403
    assert not is_open(world)
    assert client.post(url, {"do": "no"}).status_code == 302


def test_a_code_of_another_body_confirms_what_was_written_down(world: World) -> None:
    consent = writes(world)
    client = enters(gives(world, "kela").code)
    answer = client.post(f"/my/who-sees/said/{consent.pk}/", {"do": "yes"})
    assert answer.status_code == 302
    assert is_open(world)


def test_the_client_identified_strongly_confirms_whoever_printed_a_code(world: World) -> None:
    consent = writes(world)
    use_client_code(
        code_id=read_client_code(code=gives(world).code, now=world.now).pk, now=world.now
    )
    confirm_written(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    assert is_open(world)


def test_nobody_is_let_in_to_an_ended_case_or_for_who_has_died(world: World) -> None:
    given = gives(world)
    Person.objects.filter(pk=world.case.person_id).update(died_on=world.now.date())
    with pytest.raises(Refused):
        read_client_code(code=given.code, now=world.now)
    with pytest.raises(Refused):
        gives(world)
    assert Case.objects.get(pk=world.case.pk)


def test_the_officer_reads_which_worker_let_clients_in_and_no_clients_name(
    world: World, login: Any
) -> None:
    used, _open = gives(world, "social"), gives(world, "kela")
    ClientCode.objects.filter(pk=used.row.pk).update(used_at=world.now, ended_at=None)
    page = login("officer").get("/roles/").content.decode()
    for name, what in ((world.actor("social").name, "was used"), (world.actor("kela").name, "not")):
        assert re.search(rf"A code on paper was given to log in, and .*{what}.*{name}", page), name
    assert world.case.person.last_name not in page
    assert list_codes_let_in(world.actor("director"), now=world.now) == []


def test_who_has_only_a_password_and_no_address_is_helped_by_a_new_code(
    world: World, login: Any
) -> None:
    worker, url = login("social"), f"/cases/{world.case.pk}/log-in/"
    has_no_account(world)
    assert "They have not logged in yet" in worker.get(url).content.decode()
    enters(gives(world).code)
    Person.objects.get(pk=world.case.person_id).refresh_from_db()
    page = worker.get(url).content.decode()
    assert "A user name and a password" in page
    assert "No e-mail address of the client is known" in page
    assert f"{url}code/" in page
    User.objects.filter(person=world.case.person_id).update(
        email="asiakas@example.org", email_confirmed_at=world.now
    )
    assert "No e-mail address of the client is known" not in worker.get(url).content.decode()
    assert "/login/code/" in browser().get("/password/forgotten/").content.decode()
