"""Every page of every kind of user, in each language and on a phone, without barriers."""

from __future__ import annotations

import pytest

from pages.addresses import RuleNumber
from tests.journeys.conftest import DESKTOP, PHONE, Enter, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
PAGES = {
    "employment": [
        "/day/", "/triggers/", "/triggers/?status=closed", "TRIGGER", "TRIGGER/by-hand/",
        "TRIGGER/snooze/", "/cases/", "CASE", "CASE/who-sees/", "CASE/history/",
        "CASE/see-as/kela/", "CASE/ask-consent/", "CASE/write-down/", "CASE/invite/",
        "CASE/follow-up/", "CASE/follow-up/clock/", "CASE/meetings/", "/templates/", "/contact/",
        "/cases/find/", "/cases/find/ask/", "/cases/find/emergency/",
    ],
    "kela": ["/day/", "/triggers/?within=90", "TRIGGER", "SIGNAL", "/cases/", "CASE"],
    "director": ["/dashboard/", "/register/", "/register/new/", "/way-of-working/",
                 "/operations/", "/reminder-rules/", "/reminder-rules/no_contact/"],
    "client": ["/my/", "/my/registers/", "/my/who-sees/", "/my/access-log/", "/my/goals/new/",
               "/my/who-sees/as/kela/", "/my/who-sees/several/", "/my/who-sees/history/",
               "/my/who-sees/outside/new/", "/my/everything/"],
    "association": ["/shared/", "SHARED"],
    "officer": ["/questions/", "/grounds/", "/grounds/new/", "/policy/", "/policy/new/",
                "/about/processing/", "/about/processing/kela/", "/register/confirm/", "/records/"],
    "client2": ["/my/", "/my/who-sees/4/kela/", "/about/", "/nothing-here/"],
}  # fmt: skip
# What stands in the first row of a list, and the pages below it. The page of an import is looked at
# where one is made (test_registers).
LISTS = {
    "CASE": "/cases/",
    "TRIGGER": "/triggers/?status=new",
    "SIGNAL": "/triggers/?rule=service_again",
    "SHARED": "/shared/",
}


def open_page(visitor: Visitor, path: str) -> None:
    """Go there, by the first row of its list where the path begins with the name of one."""
    name = path.partition("/")[0]
    visitor.go(LISTS.get(name, path))
    if not name:
        return
    row = visitor.page.locator("main table tbody a, main h2 a").first
    if "opener" in (row.get_attribute("class") or ""):
        follow(row)
        rule = LISTS[name].partition("rule=")[2]
        # In CSS no address holds an empty text: "/" is in each.
        part = f"/{RuleNumber().to_url(rule)}/" if rule else "/"
        row = visitor.page.locator(f"#opened .said a[href*='{part}']").first
    address = (row.get_attribute("href") or "").partition("?")[0]
    visitor.go(address + path.removeprefix(name).removeprefix("/"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_page_has_a_barrier(enter: Enter, language: str) -> None:
    """On a phone, and then, as it stands, on a wide screen.

    What a wide screen shows or hides beyond a phone is the same in each language: there axe looks
    in one of them, and in the others whether every word has its room.
    """
    for username, paths in PAGES.items():
        visitor = enter(username, PHONE)
        visitor.page.context.add_cookies(
            [{"name": "django_language", "value": language, "url": visitor.url}]
        )
        for path in paths:
            open_page(visitor, path)
            visitor.page.set_viewport_size(DESKTOP)
            visitor.check() if language == "en" else visitor.fits()
            visitor.page.set_viewport_size(PHONE)
        assert visitor.page.evaluate("document.documentElement.lang") == language
