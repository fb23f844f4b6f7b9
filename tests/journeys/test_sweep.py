"""Every page of every kind of user, in each language and on a phone, without barriers."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import DESKTOP, PHONE, Enter

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
PAGES = {
    "employment": ["/day/", "/triggers/", "/triggers/?on=2014-01-01", "/cases/?q=zzz", "CASE"],
    "kela": ["/day/", "/triggers/", "/cases/", "CASE"],
    "director": ["/dashboard/"],
    "client": ["/my/", "/my/who-sees/", "/my/access-log/", "/my/goals/new/"],
    "client2": ["/my/", "/my/who-sees/social_situation/kela/", "/about/", "/nothing-here/"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_has_a_barrier(enter: Enter, language: str, viewport: dict[str, int]) -> None:
    for username, paths in PAGES.items():
        visitor = enter(username, viewport)
        visitor.page.context.add_cookies(
            [{"name": "django_language", "value": language, "url": visitor.url}]
        )
        for path in paths:
            if path != "CASE":
                visitor.go(path)
                continue
            visitor.go("/cases/")
            visitor.page.locator("main table tbody a").first.click()
            visitor.check()
        assert visitor.page.evaluate("document.documentElement.lang") == language
