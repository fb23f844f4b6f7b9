"""Somebody comes in by an identity provider in a browser, and goes out of both again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import PHONE, System, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


@pytest.mark.parametrize(
    ("provider", "name", "lands"),
    [("Identification of the trial", "client", "/my/"),
     ("Your organisation", "employment", "/day/")],
)  # fmt: skip
def test_by_a_provider_and_out_again(
    system: System, browser: Browser, provider: str, name: str, lands: str
) -> None:
    context = browser.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    visitor = Visitor(context.new_page(), system.url)
    follow(visitor.go("/login/").page.get_by_role("link", name=provider))
    visitor.page.get_by_label("User name").fill(name)
    visitor.page.get_by_label("Password").fill("demo")
    follow(visitor.page.get_by_role("button", name="Log in"))
    visitor.page.wait_for_url(f"{system.url}{lands}")
    visitor.check().go("/logout/")
    follow(visitor.page.locator("main button[type=submit]"))
    follow(visitor.check().page.locator("main a.hds-button--primary"))
    follow(visitor.page.get_by_role("button").first)
    visitor.page.wait_for_url(f"{system.url}/login/")
    # Out of both: the provider asks for the password again.
    follow(visitor.go("/login/").page.get_by_role("link", name=provider))
    assert visitor.page.get_by_label("Password").count() == 1
    context.close()
