"""Fixtures all tests share, and what makes the suite hostile.

Every test runs on a clone of one migrated database in which the demo network stands; the
servers come from ``tests.servers``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.cache.backends.base import BaseCache
from django.db import connection, transaction
from django.db.models.query import ModelIterable, QuerySet
from django.http import HttpResponse
from django.template import base as template_base
from django.test import Client, client
from django.utils import translation

from common import database_roles
from common.actor import Actor
from common.bodies import Receiver
from consent.models import Category, Choice
from consent.services import decide
from inbox.selectors import MenuCounts, count_menu
from pages import menu
from people.models import Position, User
from records.checks import check_declarations
from tests import counts, servers
from tests.builders import WorkerFactory
from tests.personas import World
from tests.printed import Printing


@pytest.fixture(scope="session")
def django_db_setup(running_servers: None) -> None:
    """The database is a clone of the template already; nothing to create or drop."""


@pytest.fixture(scope="session", autouse=True)
def every_field_is_declared() -> None:
    """No test runs while nobody has said where a field of client information is told."""
    assert check_declarations() == []


@pytest.fixture(scope="session", autouse=True)
def passwords_are_quick() -> None:
    servers.hash_quickly()


@pytest.fixture(scope="session", autouse=True)
def contexts_are_those_of_pages() -> None:
    """What a template that was rendered by itself was given is kept, not that of each part of it.

    The test client copies a context for each of the hundred parts of a page, at each request.
    """
    store = client.store_rendered_templates

    def store_whole(
        kept: Any, signal: Any, sender: Any, template: Any, context: Any, **_: Any
    ) -> None:
        if context.template is template:
            store(kept, signal, sender, template, context)

    client.store_rendered_templates = store_whole


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Every test begins in English, whichever language the page before it was answered in."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    """The demo network: who is who, and the joint case."""
    return World.load()


@pytest.fixture
def team_worker(world: World) -> Actor:
    """Employment services' worker on the team of the joint case, its case manager."""
    return world.actor("employment")


@pytest.fixture
def office_colleague(world: World) -> Actor:
    """Of the same office, not on that team."""
    return world.actor("colleague")


@pytest.fixture
def kela_with_consent(world: World) -> Actor:
    """Another body on the team, to which the client has opened their social situation."""
    _client_decides(world, Choice.GRANTED)
    return world.actor("kela")


@pytest.fixture
def kela_after_revocation(kela_with_consent: Actor, world: World) -> Actor:
    """The same after the client has taken it back."""
    _client_decides(world, Choice.REVOKED)
    return kela_with_consent


def _client_decides(world: World, choice: Choice) -> None:
    decide(
        actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
        categories=[Category.SOCIAL_SITUATION], purpose="The joint plan", now=world.now,
    )  # fmt: skip


@pytest.fixture
def outsider(world: World) -> Actor:
    """A caseworker of another network, who holds cases of their own."""
    return world.actor("outsider")


@pytest.fixture
def network_director(world: World) -> Actor:
    return world.actor("director")


@pytest.fixture
def joint_client(world: World) -> Actor:
    """The client of the joint case."""
    return world.actor("client")


@pytest.fixture
def another_client(world: World) -> Actor:
    return world.actor("client2")


@pytest.fixture
def officer(world: World) -> Actor:
    """The data-protection officer of the installation."""
    return world.actor("officer")


@pytest.fixture
def office_leader(world: World) -> Actor:
    """Who leads the office of the team worker."""
    office = Position.objects.get(user__username="employment").office
    WorkerFactory(username="office_leader", office=office, now=world.now, leads=True)
    return world.actor("office_leader")


@pytest.fixture
def association(world: World) -> Actor:
    """An outside party to whom the client has opened name and plan of the joint case."""
    return world.actor("association")


@pytest.fixture(autouse=True)
def other_log_ins_are_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeper and sealer see what a test has written: on its connection, with their own rights."""

    @contextmanager
    def become(role: str) -> Iterator[None]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            (before,) = cursor.fetchone()
            cursor.execute("SELECT set_config('role', %s, true)", [role])
            yield
            cursor.execute("SELECT set_config('role', %s, true)", [before])

    monkeypatch.setattr(database_roles, "change_log_in", become)


@pytest.fixture(autouse=True)
def counts_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other test's wrong passwords count here, nor those of the process beside this one."""
    counts.begin_anew()
    monkeypatch.setattr(BaseCache, "make_key", counts.key_of_this_test)


