"""The first joint plan, from register extract to the client's acceptance, as people do it."""

from __future__ import annotations

import time

import psycopg
import pytest
from celery import Celery

from tests.journeys.conftest import PHONE, Enter, System, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
OWN_GOAL = "I want to work with my hands again"


def test_from_register_to_the_clients_acceptance(system: System, enter: Enter) -> None:
    report = system.manage("import_register", "demo/register", "--commit")
    assert "rejected rows: 0" in report
    employment = enter("employment")
    begun = open_a_case_from_a_trigger(employment)
    decline_another(employment)
    case_path = draft_and_propose(employment)
    for username in ("social", "kela"):
        accept_for_the_body(enter(username), case_path)
    client = enter("client", PHONE)
    client_adds_a_goal_and_accepts(client)
    night_reminds(system, employment, begun)
    director = enter("director").go("/dashboard/")
    assert "fewer than 5" in director.page.inner_text("main")
    assert "Aalto" not in director.page.inner_text("main")
    nobody_else_finds_it(enter("outsider"), case_path)
    client.go("/my/access-log/")
    assert "Kaarina Kela" in client.page.inner_text("main")


def open_a_case_from_a_trigger(worker: Visitor) -> str:
    """Returns the path of the case begun."""
    worker.go("/day/").picture("my_day")
    worker.click("Triggers")
    assert "Act 1369/2014" in worker.page.inner_text("main")
    follow(worker.page.locator("main table tbody a").first)
    worker.page.locator("#opened").wait_for()
    worker.check()
    assert "reached on" in worker.page.inner_text("main")
    worker.click("Assess the need")
    worker.press("Begin the assessment")  # nothing filled in: told what to do
    assert worker.page.locator("[aria-invalid=true]").count() >= 1
    worker.page.get_by_role("checkbox", name="Limits of the ability").check()
    worker.page.get_by_label("Why is consultation").fill("Work ability and debts.")
    for office in worker.page.get_by_role("checkbox", name="names its person").all():
        office.uncheck()
    for name in ("Eeva Employment", "Sanna Social"):
        worker.page.get_by_role("checkbox", name=name).check()
    worker.press("Begin the assessment")
    text = worker.page.inner_text("main")
    assert "Missing: Kela" in text
    assert worker.page.get_by_label("Why is consult").input_value() == "Work ability and debts."
    worker.page.get_by_role("checkbox", name="Kaarina Kela").check()
    worker.press("Begin the assessment")
    assert "The client has not written a goal yet" in worker.page.inner_text("main")
    return worker.page.url.removeprefix(worker.url)


def decline_another(worker: Visitor) -> None:
    worker.go("/triggers/?on=2024-06-30")
    row = worker.page.locator("main table tbody a").first
    name = row.inner_text()
    follow(row)
    worker.page.get_by_label("Why is joint service not needed?").fill("Begins in work in July.")
    worker.press("Decline with this reason")
    assert name not in worker.page.inner_text("main table tbody tr:first-child")


def draft_and_propose(worker: Visitor) -> str:
    """On the demo's joint case; returns its path."""
    worker.go("/cases/")
    worker.page.get_by_label("Find a client").fill("aino aalto")
    worker.press("Search")  # one hit opens the case
    worker.picture("case")
    path = worker.page.url.removeprefix(worker.url)
    worker.click("Add a goal")
    worker.page.locator("#id_text").fill("A try-out in a workshop")
    worker.page.get_by_label("What it concerns").select_option("plan_follow_up")
    worker.press("Save")
    follow(worker.page.locator("main").get_by_role("link", name="Add an action").last)
    worker.page.get_by_label("What is done").fill("Call the workshop")
    worker.page.get_by_label("Whose task").select_option(label="Kaarina Kela, Kela")
    worker.page.get_by_label("By when").fill("2027-02-01")
    worker.press("Save")
    assert "Call the workshop" in worker.page.inner_text("main")
    worker.click("Add a service")
    worker.page.locator("#id_name").fill("Coaching")
    worker.page.get_by_label("What it concerns").select_option("plan_follow_up")
    worker.press("Save")
    worker.click("Propose the plan")
    worker.press("Propose version")
    assert "Version 2 of the plan" in worker.page.inner_text("main")
    accept_for_the_body(worker, path)
    return path


def accept_for_the_body(worker: Visitor, case_path: str) -> None:
    worker.go(case_path)
    worker.click("Read and answer")
    assert "A try-out in a workshop" in worker.page.inner_text("main")
    worker.press("Accept version 2 for")
    assert "Saved." in worker.page.inner_text("body")


def client_adds_a_goal_and_accepts(client: Visitor) -> None:
    client.go("/my/").picture("client")
    assert "Do this next" in client.page.inner_text("main")
    client.click("My plan").click("Add a goal of mine")
    client.page.get_by_label("My goal").fill(OWN_GOAL)
    client.press("Save my goal")
    assert OWN_GOAL in client.page.inner_text("main")
    client.go("/my/who-sees/")
    client.go("/my/")
    client.click("Read and answer")
    client.click("Accept version 2")
    client.press("Accept version 2")
    assert "Version 2 in force" in client.page.inner_text("main")
    assert "This is your duty" in client.page.inner_text("main")


def night_reminds(system: System, worker: Visitor, begun: str) -> None:
    """The command and the real worker both do the night's work."""
    assert "reminders_ended" in system.manage("nightly")
    runs = "SELECT count(*) FROM operations_nightlyrun"
    with psycopg.connect(system.env["DATABASE_URL"], autocommit=True) as database:
        before = database.execute(runs).fetchone()
        Celery(broker=system.env["REDIS_URL"], set_as_current=False).send_task(
            "operations.tasks.nightly"
        )
        end = time.monotonic() + 30
        while time.monotonic() < end and database.execute(runs).fetchone() == before:
            time.sleep(0.2)
        assert database.execute(runs).fetchone() != before, "the worker did not do the night"
    # One plan is made; the day of the other is too far ahead to wait for anybody yet.
    worker.go("/day/")
    assert "The plan is to be made by" not in worker.page.inner_text("main")
    worker.go(begun)
    assert "Plan due" in worker.page.inner_text("main")


def nobody_else_finds_it(stranger: Visitor, case_path: str) -> None:
    for path in (case_path, f"/api/v1{case_path}", f"/api/v1{case_path}".replace("cases", "plans")):
        answer = stranger.page.goto(stranger.url + path)
        assert answer is not None
        assert answer.status == 404
    stranger.go("/cases/")
    stranger.page.get_by_label("Find a client").fill("Aino")
    stranger.press("Search")
    assert "Aalto, Aino" not in stranger.page.inner_text("main")


def test_the_client_answers_without_javascript(enter: Enter) -> None:
    """The same forms work in an old browser: slower, but whole."""
    page = enter("client2", PHONE, java_script_enabled=False).page
    page.goto(page.url.split("/my")[0] + "/my/plan/")
    follow(page.get_by_role("link", name="Add a goal of mine"))
    follow(page.get_by_role("button", name="Save my goal"))
    assert page.locator("[aria-invalid=true]").count() == 1
    page.get_by_label("My goal").fill("Töihin")
    follow(page.get_by_role("button", name="Save my goal"))
    assert "Töihin" in page.inner_text("main")
    for door in ("Menu", "My information", "Who sees what"):
        follow(page.get_by_role("link", name=door).first)
    follow(page.get_by_role("link", name="Change").first)
    follow(page.get_by_role("button", name="I agree"))
    assert "because you have agreed to it" in page.inner_text("main")
