"""One plan kept together: disagreed with, settled, asked about, talked over, handed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE, Enter, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


def test_three_bodies_and_a_client_keep_one_plan(enter: Enter) -> None:
    employment, social, kela = enter("employment"), enter("social"), enter("kela")
    client, colleague = enter("client", PHONE), enter("colleague")
    case = find_the_case(employment)
    disagree_and_settle(employment, client, social, case)
    ask_and_take_on(social, kela, case)
    talk(client, kela)
    rate(client, employment, case)
    write_with_the_client_beside(social, case)
    hand_over(employment, colleague, client, case)


def shot(who: Visitor, name: str) -> None:
    """Looked at while building: only where somebody asks for pictures of every step."""
    if os.environ.get("SHOTS"):
        who.page.screenshot(path=str(Path(os.environ["SHOTS"]) / f"{name}.png"), full_page=True)


def text_of(who: Visitor) -> str:
    return who.page.inner_text("main")


def find_the_case(worker: Visitor) -> str:
    worker.go("/cases/")
    worker.page.get_by_label("Find a client").fill("Aaltto, Aino")
    worker.press("Search")  # one hit opens the case
    assert "Aalto" not in worker.page.url
    assert "Aino Aalto" in worker.page.inner_text("main h1")
    return worker.page.url.removeprefix(worker.url)


def disagree_and_settle(employment: Visitor, client: Visitor, social: Visitor, case: str) -> None:
    employment.click("Propose the plan").press("Propose version")
    client.go("/my/").click("Read and answer")
    shot(client, "version_phone")
    client.click("I disagree")
    client.page.get_by_label("What do you disagree with?").fill("Three days a week is too much.")
    client.press("Send")
    assert "Three days a week is too much." in text_of(client)
    shot(client, "my_disagreed_phone")
    social.go(case)
    assert "Three days a week is too much." in text_of(social)
    shot(social, "case_disagreed")
    social.click("Read the proposal").click("Settle the disagreement")
    social.page.get_by_label("What did you agree on?").fill("Two days to begin with.")
    social.press("Save")
    assert "Three days a week is too much." not in text_of(social)
    social.go(f"{case}versions/")
    assert "Two days to begin with." in text_of(social)
    shot(social, "versions")


def ask_and_take_on(social: Visitor, kela: Visitor, case: str) -> None:
    social.go(case).click("Ask another body")
    social.page.get_by_label("Whom do you ask?").select_option("kela")
    social.page.get_by_label("What do you ask for?").fill("Is rehabilitation possible?")
    social.page.get_by_label("Answer by").fill("2030-01-31")
    social.press("Ask")
    kela.go("/day/?which=answer")  # the first page has ten things of all that other journeys began
    assert "Is rehabilitation possible?" in text_of(kela)
    shot(kela, "day")
    kela.go("/commitments/").click("Accept")
    kela.page.get_by_label("By when do you do it?").fill("2030-02-28")
    kela.press("Save")
    assert "Is rehabilitation possible?" in text_of(kela)
    kela.go("/commitments/")
    assert "Is rehabilitation possible?" in text_of(kela)
    shot(kela, "board")


def talk(client: Visitor, kela: Visitor) -> None:
    client.go("/my/").click("Messages").click("Write about a new topic")
    client.page.get_by_label("What is it about?").fill("The visit on Monday")
    client.page.get_by_label("Message").fill("I can't come before ten.")
    client.press("Send")
    kela.go("/day/?which=clients").click("The visit on Monday")
    assert "I can't come before ten." in text_of(kela)
    kela.page.get_by_label("Your message").fill("Ten is fine.")
    kela.press("Send")
    shot(kela, "thread")
    client.go("/my/").click("Your team waits for your answer")
    assert "Ten is fine." in text_of(client) and "Read by Kaarina Kela" in text_of(client)
    shot(client, "thread_phone")


def rate(client: Visitor, employment: Visitor, case: str) -> None:
    client.go("/my/how-it-goes/").click("Rate yourself")
    client.page.get_by_label("Work ability").fill("4")
    client.press("Save my rating")
    assert client.page.locator("figure.score-chart").count() == 1
    shot(client, "assessments_phone")
    employment.go(f"{case}assessments/")
    assert "No rating yet." in text_of(employment)  # not opened to this body
    client.go("/my/plan/").click("How near is it?")
    client.page.get_by_text("A little", exact=True).click()
    client.press("Save")
    assert "Client: A little" in text_of(client)
    employment.go(case)
    assert "Client: a little" in text_of(employment)


def write_with_the_client_beside(social: Visitor, case: str) -> None:
    social.go(case).press("The client sits beside me")
    social.click("Add a goal in the client's words")
    social.page.locator("#id_text").fill("A flat with a lift.")
    social.press("Save")
    assert "A flat with a lift." in text_of(social)
    shot(social, "case_beside")
    social.press("The client has left")
    assert "Add a goal in the client's words" not in text_of(social)


def hand_over(employment: Visitor, colleague: Visitor, client: Visitor, case: str) -> None:
    employment.go(f"{case}team/").click("Hand the case over")
    shot(employment, "hand_over")
    choice = employment.page.locator("#id_receiver_id option", has_text="Colleague")
    employment.page.get_by_label("Who takes the case?").select_option(choice.get_attribute("value"))
    employment.page.get_by_label("Why does the case manager change?").fill("I move to Turku.")
    employment.press("Ask them to take the case")
    shot(employment, "team")
    assert "A handover waits for an answer" in text_of(employment)
    colleague.go("/day/?which=answer")
    colleague.click("asks you to take a case")
    shot(colleague, "handover")
    colleague.press("Take the case")
    assert "Open actions" in text_of(colleague)
    shot(colleague, "pack")
    client.go("/my/people/")
    assert "is your case manager" in text_of(client) and "I move to Turku." in text_of(client)
    shot(client, "my_phone")
