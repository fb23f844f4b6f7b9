"""Somebody outside the team of a case: who looks for it, asks for it, opens it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import AccessRequest, Case, EmergencyReason
from cases.services import (
    accept_access_request,
    ask_for_access,
    open_in_emergency,
)
from common import clock
from common.clock import day_of
from common.crypto import decrypt, search_hash
from common.identity_code import check_character
from people.models import Person
from tests.personas import World

FIND = "/cases/find/"


ASK = "/cases/find/ask/"


EMERGENCY = "/cases/find/emergency/"


WORKERS = ("employment", "colleague", "social", "kela", "outsider")


BORN = date(1981, 3, 2)


NOBODYS = f"{BORN:%d%m%y}-998{check_character(BORN, 998)}"  # artificial; no person has it


def code_of(person: Person) -> str:
    return decrypt(person.identity_code_encrypted)


@pytest.fixture
def codes(world: World) -> dict[str, str]:
    """One code of each kind that must look the same to somebody outside the team."""
    elsewhere = Case.objects.exclude(network=world.case.network).order_by("pk")[0]
    free = Person.objects.filter(cases=None).order_by("pk")[0]
    assert not Person.objects.filter(identity_code_hash=search_hash(NOBODYS)).exists()
    return {
        "a case of others here": code_of(world.case.person),
        "a case elsewhere": code_of(elsewhere.person),
        "a person without a case": code_of(free),
        "no person at all": NOBODYS,
    }


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[World, timedelta], None]:
    """Every request from now on comes so much later."""

    def move(world: World, much: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: world.now + much)

    return move


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asks(world: World, by: str = "colleague", **more: Any) -> AccessRequest:
    said = {
        "identity_code": code_of(world.case.person), "reason": "He came to us.", "now": world.now,
    } | more  # fmt: skip
    return ask_for_access(actor=world.actor(by), **said)


def opens(world: World, by: str = "colleague", **more: Any) -> AccessRequest:
    said = {
        "identity_code": code_of(world.case.person), "urgent": EmergencyReason.LIFE,
        "reason": "The door was open.", "now": world.now,
    } | more  # fmt: skip
    return open_in_emergency(actor=world.actor(by), **said)


def gives(world: World, asked: AccessRequest, *, by: str = "employment", **more: Any) -> Any:
    said = {"until": day_of(world.now), "answer": "", "now": world.now} | more
    return accept_access_request(actor=world.actor(by), request_id=asked.pk, **said)


def sees(login: Any, world: World, persona: str = "colleague") -> bool:
    answer = login(persona).get(f"/cases/{world.case.pk}/")
    assert answer.status_code in (200, 404)
    return bool(answer.status_code == 200)
