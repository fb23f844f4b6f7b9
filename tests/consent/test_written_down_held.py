"""What the database holds of what was written down, and what is read of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from consent.models import (
    Category,
    Choice,
    Consent,
    ConsentLine,
    Method,
    WrittenDown,
)
from consent.services import (
    dispute_written,
)
from rights.selectors import visibility_changes
from tests.builders import written_down
from tests.consent.deciding import (
    SOCIAL,
    days,
    decides,
)
from tests.consent.writing_down import WORK, writes
from tests.personas import World


def raw_line(consent: Consent, **changes: Any) -> ConsentLine:
    given = {
        "consent": consent, "case_id": consent.case_id, "denied": False,
        "receiver": consent.receiver, "category": SOCIAL, "valid_from": consent.valid_from,
        "valid_to": consent.valid_to,
    } | changes  # fmt: skip
    return ConsentLine.objects.create(**given)


def test_a_line_that_opens_by_what_nobody_confirmed_cannot_stand(world: World) -> None:
    consent = writes(world)
    with pytest.raises(IntegrityError, match="before it is confirmed"), transaction.atomic():
        raw_line(consent)
    online = decides(world, Choice.GRANTED)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        online.lines.update(consent=consent)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # nor by who owns the tables
    with pytest.raises(IntegrityError, match="before it is confirmed"), transaction.atomic():
        online.lines.update(consent=consent)


def test_a_confirmed_line_opens_what_was_written_and_no_longer(world: World) -> None:
    consent = writes(world, valid_to=days(world, 9), confirmed_by="client")
    for more in ({"valid_to": None}, {"valid_to": days(world, 10)}, {"category": WORK}):
        with pytest.raises(IntegrityError, match="before it is confirmed"), transaction.atomic():
            raw_line(consent, **({"document": world.debts_goal.pk} | more))


def settled(consent: Consent, **more: Any) -> None:
    WrittenDown.objects.filter(consent=consent).update(**more)


def test_only_the_client_or_a_second_person_of_another_body_stands_as_who_confirmed(
    world: World,
) -> None:
    paper, oral = writes(world), writes(world, categories=[WORK], method=Method.ORAL)
    unarchived = writes(world, categories=[Category.SELF_ASSESSMENT], archive_number="")
    by = {name: world.actor(name).writer_id for name in ("client", "client2", "social", "kela")}
    for consent, how, who in (
        (paper, "client", "client2"), (paper, "client", "kela"), (paper, "paper", "social"),
        (oral, "paper", "kela"), (unarchived, "paper", "kela"), (paper, "earlier", "kela"),
        (paper, "paper", "client"),
    ):  # fmt: skip
        given = {"state": "confirmed", "settled_at": world.now, "settled_by_id": by[who]}
        with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
            settled(consent, confirmed_how=how, **given)
    late = world.now + timedelta(days=31)
    with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
        settled(
            paper, state="confirmed", confirmed_how="client", settled_at=late,
            settled_by_id=by["client"],
        )  # fmt: skip


def test_what_was_settled_stands_still(world: World) -> None:
    consent = writes(world)
    dispute_written(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    for change in (
        {"state": "waiting", "settled_at": None, "settled_by": None},
        {"state": "confirmed", "confirmed_how": "client"},
        {"archive_number": "B"},
        {"waiting_categories": [WORK]},
        {"written_for": "kela"},
        {"lapses_on": days(world, 90)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            settled(consent, **change)


def test_a_no_ends_by_nothing_that_nobody_confirmed(world: World) -> None:
    no = decides(world, Choice.DENIED)
    waiting = writes(world, choice=Choice.REVOKED)
    with pytest.raises(IntegrityError, match="takes no no back"), transaction.atomic():
        no.lines.update(ended_at=world.now, ended_by=waiting)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_writer_reads_who_has_to_look_at_the_paper(world: World, login: Any) -> None:
    written = written_down(world.case, by=world.actor("kela"), now=world.now, categories=[SOCIAL])
    page = login("kela").get(f"/written-down/{written.pk}/").content.decode()
    assert "Somebody else looks at the paper" in page


def test_the_client_is_spoken_to_in_the_history_of_who_sees_what(world: World) -> None:
    decides(world, Choice.GRANTED)
    with translation.override("en"):
        told = {
            who: visibility_changes(world.actor(who), world.case, now=world.now)[0].sentence
            for who in ("client", "kela")
        }
    assert told["client"].startswith("You agreed that Kela sees")
    assert told["kela"].startswith("The client agreed that Kela sees")
