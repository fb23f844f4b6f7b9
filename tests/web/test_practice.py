"""Practising: among artificial people, in a database of its own; nothing real is within reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from audit.models import AuditRow
from benefits.models import Flag
from caseplan.plan.models import Goal
from cases.models import Case
from common import clock
from common.decision import NotAllowed
from common.practice import ENDING, PRACTICE, in_practice
from config.management.commands.prepare_practice import CLEARING
from demo.network import load
from followup.models import Channel, Notice, Notification, Reminder
from followup.selectors import letters_never_sent
from followup.services import deliver
from operations.models import PracticeState
from operations.practice import ask_for_practice, practice_state, tend_practice
from pages.practice.views import AS_WHOM
from people.models import Network, Office, Person, User
from tests import servers
from tests.builders import CaseFactory, WorkerFactory
from tests.pages.routes import all_routes
from tests.personas import World

pytestmark = [
    pytest.mark.usefixtures("practice_database"),
    pytest.mark.django_db(databases=["default", PRACTICE]),
]


@pytest.fixture(scope="module")
def practice_database(running_servers: None) -> Iterator[None]:
    """A practice database as ``prepare_practice`` leaves it, in which the demo's people stand."""
    name = servers.name_of(f"own{ENDING}")
    with psycopg.connect(servers.clone(name), autocommit=True) as owner:
        owner.execute(CLEARING.read_text("utf-8"))
    before = dict(connections.settings[PRACTICE])
    connections.settings[PRACTICE].update({**connections.settings["default"], "NAME": name})
    yield
    connections[PRACTICE].close()
    connections.settings[PRACTICE].update(before)
    servers.drop(name)


@pytest.fixture
def stands(world: World) -> None:
    """The keeper has had the practice network made."""
    PracticeState.objects.create(asked_at=world.now, built_at=world.now)


@pytest.fixture
def real_case(world: World) -> Case:
    """A case of the real network alone, managed by whoever practises."""
    free = Person.objects.filter(cases=None).order_by("pk").first()
    return CaseFactory(person=free, led_by=world.actor("employment"), now=world.now)


def practising(login: Any, who: str, role: str) -> Client:
    client: Client = login(who)
    answer = client.post(reverse("pages:practise"), {"as": role})
    assert answer.status_code == 302
    assert answer.url == "/"
    return client


def test_whoever_practises_is_one_of_its_people_until_they_end_it(
    stands: None, world: World, login: Any
) -> None:
    client = practising(login, "employment", "client")
    page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("pages:my_page")
    assert "Practice: nobody here is real." in page.content.decode()
    client.post(reverse("pages:practise_end"))
    page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("pages:my_day")
    assert "nobody here is real" not in page.content.decode()
    own = world.actor("employment").user_id
    said = AuditRow.objects.filter(subject_id=own, action__startswith="practice_")
    assert sorted(said.values_list("action", flat=True)) == ["practice_begun", "practice_ended"]


ROLES = ("employment", "leader", "director", "officer", "client")


@pytest.mark.parametrize("role", ROLES)
def test_no_address_of_a_real_case_is_there_while_one_practises(
    stands: None, real_case: Case, login: Any, role: str
) -> None:
    assert role in dict(AS_WHOM)
    if role == "leader":  # the smaller demo of the tests has none
        with in_practice():
            office = Office.objects.get(positions__user__username="employment")
            WorkerFactory(username="leader", office=office, now=clock.now(), leads=True)
    client = login("employment")
    own = reverse("pages:case", args=[real_case.pk])
    assert client.get(own).status_code == 200
    client.post(reverse("pages:practise"), {"as": role})
    wrong = {
        name: answer.status_code
        for name, pattern in all_routes()
        if name.startswith("pages:") and set(pattern.pattern.converters) == {"case_id"}
        for answer in (client.get(reverse(name, args=[real_case.pk])),)
        # A button's address says of every case that it takes a sent form alone.
        if answer.status_code != 404 and (answer.status_code != 405 or not _is_button(pattern))
    }
    assert wrong == {}
    buttons = [
        n for n, p in all_routes() if _is_button(p) and set(p.pattern.converters) == {"case_id"}
    ]
    assert buttons
    for name in buttons:
        assert client.post(reverse(name, args=[real_case.pk])).status_code == 404, name
    client.post(reverse("pages:practise_end"))
    assert client.get(own).status_code == 200


