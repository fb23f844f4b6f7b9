"""Kela begins by need without a trigger, and it ends in a case with the first mapping."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import PHONE, Enter, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
CODE = "010190-900P"


def test_kela_begins_by_need_and_each_body_names_its_person(enter: Enter) -> None:
    kela = enter("kela")
    path = begins(kela)
    for username, last_name in (("social", "Sanna Social"), ("employment", "Eeva Employment")):
        worker = enter(username)
        names_who_takes_part(worker, last_name)
        assert "Uusi" in worker.page.inner_text("main")  # who is on the team sees the case
    kela.go(path + "mapping/").click("Write your view: Work ability")
    kela.page.get_by_label("How do you see it?").fill("Works half days without pain.")
    kela.press("Save")
    assert "Works half days without pain." in kela.page.inner_text("main")
    social = enter("social", PHONE).go(path)
    text = social.page.inner_text("main")
    assert "Limits of the ability to work and function" in text
    assert "I want to try again." in text
    assert "First contact" in text


def begins(kela: Visitor) -> str:
    """Of somebody no register knows; returns the path of the case."""
    kela.go("/day/").click("Assess a need without a trigger")
    page = kela.page
    page.get_by_label("Personal identity code").fill(CODE)
    page.get_by_label("Last name").fill("Uusi")
    page.get_by_label("First names").fill("Ulla Irmeli")
    page.get_by_label("Home municipality").select_option("734")
    page.get_by_role("combobox", name="Language").select_option("fi")
    page.get_by_text("They asked for help themselves").click()
    page.get_by_role("checkbox", name="Limits of the ability").check()
    kela.press("Begin the assessment")  # the reason is missing: nothing typed is lost
    assert page.get_by_label("Last name").input_value() == "Uusi"
    page.get_by_label("Why is consultation").fill("Rehabilitation and debts need one plan.")
    page.get_by_label("How does the client see it?").fill("I want to try again.")
    kela.press("Begin the assessment")
    assert "The joint assessment has begun" in page.inner_text("body")
    return page.url.removeprefix(kela.url)


def names_who_takes_part(worker: Visitor, name: str) -> None:
    """From the row of the first page that asks who of the office takes part."""
    row = worker.go("/day/").page.locator("main li.task", has_text="A joint assessment has begun")
    follow(row.get_by_role("link", name="say who of your office takes part"))
    worker.page.get_by_label("Who works with the client?").select_option(label=name)
    worker.press("Save")
    assert worker.page.locator("[aria-invalid=true]").count() == 0
