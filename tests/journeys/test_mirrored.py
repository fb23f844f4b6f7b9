"""Written from right to left, every page is mirrored and has its room on a phone.

No text of the interface is written so yet. What would break when one is (a left or a right of the
layout, what is too wide, a word that runs out of the screen) is seen here first.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import System, Visitor, running
from tests.journeys.test_sweep import PAGES, open_page

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
SMALL = {"width": 390, "height": 844}
# What reaches past either edge; what scrolls within its own box may, and what only is heard.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter(one => {
  const at = one.getBoundingClientRect();
  if (at.width <= 1 || at.height <= 1) return false;
  if (at.left >= -1 && at.right <= innerWidth + 1) return false;
  if (!one.checkVisibility({checkVisibilityCSS: true})) return false;
  for (let box = one; box; box = box.parentElement) {
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(box).overflowX)) return false;
    if (box.matches(".skip, svg, .visually-hidden")) return false;
  }
  return true;
}).map(one => one.outerHTML.slice(0, 120))"""
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


@pytest.fixture(scope="module")
def mirrored(running_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    told = {"MIRRORED_LANGUAGE": "1"}
    with running(tmp_path_factory, "mirrored", queue=5, told=told) as system:
        yield system


@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_mirrored_and_has_its_room(
    mirrored: System, browser: Browser, username: str
) -> None:
    context = browser.new_context(viewport=SMALL)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{mirrored.url}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", "demo")
    with page.expect_navigation():
        page.click("main button[type=submit]")
    context.add_cookies([{"name": "django_language", "value": "ar-xb", "url": mirrored.url}])
    visitor = Visitor(page, mirrored.url)
    for path in PAGES[username]:
        open_page(visitor, path)
        assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar-xb"]
        assert page.evaluate(OUTSIDE) == [], path
        assert page.evaluate(BEGINS) < 40, path
        brand = page.locator(".brand, .one-row a").first.bounding_box()
        assert brand is not None
        assert brand["x"] + brand["width"] > SMALL["width"] / 2, path
    context.close()