def _is_button(pattern: Any) -> bool:
    return getattr(pattern.callback, "methods", ()) == ("POST", "OPTIONS")


def test_what_is_written_on_one_side_is_never_on_the_other(
    stands: None, world: World, login: Any
) -> None:
    client = practising(login, "employment", "client")
    before, rows_before = Goal.objects.count(), AuditRow.objects.count()
    with in_practice():
        practised_before = Goal.objects.count()
    address = reverse("pages:own_goal_new")
    answer = client.post(address, {"text": "Practised words"})
    assert answer.status_code == 302
    assert Goal.objects.count() == before
    assert AuditRow.objects.count() == rows_before
    with in_practice():
        assert Goal.objects.count() == practised_before + 1


def test_no_letter_leaves_it_and_each_is_shown_on_a_page(
    stands: None, world: World, login: Any, mailoutbox: list[Any]
) -> None:
    with in_practice():
        user = User.objects.get(username="client")
        Notification.objects.create(
            user=user, channel=Channel.EMAIL, notice=Notice.NEWS, about="1",
            made_at=world.now, not_before=world.now - timedelta(days=1),
        )  # fmt: skip
        person = user.person
        person.email = "practised@example.org"
        person.save()
        done = deliver(actor=world.actor("keeper"), channel=Channel.EMAIL, now=clock.now)
    assert (done.sent, done.parked, mailoutbox) == (0, 0, [])
    client = practising(login, "employment", "client")
    page = client.get(reverse("pages:practise_letters")).content.decode()
    assert "practised@example.org" in page
    client.post(reverse("pages:practise_end"))
    assert client.get(reverse("pages:practise_letters")).status_code == 404


def test_ones_own_account_and_what_lies_on_the_server_are_no_part_of_it(
    stands: None, login: Any
) -> None:
    client = practising(login, "employment", "director")
    names = [
        "pages:log_ins", "pages:second_factor", "pages:own_address", "pages:imports",
        "pages:import_new", "pages:enter_code", "pages:passkey_log_in", "change_password",
        "account_login", "password_forgotten", "api:cases",
    ]  # fmt: skip
    assert [n for n in names if client.get(reverse(n)).status_code != 404] == []
    login_with = [n for n, _pattern in all_routes() if n.startswith("login:")]
    assert login_with
    password = client.post(reverse("change_password"), {"old_password": "x"})
    assert password.status_code == 404


def test_logging_out_ends_it(stands: None, login: Any) -> None:
    client = practising(login, "employment", "kela")
    client.post(reverse("account_logout"))
    assert client.get(reverse("pages:my_day")).url.startswith("/login/")
    assert "practising" not in client.session


def test_a_client_and_somebody_outside_practise_nothing(stands: None, login: Any) -> None:
    for who in ("client", "association"):
        client = login(who)
        assert client.post(reverse("pages:practise"), {"as": "officer"}).status_code == 404
        assert "practising" not in client.session


