"""The client decides, knowing: asked, previewed, shared, looked at, taken back."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import PHONE, Enter, System, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
GOAL = "Debts are in order by summer"
NAME = "Aalto"


def test_the_client_decides_knowing_and_reads_who_looked(system: System, enter: Enter) -> None:
    client, social, kela = enter("client2", PHONE), enter("social"), enter("kela")
    case = case_of(social, client)
    social_writes_what_kela_may_not_see(social, case)
    kela_asks(kela, case)
    client_reads_the_request_and_agrees(client)
    assert GOAL in kela.go(case).page.inner_text("main")
    client_takes_it_back(client)
    assert GOAL not in kela.go(case).page.inner_text("main")
    client_asks_about_a_look(client)
    officer_answers(enter("officer"))
    assert "They prepared the meeting." in client.go("/my/access-log/").page.inner_text("main")
    address = client_invites(client)
    stranger_takes_it_up(enter, address, client)
    worker_opens_in_an_emergency(enter("outsider"), client)
    assert "was opened in an emergency" not in client.go("/my/").page.inner_text("main")
    worker_opens_in_an_emergency(enter("employment"), client)
    assert "opened in an emergency" in client.go("/my/").page.inner_text("main")
    assert "in an emergency" in enter("colleague").go("/day/").page.inner_text("main")
    assert "in an emergency" in enter("director").go("/dashboard/").page.inner_text("main")
    client_takes_everything_along(client)


def case_of(worker: Visitor, client: Visitor) -> str:
    """The address of the second client's case, by identity code as at a service counter."""
    worker.go("/cases/find/")
    worker.page.get_by_label("Personal identity code").fill(code_of(client))
    send(worker)
    assert "/cases/" in worker.page.url
    assert code_of(client) not in worker.page.url
    return worker.page.url.removeprefix(worker.url)


def send(visitor: Visitor) -> None:
    """The main button of the form on the page."""
    follow(visitor.page.locator("main form button[type=submit]").first)
    visitor.check()


def code_of(client: Visitor) -> str:
    client.page.goto(f"{client.url}/my/everything/")
    for summary in client.page.locator("main summary").all():
        summary.click()
    found = re.search(r"\d{6}[-A-FU-Y]\d{3}\w", client.page.inner_text("main"))
    assert found
    return found[0]


def social_writes_what_kela_may_not_see(social: Visitor, case: str) -> None:
    social.go(f"{case}goals/new/")
    social.page.locator("#id_text").fill(GOAL)
    social.page.get_by_label("What it concerns").select_option("social_situation")
    send(social)
    assert GOAL in social.page.inner_text("main")
    social.click("Sharing", exact=True).picture("case_who_sees")


def kela_asks(kela: Visitor, case: str) -> None:
    assert GOAL not in kela.go(case).page.inner_text("main")
    kela.go(f"{case}ask-consent/")
    send(kela)
    assert kela.page.locator("[aria-invalid=true]").count() >= 1
    kela.page.get_by_role("checkbox", name="Social situation").check()
    kela.page.get_by_label("What do you need it for?").fill("To fit rehabilitation to daily life.")
    send(kela)


def client_reads_the_request_and_agrees(client: Visitor) -> None:
    client.go("/my/")
    client.click("Kela asks to see some of your information").picture("consent_request")
    text = client.page.inner_text("main")
    assert GOAL in text
    assert "You get the same services whatever you answer" in text
    client.press("I agree to what I have chosen")  # nothing is ticked beforehand
    assert client.page.locator("[aria-invalid=true]").count() >= 1
    client.page.get_by_role("checkbox", name="Social situation").check()
    client.press("I agree to what I have chosen")
    client.go("/my/who-sees/as/kela/").picture("see_as")
    assert GOAL in client.page.inner_text("#as-seen")


def client_takes_it_back(client: Visitor) -> None:
    client.go("/my/who-sees/").picture("who_sees")
    client.go("/my/who-sees/4/kela/")
    assert GOAL in client.page.inner_text("main")
    client.press("Take my consent back")
    assert GOAL not in client.go("/my/who-sees/as/kela/").page.inner_text("#as-seen")


def client_asks_about_a_look(client: Visitor) -> None:
    client.go("/my/access-log/").picture("access_log")
    client.click("Ask about this")
    client.page.get_by_label("What do you want to know?").fill("Why did you open it?")
    send(client)


def officer_answers(officer: Visitor) -> None:
    officer.go("/questions/").picture("questions")
    follow(officer.page.locator("main table tbody a").first)
    officer.check()
    officer.page.get_by_label("Answer").fill("They prepared the meeting.")
    send(officer)
    officer.go("/grounds/").picture("grounds")


def client_invites(client: Visitor) -> str:
    client.go("/my/who-sees/outside/new/")
    client.page.get_by_label("Who is it?").select_option("trusted")
    client.page.get_by_label("Name", exact=True).fill("Veikko Vieras")
    client.page.get_by_role("checkbox", name="Plan and its follow-up").check()
    client.page.get_by_label("What is it for?").fill("He helps me.")
    client.page.get_by_label("Last day").fill("2027-01-31")
    send(client)
    address = client.page.locator("main code").inner_text()
    assert "/invitation/" in address
    return address


def stranger_takes_it_up(enter: Enter, address: str, client: Visitor) -> None:
    context = client.page.context.browser.new_context()  # type: ignore[union-attr]
    context.add_cookies([{"name": "django_language", "value": "en", "url": client.url}])
    stranger = Visitor(context.new_page(), client.url)
    stranger.page.goto(address)
    stranger.check()
    assert NAME not in stranger.page.inner_text("body")
    stranger.page.get_by_label("First name").fill("Veikko")
    stranger.page.get_by_label("Last name").fill("Vieras")
    stranger.page.get_by_label("User name").fill("veikko")
    stranger.page.get_by_label("Password").fill("kolme punaista omenaa")
    send(stranger)
    stranger.page.fill("[name=username]", "veikko") if "/login/" in stranger.page.url else None
    if "/login/" in stranger.page.url:
        stranger.page.fill("[name=password]", "kolme punaista omenaa")
        follow(stranger.page.locator("main button[type=submit]"))
    stranger.go("/shared/")
    follow(stranger.page.locator("main a[href^='/shared/']").first)
    stranger.check()
    text = stranger.page.inner_text("main")
    assert GOAL not in text
    assert NAME not in text
    context.close()


def worker_opens_in_an_emergency(worker: Visitor, client: Visitor) -> None:
    worker.go("/cases/find/emergency/")
    worker.page.get_by_label("Personal identity code").fill(code_of(client))
    worker.page.get_by_text("left without food").click()
    worker.page.get_by_label("What has happened?").fill("The client has no food for the weekend.")
    send(worker)


def client_takes_everything_along(client: Visitor) -> None:
    client.go("/my/everything/")
    with client.page.expect_download() as download:
        client.page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "my-information.pdf"
