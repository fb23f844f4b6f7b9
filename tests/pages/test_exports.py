"""A list of clients leaves as a file after its taker has said why, and the officer reads of it."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from common.clock import day_of
from rights.models import Export
from tests.pages.routes import all_routes
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


# What leaves as a file and asks for no level of log-in: why it does not.
WITHOUT_AN_ACT = {
    "pages:version_pdf": "the plan of one client, which the page beside it shows",
    "pages:plan_paper": "the plan of one client, for them to carry",
    "pages:people_paper": "who helps one client, for them to carry",
    "pages:grants_paper": "who sees what of one client, for them to carry",
    "pages:attachment": "what was sent in one thread",
    "pages:meeting_ics": "a day and a place, of nobody by name",
    "pages:own_request_letter": "what one asked oneself",
    "pages:person_asking_letter": "what one person asked",
    "pages:client_code": "a letter with a code that is shown once",
    "pages:tell_client": "a letter to one client, handed to them",
    "pages:mandate_tell": "a letter to one client, handed to them",
    "pages:import_rejected": "lines that were not taken, their codes masked",
    "pages:extract_file": "rows without names, which two people have let out",
    "pages:staff_file_csv": "what is wrong in a file of staff",
    "pages:grounds_csv": "the table of grounds: no client stands in it",
    "login:keys": "our public keys",
    "login:ended": "an answer to a provider",
}
MAKERS = {"csv_file", "pdf_page", "file_sent", "after_asking_why"} | {
    "FileResponse", "StreamingHttpResponse", "JsonResponse",
}  # fmt: skip


def makes_a_file(view: Any, depth: int = 3) -> bool:
    """Whether a view, or what it calls in the rooms of faces, makes a file or raw data."""
    code = getattr(inspect.unwrap(view), "__code__", None)
    if code is None:
        return False
    codes = [code, *(one for one in code.co_consts if inspect.iscode(one))]
    names = {name for one in codes for name in one.co_names}
    if names & MAKERS or any("Content-Disposition" in str(one.co_consts) for one in codes):
        return True
    here = inspect.unwrap(view).__globals__
    called = [here.get(name) for name in names]
    return depth > 0 and any(
        makes_a_file(one, depth - 1)
        for one in called
        if inspect.isfunction(one) and one.__module__.split(".")[0] in ("pages", "web")
    )


def test_whatever_leaves_as_a_file_asks_for_a_level_or_says_why_not() -> None:
    views = {name: pattern.callback for name, pattern in all_routes()}
    files = {name for name, view in views.items() if makes_a_file(view)}
    assert {"pages:cases_csv", "pages:everything_json", "pages:attachment"} <= files
    without = {name for name in files if getattr(views[name], "act", None) is None}
    assert without == set(WITHOUT_AN_ACT), "a file that leaves without its act, or none any more"