def test_in_practice_a_click_stands_for_logging_in_anew(
    stands: None, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LEVELS_LAST_MINUTES", 0)
    client = practising(login, "employment", "officer")
    signing = reverse("pages:grounds_sign")
    assert client.get(signing).status_code == 200
    session = client.session
    session["practising"] = {"as": "officer", "shown": clock.now().timestamp() - 7200}
    session.save()
    asked = client.get(signing)
    assert asked.status_code == 403
    assert "a click is enough" in asked.content.decode()
    address = reverse("pages:stronger", args=["sign_ground"])
    assert client.post(address, {"next": signing}).url == signing
    assert client.get(signing).status_code == 200


def test_whoever_is_not_there_any_more_is_answered_from_nowhere(stands: None, login: Any) -> None:
    """Not from the other database instead."""
    client = practising(login, "employment", "kela")
    with in_practice():
        User.objects.filter(username="kela").update(is_active=False)
    answer = client.get(reverse("pages:my_day"))
    assert answer.url == reverse("pages:practise")
    assert "practising" not in client.session


def test_the_keeper_has_it_made_and_every_night_makes_it_anew(world: World) -> None:
    keeper, built = world.actor("keeper"), []
    with pytest.raises(NotAllowed):
        ask_for_practice(actor=world.actor("director"), now=world.now)
    assert not tend_practice(build=lambda: built.append(1), now=world.now)  # nobody has asked
    ask_for_practice(actor=keeper, now=world.now)

    def fails() -> None:
        raise ValueError

    assert not tend_practice(build=fails, now=world.now)
    assert _state().failure == "ValueError"
    with in_practice():
        assert Person.objects.exists()  # what stood there stands
    ask_for_practice(actor=keeper, now=world.now)
    people = Person.objects.count()
    assert tend_practice(build=lambda: built.append(1), now=world.now)
    assert (built, _state().failure, _state().built_at) == ([1], "", world.now)
    with in_practice():
        assert not Person.objects.exists()
        assert not Case.objects.exists()
    assert Person.objects.count() == people
    assert not tend_practice(build=lambda: built.append(1), now=world.now)
    tomorrow = clock.start_of(clock.day_of(world.now) + timedelta(days=1))
    assert not tend_practice(build=lambda: built.append(1), now=tomorrow + timedelta(hours=3))
    assert tend_practice(build=lambda: built.append(1), now=tomorrow + timedelta(hours=4))


def test_it_is_put_back_by_whoever_keeps_the_organisation_and_by_nobody_they_play(
    stands: None, world: World, login: Any
) -> None:
    anew = reverse("pages:practise_anew")
    assert practising(login, "employment", "keeper").post(anew).status_code == 404
    keeper = practising(login, "keeper", "employment")
    assert keeper.post(anew).url == reverse("pages:practise")
    assert _state().asked_by_id == world.actor("keeper").user_id


def _state() -> PracticeState:
    state = practice_state()
    assert state is not None
    return state


def test_what_clears_it_can_clear_nothing_else(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT practice_clear()")  # is nowhere but in the practice database
    with psycopg.connect(servers.url_of(servers.name_of("own"))) as owner:
        owner.execute(CLEARING.read_text("utf-8"))
        with pytest.raises(psycopg.errors.RaiseException):
            owner.execute("SELECT practice_clear()")
        owner.rollback()
    assert Network.objects.exists()


def test_every_log_in_has_its_practice_database_and_no_other() -> None:
    for alias, parts in settings.DATABASES.items():
        if not alias.startswith(PRACTICE):
            ours = PRACTICE if alias == "default" else f"{PRACTICE}_{alias}"
            assert settings.DATABASES[ours]["NAME"].endswith(ENDING)
            assert ours in connections.settings
            assert parts["USER"] == settings.DATABASES[ours]["USER"]


@pytest.mark.deep
def test_the_demos_people_are_made_with_a_night_behind_them(world: World) -> None:
    ask_for_practice(actor=world.actor("keeper"), now=world.now)
    people, flags = Person.objects.count(), Flag.objects.count()
    assert tend_practice(build=lambda: load(now=world.now, with_stories=True), now=world.now)
    assert (Person.objects.count(), Flag.objects.count()) == (people, flags)
    with in_practice():
        assert {name for name, _label in AS_WHOM} <= set(
            User.objects.values_list("username", flat=True)
        )
        assert Flag.objects.exists()
        assert Reminder.objects.exists()
        shown = letters_never_sent(on=clock.day_of(world.now), now=world.now)
        assert {letter.to.split("@")[1] for letter in shown} == {"example.org"}
