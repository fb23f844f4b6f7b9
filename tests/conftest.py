"""Fixtures all tests share, and what makes the suite hostile.

Every test runs on a clone of one migrated database in which the demo network stands; the
servers come from ``tests.servers``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models.query import ModelIterable, QuerySet
from django.template import base as template_base
from django.test import Client

from people.models import User
from tests import servers
from tests.personas import World


@pytest.fixture(scope="session")
def django_db_setup(running_servers: None) -> None:
    """The database is a clone of the template already; nothing to create or drop."""


@pytest.fixture
def world(db: None) -> World:
    """The demo network: who is who, and the joint case."""
    return World.load()


@pytest.fixture
def login() -> Any:
    """A logged-in test client for a user name."""

    def enter(username: str) -> Client:
        client = Client()
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

    return enter


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
            self.var.resolve(context)
        except template_base.VariableDoesNotExist as error:
            source = getattr(self, "token", self.var)
            raise UndefinedVariable(f"{source}: {error}") from None
        return resolve(self, context, ignore_failures)

    origin_is_ours = strict
    monkeypatch.setattr(template_base.FilterExpression, "resolve", origin_is_ours)
