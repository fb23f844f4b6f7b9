"""From an extract to a decision: the director imports, a worker decides, the client reads why."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.addresses import RuleNumber
from tests.journeys.conftest import PHONE, Enter, Visitor, follow

RULE = RuleNumber().to_url("subsidy_300_days")
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
REGISTER = Path(__file__).resolve().parents[2] / "demo" / "register"


def test_from_an_extract_to_a_decision(enter: Enter) -> None:
    director = enter("director")
    director_asks_to_import(director)
    a_second_person_confirms(enter("officer"))
    director.page.reload()
    director.page.get_by_text("The newest day is 30 June 2024").wait_for(timeout=40_000)
    director.check()
    worker = enter("kela")
    worker_reads_why(worker)
    worker_narrows_and_keeps_the_filter(worker)
    client = enter("client", PHONE).go("/my/registers/")
    client.page.get_by_text("Show the periods and the section of law").first.click()
    client.check()
    assert "Nothing is decided by these numbers" in client.page.inner_text("main")


def director_asks_to_import(director: Visitor) -> None:
    director.go("/register/")
    director.click("Import register extracts")
    director.press("Check the files")
    assert director.page.locator("[aria-invalid=true]").count() == 3
    for name in ("persons", "unemployment", "benefits"):
        director.page.set_input_files(f"[name={name}]", REGISTER / f"{name}.csv")
    director.press("Check the files")
    ask = director.page.get_by_role("button", name="Ask a second person to confirm")
    ask.wait_for(timeout=40_000)  # it refreshes itself
    director.check().picture("import")
    director.press("Ask a second person to confirm")
    assert "Nothing is written before" in director.page.inner_text("main")


def a_second_person_confirms(officer: Visitor) -> None:
    officer.go("/").click("import of register extracts waits")
    follow(officer.page.locator("main a[href*='/register/confirm/']").first)
    officer.press("Confirm: import these")


def worker_reads_why(worker: Visitor) -> None:
    worker.go("/triggers/?rule=subsidy_300_days").picture("triggers")
    follow(worker.page.locator("main table tbody a").first)
    worker.page.locator("#opened").wait_for()
    assert "300 paid days reached on" in worker.page.inner_text("#opened")
    worker.check()
    follow(worker.page.locator(f"#opened .said a[href*='/{RULE}/']"))
    worker.check().picture("trigger")
    assert "The home municipality's share" in worker.page.inner_text("main")
    worker.click("Snooze until a day")
    worker.page.get_by_label("Why later?").fill("Begins a course.")
    worker.press("Snooze with this reason")
    worker.go("/triggers/?status=snoozed")
    assert "Begins a course." in worker.page.inner_text("main")


def worker_narrows_and_keeps_the_filter(worker: Visitor) -> None:
    worker.go("/triggers/")
    worker.page.get_by_text("Filter by reason, age, language").click()
    worker.page.locator("[name=rule]").select_option(label="Service after service")
    worker.press("Show")
    worker.page.get_by_text("Save these filters").click()
    worker.page.get_by_label("Name of these filters").fill("Services")
    worker.press("Save")
    worker.go("/triggers/?within=90")
    assert "Days until" in worker.page.inner_text("main")
    follow(worker.page.locator("nav a", has_text="Services").first)
    assert "rule=service_again" in worker.page.url
