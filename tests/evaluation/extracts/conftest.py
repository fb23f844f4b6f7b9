"""A network with enough cases for nobody in it to stand alone, and files of a test's own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.crypto import encrypt, search_hash
from evaluation.extracts.models import ExtractOrder, ExtractUse
from evaluation.extracts.services import (
    approve_extract,
    ask_for_extract,
    make_extract,
    take_out_extract,
)
from people.models import Person
from tests.builders import TEST, CaseFactory
from tests.personas import World

BORN_THE_SAME = 24


def a_person(world: World, number: int, **more: Any) -> Person:
    """Somebody of the network's municipality, born in 1980, whom no register knows."""
    code = f"extract-{number}"
    given: dict[str, Any] = {
        "birth_date": world.now.date().replace(year=1980, month=3, day=1),
        "municipality_code": world.case.person.municipality_code,
    }
    return Person.objects.create(
        identity_code_encrypted=encrypt(code), identity_code_hash=search_hash(code),
        last_name=f"Testi{number}", first_names="Aino", sort_key=f"testi{number}",
        **(given | more),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def many(world: World) -> list[Case]:
    """Cases of people who look alike, begun today."""
    worker = world.actor("employment")
    return [
        CaseFactory(person=a_person(world, number), led_by=worker, now=world.now)
        for number in range(BORN_THE_SAME)
    ]


@pytest.fixture
def ask(world: World) -> Callable[..., ExtractOrder]:
    """An order of the director: the cases of this year, for half a year."""

    def asked(by: Actor | None = None, **more: Any) -> ExtractOrder:
        today = day_of(world.now)
        said: dict[str, Any] = {
            "use": ExtractUse.EVALUATION, "purpose": "What became of those of this year",
            "decision_number": "JR 12/2026", "decided_on": today,
            "begun_from": today - timedelta(days=3), "begun_to": today,
            "expires_on": today + timedelta(days=180),
        }  # fmt: skip
        return ask_for_extract(actor=by or world.actor("director"), now=world.now, **(said | more))

    return asked


@pytest.fixture
def made(world: World, ask: Callable[..., ExtractOrder]) -> Callable[..., ExtractOrder]:
    """The same, approved by the officer and made."""

    def make(**more: Any) -> ExtractOrder:
        order = ask(**more)
        approve_extract(actor=world.actor("officer"), order_id=order.pk, now=world.now)
        make_extract(actor=TEST, order_id=order.pk, now=world.now)
        order.refresh_from_db()
        return order

    return make


def taken_out(world: World, order: ExtractOrder) -> dict[str, list[dict[str, str]]]:
    """What the director takes out: each file by its name, as its lines."""
    actor = world.actor("director")
    content = b"".join(take_out_extract(actor=actor, order_id=order.pk, now=world.now))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode()), delimiter=";"))
            for name in archive.namelist()
        }