@pytest.fixture(autouse=True)
def heads_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heads of the log that a test signs are of its own database."""
    monkeypatch.setattr(settings, "AUDIT_HEADS_DIR", settings.VAR_DIR / "heads" / uuid4().hex)


@pytest.fixture
def menu_counted_once(monkeypatch: pytest.MonkeyPatch) -> dict[UUID | None, MenuCounts]:
    """The numbers in a worker's menu are counted for the first page of each reader alone.

    A session keeps them for a minute. Where what each page writes is undone, the session is too,
    and counting anew is a fifth of the seconds of a sweep that asks nothing of those numbers. What
    has been counted may be cleared: the next page counts anew.
    """
    counted: dict[UUID | None, MenuCounts] = {}

    def count_once(actor: Actor, **given: Any) -> MenuCounts:
        if actor.user_id not in counted:
            counted[actor.user_id] = count_menu(actor, **given)
        return counted[actor.user_id]

    monkeypatch.setattr(menu, "count_menu", count_once)
    return counted


@pytest.fixture
def printed_as_written(monkeypatch: pytest.MonkeyPatch) -> Printing:
    """A PDF holds the page it would be drawn from, unless ``laid_out`` is set."""
    import weasyprint  # noqa: PLC0415 - half a second, which a test without PDFs does not wait for

    printing = Printing(weasyprint.HTML)
    monkeypatch.setattr(weasyprint, "HTML", printing.begin)
    return printing


class ReadingClient(Client):
    """Reads every answer to its end, as a browser does: a file that is sent line by line too."""

    def request(self, **asked: Any) -> Any:
        answer = super().request(**asked)
        if not answer.streaming:
            return answer
        content = answer.getvalue()  # type: ignore[attr-defined]
        whole = HttpResponse(content, status=answer.status_code, headers=dict(answer.headers))
        for name in ("client", "request", "wsgi_request", "resolver_match", "context", "templates"):
            setattr(whole, name, getattr(answer, name, None))
        return whole


def log_in(username: str) -> Client:
    """A test client of somebody who has logged in with a password a moment ago."""
    client = ReadingClient()
    client.force_login(
        User.objects.get(username=username),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    client.cookies["django_language"] = "en"
    # As after the log-in form: allauth's record of how and when.
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


@pytest.fixture
def login() -> Any:
    """A logged-in test client for a user name."""
    return log_in


@pytest.fixture
def committed_db(running_servers: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of the test's own where commits are real, for two people at once."""
    settings = connection.settings_dict
    before = settings["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        name = servers.name_of("committed")
        servers.clone(name)
        settings["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            settings["NAME"] = before
            servers.drop(name)


@pytest.fixture(autouse=True)
def unordered_comes_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows asked for in no order come in a random one: nothing may rely on the database's whim."""
    chance = random.Random(7)
    iterate = ModelIterable.__iter__

    def shuffled(self: Any) -> Iterator[Any]:
        queryset: QuerySet[Any] = self.queryset
        rows = iterate(self)
        if queryset.ordered or queryset.query.is_sliced:
            return rows
        found = list(rows)
        chance.shuffle(found)
        return iter(found)

    monkeypatch.setattr(ModelIterable, "__iter__", shuffled)


class UndefinedVariable(AssertionError):
    """A template used a name that nobody gave it."""


@pytest.fixture(autouse=True)
def undefined_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template variable that is not there fails the test, save in ``if`` and with a default."""
    resolve = template_base.FilterExpression.resolve

    def strict(self: Any, context: Any, ignore_failures: bool = False) -> Any:
        if ignore_failures or self.filters or not isinstance(self.var, template_base.Variable):
            return resolve(self, context, ignore_failures)
        try:
            return self.var.resolve(context)  # without filters it is what the expression says
        except template_base.VariableDoesNotExist as error:
            source = getattr(self, "token", self.var)
            raise UndefinedVariable(f"{source}: {error}") from None

    origin_is_ours = strict
    monkeypatch.setattr(template_base.FilterExpression, "resolve", origin_is_ours)
