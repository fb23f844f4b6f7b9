"""Ways in, in a real browser: from the letter to an own goal by a passkey; asked in mid-form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import PHONE, Enter, System, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


def with_a_fingerprint(page: Page) -> None:
    """The browser's own virtual authenticator: it signs as a phone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


def test_asked_to_log_in_anew_in_the_middle_of_a_long_form_loses_nothing(
    enter: Enter, system: System
) -> None:
    visitor = enter("client", PHONE)
    page = visitor.go("/my/who-sees/outside/new/").page
    page.get_by_label("Who is it?").select_option(label="Workplace")
    page.fill("[name=name]", "Veikko Verstas")
    page.fill("[name=purpose]", "The work trial in spring")
    page.locator("[name=categories]").first.check(force=True)
    page.fill("[name=valid_to]", "2027-03-31")
    system.stand_ahead(1)
    try:
        follow(page.locator("main form button[type=submit]").last)
        expect(page.get_by_text("What you wrote is not lost")).to_be_visible()
        visitor.check()
        page.fill("[name=password]", "demo")
        follow(page.get_by_role("button", name="Go on"))
        page.wait_for_url(re.compile("/outside/new/"))
        expect(page.locator("[name=name]")).to_have_value("Veikko Verstas")
        expect(page.locator("[name=purpose]")).to_have_value("The work trial in spring")
        expect(page.locator("[name=valid_to]")).to_have_value("2027-03-31")
        assert page.locator("[name=categories]:checked").count() == 1
    finally:
        system.stand_ahead(0)


def test_at_the_provider_and_back_with_the_phones_back_button_the_way_still_works(
    browser: Browser, system: System
) -> None:
    """The long form, the real provider: away, back by the browser, away again, and nothing lost."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    context.set_default_timeout(15_000)
    page = context.new_page()
    way = "Identification of the trial"

    def proves_it() -> None:
        if page.get_by_label("User name").count():
            page.get_by_label("User name").fill("client")
        page.get_by_label("Password").fill("demo")
        follow(page.get_by_role("button", name="Log in"))

    page.goto(f"{system.url}/login/")
    follow(page.get_by_role("link", name=way))
    proves_it()
    page.wait_for_url(f"{system.url}/my/**")
    context.add_cookies([{"name": "django_language", "value": "en", "url": system.url}])
    page.goto(f"{system.url}/my/who-sees/outside/new/")
    page.get_by_label("Who is it?").select_option(label="Workplace")
    page.fill("[name=name]", "Veikko Verstas")
    page.fill("[name=purpose]", "The work trial in spring")
    page.locator("[name=categories]").first.check(force=True)
    page.fill("[name=valid_to]", "2027-03-31")
    system.stand_ahead(1)
    try:
        follow(page.locator("main form button[type=submit]").last)
        expect(page.get_by_text("What you wrote is not lost")).to_be_visible()
        follow(page.get_by_role("link", name=way))
        page.get_by_label("Password").wait_for()
        page.go_back()
        expect(page.get_by_text("What you wrote is not lost")).to_be_visible()
        follow(page.get_by_role("link", name=way))
        page.get_by_label("Password").wait_for()
        proves_it()
        page.wait_for_url(re.compile("/outside/new/"))
        expect(page.locator("[name=name]")).to_have_value("Veikko Verstas")
        expect(page.locator("[name=purpose]")).to_have_value("The work trial in spring")
        expect(page.locator("[name=valid_to]")).to_have_value("2027-03-31")
        assert page.locator("[name=categories]:checked").count() == 1
    finally:
        system.stand_ahead(0)
        context.close()


def test_a_client_without_bank_credentials_from_the_letter_to_an_own_goal(
    enter: Enter, system: System, browser: Browser, tmp_path: Path
) -> None:
    """Last of all: the code ends the password that the client had."""
    worker = enter("social").page
    worker.goto(f"{system.url}/cases/")
    worker.locator("main table tbody a, main li a").first.click()
    follow(worker.get_by_role("link", name="Team", exact=True))
    follow(worker.get_by_role("link", name="How the client logs in"))
    follow(worker.get_by_role("link", name="Print a code"))
    worker.locator("label[for=id_seen_document_0]").click()
    worker.get_by_label("Which country").fill("ua")
    with worker.expect_download() as letter:
        worker.get_by_role("button", name="Make the letter").click()
    letter.value.save_as(tmp_path / "letter.pdf")
    said = "".join(page.extract_text() for page in PdfReader(tmp_path / "letter.pdf").pages)
    code = CODE.search(said)
    assert code is not None
    # A passkey is of a name, never of a number: as where people are served.
    url = system.url.replace("127.0.0.1", "localhost")
    phone = browser.new_context(viewport=PHONE, locale="en", base_url=url)
    page = phone.new_page()
    with_a_fingerprint(page)
    page.goto("/login/")
    follow(page.get_by_role("link", name="I have a code from my worker"))
    page.get_by_label("The code on your paper").fill(code[0].lower())
    follow(page.get_by_role("button", name="Go on"))
    follow(page.get_by_role("button", name="Make a passkey"))
    page.wait_for_url(re.compile("/my/"))
    page.goto("/logout/")
    follow(page.locator("main button[type=submit]"))
    # The next day, without the paper: the fingerprint alone.
    page.goto("/login/")
    follow(page.get_by_role("link", name="Log in with a passkey"))
    follow(page.get_by_role("button", name="Use my passkey"))
    page.wait_for_url(re.compile("/my/"))
    # What the registers keep as their language has won at the log-in, as in ``enter``.
    phone.add_cookies([{"name": "django_language", "value": "en", "url": url}])
    page.goto("/my/goals/new/")
    page.fill("[name=text]", "I want to learn the language")
    follow(page.locator("main form button[type=submit]").last)
    expect(page.get_by_text("I want to learn the language").first).to_be_visible()
    page.goto("/my/everything.pdf")
    expect(page.get_by_role("heading", name="Log in once more for this")).to_be_visible()
    phone.close()
