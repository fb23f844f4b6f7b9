"""Written from right to left, every page is mirrored and has its room on a phone.

No text of the interface is written so yet. What would break when one is (a left or a right of the
layout, what is too wide, a word that runs out of the screen) is seen here first.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import System, Visitor
from tests.journeys.looking import OUTSIDE
from tests.journeys.test_sweep import PAGES, open_page

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
SMALL = {"width": 390, "height": 844}
# How far from the right edge a heading begins, at most. One that may hold somebody's own words
# goes their way, and with text that is Finnish here, that is from left to right.
BEGINS = """() => {
  const main = document.querySelector("main").getBoundingClientRect();
  const headings = [...document.querySelectorAll("main > :is(h1, h2):not([dir])")];
  return Math.max(0, ...headings.filter(one => one.checkVisibility()).map(heading => {
    const letters = document.createRange();
    letters.selectNodeContents(heading);
    return main.right - Math.max(...[...letters.getClientRects()].map(one => one.right));
  }));
}"""


@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_mirrored_and_has_its_room(
    untouched: System, browser: Browser, username: str
) -> None:
    context = browser.new_context(viewport=SMALL)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{untouched.url}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", "demo")
    with page.expect_navigation():
        page.click("main button[type=submit]")
    context.add_cookies([{"name": "django_language", "value": "ar-xb", "url": untouched.url}])
    visitor = Visitor(page, untouched.url)
    for path in PAGES[username]:
        open_page(visitor, path)
        assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar-xb"]
        assert page.evaluate(OUTSIDE) == [], path
        assert page.evaluate(BEGINS) < 40, path
        brand = page.locator(".brand, .one-row a").first.bounding_box()
        assert brand is not None
        assert brand["x"] + brand["width"] > SMALL["width"] / 2, path
    context.close()
