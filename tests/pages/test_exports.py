"""A list of clients leaves as a file after its taker has said why, and the officer reads of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from common.clock import day_of
from rights.models import Export
from tests.personas import World

FILES = ("/cases/export.csv", "/triggers/export.csv", "/commitments/export.csv")


@pytest.mark.parametrize("path", FILES)
def test_no_list_leaves_before_it_is_said_why(world: World, login: Any, path: str) -> None:
    worker = login("social") if "triggers" not in path else login("employment")
    for asked in (worker.get(path), worker.post(path, {}), worker.post(path, {"reason": "other"})):
        assert asked.status_code == 200
        assert asked["Content-Type"].startswith("text/html")
    assert not Export.objects.exists()
    assert not AuditRow.objects.filter(action__endswith="_exported").exists()
    file = worker.post(path, {"reason": "meeting", "comment": ""})
    assert file["Content-Type"].startswith("text/csv")
    (row,) = Export.objects.all()
    assert (row.reason, row.comment) == ("meeting", "")
    assert row.people >= 1 and "identity_contact" in row.categories
    logged = AuditRow.objects.get(action="list_exported")
    assert (logged.subject_id, logged.categories) == (row.pk, row.categories)


def test_what_was_searched_stays_in_the_file(world: World, login: Any) -> None:
    file = login("employment").post("/triggers/export.csv?status=taken", {"reason": "report"})
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert Export.objects.get().people == len(lines) - 1


def test_the_officer_reads_who_took_what_when_why_and_of_how_many(world: World, login: Any) -> None:
    login("social").post(
        "/cases/export.csv", {"reason": "other", "comment": "The audit of the network."}
    )
    login("kela").post("/commitments/export.csv", {"reason": "handover", "comment": ""})
    officer = login("officer")
    page = officer.get("/exports/").content.decode()
    for said in ("Sanna Social", "List of cases", "The audit of the network.", "Kaarina Kela"):
        assert said in page
    assert world.case.person.last_name not in page
    only = officer.get(f"/exports/?account={world.actor('kela').user_id}").content.decode()
    assert "Commitments" in only and "The audit of the network." not in only
    tomorrow = (day_of(world.now) + timedelta(days=1)).isoformat()
    assert "Nothing was taken out." in officer.get(f"/exports/?since={tomorrow}").content.decode()
    yesterday = (day_of(world.now) - timedelta(days=1)).isoformat()
    assert "Nothing was taken out." in officer.get(f"/exports/?until={yesterday}").content.decode()
    for who in ("social", "director", "client"):
        assert login(who).get("/exports/").status_code == 404


def test_that_something_was_taken_out_is_never_taken_back(world: World, login: Any) -> None:
    login("social").post("/cases/export.csv", {"reason": "my_work", "comment": ""})
    for change in (lambda: Export.objects.all().delete(), lambda: Export.objects.update(people=0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_ones_own_information_is_taken_out_without_a_word(world: World, login: Any) -> None:
    client = login("client")
    for path in ("/my/everything.json", "/my/everything.pdf"):
        assert client.get(path).status_code == 200
    assert not Export.objects.exists()
