"""What axe cannot see: text twice as large, forced colours, dark, targets, keyboard, a slow net.

The client's pages, and the commonest of a worker's, against the system that all journeys share.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import DESKTOP, PHONE, Enter, Visitor
from tests.journeys.looking import IN_FOCUS, UNDER_24

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]

CLIENTS = (
    "/my/", "/my/plan/", "/my/people/", "/my/how-it-goes/", "/my/information/", "/my/registers/",
    "/my/who-sees/", "/my/who-sees/several/", "/my/who-sees/as/kela/", "/my/who-sees/history/",
    "/my/who-sees/outside/new/", "/my/who-sees/4/kela/", "/my/access-log/", "/my/goals/new/",
    "/my/everything/", "/contact/", "/about/", "/accessibility/",
)  # fmt: skip
WORKERS = ("/day/", "/triggers/", "/cases/", "CASE", "CASE/messages/", "CASE/meetings/",
           "CASE/mapping/", "CASE/follow-up/", "CASE/team/", "CASE/who-sees/",
           "CASE/options/", "CASE/remarks/", "CASE/why/", "CASE/income/", "CASE/versions/",
           "CASE/history/")  # fmt: skip

TOO_SMALL = """() => {
  const letters = /\\p{L}/u, found = [];
  for (const e of document.querySelectorAll('a[href], button, summary, select, input')) {
    if (e.type === 'hidden' || !e.checkVisibility()) continue;
    if (e.closest('.visually-hidden, .skip')) continue;
    const label = e.matches('[type=checkbox], [type=radio]') && e.labels[0];
    const { width, height } = (label || e).getBoundingClientRect();
    if (!width || height > 43.5) continue;
    // Within running text a target is as high as its line (WCAG 2.5.8).
    const around = [...e.parentElement.childNodes].filter((node) => node !== e);
    const in_text = getComputedStyle(e).display === 'inline' && around.some(
      (node) => letters.test(node.textContent) && !node.matches?.('a, button, form, details, ul'));
    if (!in_text) found.push(`${Math.round(height)} px: ${e.textContent.trim() || e.name}`);
  }
  return found;
}"""


def opened(visitor: Visitor, paths: tuple[str, ...]) -> Iterator[str]:
    """Each page in turn; ``CASE`` is the first of the reader's own."""
    case = ""
    if any(path.startswith("CASE") for path in paths):
        visitor.page.goto(f"{visitor.url}/cases/")
        first = visitor.page.locator("main table tbody a").first
        case = (first.get_attribute("href") or "").rstrip("/")
    for path in paths:
        at = path.replace("CASE/", f"{case}/").replace("CASE", f"{case}/")
        visitor.page.goto(visitor.url + at)
        yield at


def in_language(visitor: Visitor, language: str) -> Visitor:
    visitor.page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": visitor.url}]
    )
    return visitor


@pytest.mark.parametrize(("who", "paths"), [("client", CLIENTS), ("employment", WORKERS)])
def test_text_twice_as_large_stays_on_the_screen(
    enter: Enter, who: str, paths: tuple[str, ...]
) -> None:
    """WCAG 1.4.4 and 1.4.10, in the language with the longest words."""
    visitor = in_language(enter(who, PHONE), "fi")
    for _path in opened(visitor, paths):
        for width in (320, 390):
            visitor.page.set_viewport_size({"width": width, "height": 740})
            visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
            visitor.fits()
    assert visitor.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_clients_finger_finds_what_it_taps(enter: Enter, language: str) -> None:
    visitor = in_language(enter("client", PHONE), language)
    small = {path: visitor.page.evaluate(TOO_SMALL) for path in opened(visitor, CLIENTS)}
    found = [f"{path}: {what}" for path, each in small.items() for what in each]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
def test_a_workers_mouse_finds_what_it_clicks(enter: Enter, screen: dict[str, int]) -> None:
    visitor = in_language(enter("employment", screen), "fi")
    small = {path: visitor.page.evaluate(UNDER_24) for path in opened(visitor, WORKERS)}
    assert {path: found for path, found in small.items() if found} == {}
    visitor.page.set_content("<p><a href='/'>1</a><a href='/2/'>2</a></p>")
    assert visitor.page.evaluate(UNDER_24) == ["A 1", "A 2"], "it notices what it is for"


@pytest.mark.parametrize(("who", "paths"), [("client", CLIENTS), ("employment", WORKERS)])
def test_dark_pages_can_be_read(enter: Enter, who: str, paths: tuple[str, ...]) -> None:
    """axe counts the contrast again; the ground is dark."""
    visitor = enter(who, PHONE, color_scheme="dark")
    for _path in opened(visitor, paths):
        visitor.check()
    ground = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(20, 23, 27)"


def looks(part: Locator) -> bytes:
    return part.screenshot(animations="disabled")


def test_in_forced_colours_what_is_ticked_looks_ticked(enter: Enter) -> None:
    page = enter("client", PHONE, forced_colors="active").page
    page.goto(page.url.partition("/my")[0].rstrip("/") + "/my/who-sees/several/")
    for kind in ("radio", "checkbox"):
        box = page.locator(f"main input[type={kind}]").first
        empty = looks(box)
        assert box.evaluate("e => getComputedStyle(e).opacity") == "1"
        box.check(force=True)  # its word is what a finger finds
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        assert looks(box) != empty, f"a ticked {kind} looks as it did"


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize(
    ("who", "path"), [("client", "/my/"), ("client", "/my/who-sees/several/"), ("social", "/day/")]
)
def test_the_keyboard_goes_through_a_page_in_its_order_and_is_seen(
    enter: Enter, who: str, path: str, forced: str
) -> None:
    """From the skip link to the end, and each stop has its ring."""
    visitor = enter(who, PHONE, forced_colors=forced)
    page = visitor.page
    page.goto(visitor.url + path)
    stops: list[dict[str, Any]] = []
    for _stop in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(IN_FOCUS)
        if stop["end"]:
            break
        stops.append(stop)
    unmarked = [stop["name"] for stop in stops if not stop["marked"]]
    assert unmarked == [], unmarked
    assert [stop["name"] for stop in stops if stop["back"]] == []
    assert len(stops) > 8


def test_whoever_wants_no_motion_sees_none(enter: Enter) -> None:
    visitor = enter("client", PHONE, reduced_motion="reduce")
    for path in ("/my/", "/my/goals/new/"):
        visitor.page.goto(visitor.url + path)
        moving = visitor.page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((e) => {
              const style = getComputedStyle(e);
              return [style.transitionDuration, style.animationDuration].join().split(',')
                .some((time) => parseFloat(time) > 0.001);
            }).length"""
        )
        assert moving == 0


def heard(page: Page) -> str:
    """The accessibility tree of the whole page, as a screen reader has it."""
    return page.locator("body").aria_snapshot()


def test_what_a_screen_reader_says_of_a_form_that_comes_back(enter: Enter) -> None:
    """The title says "Error", the focus is on the summary, the field is told as wrong, and why."""
    visitor = enter("client", PHONE)
    page = visitor.page
    page.goto(f"{visitor.url}/my/goals/new/")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    field = page.locator("main textarea")
    assert field.get_attribute("aria-invalid") == "true"
    described = (field.get_attribute("aria-describedby") or "").split()
    said = [page.locator(f"#{name}").inner_text() for name in described]
    assert any("Write an answer" in text for text in said), said


def test_what_was_saved_is_said_in_a_live_region(enter: Enter) -> None:
    visitor = enter("client", PHONE)
    visitor.page.goto(f"{visitor.url}/accessibility/")
    visitor.page.locator("main textarea").fill("The menu is silent.")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button[type=submit]").last.click()
    live = visitor.page.locator("#messages[aria-live=polite]")
    assert "Thank you." in live.inner_text()


@pytest.mark.parametrize(
    ("who", "path", "begins"),
    [
        ("client", "/my/", "[level=1]"),
        ("client", "/my/who-sees/", 'heading "Who sees what" [level=1]'),
        ("client", "/my/access-log/", 'heading "Who has looked at my information" [level=1]'),
        ("client", "/accessibility/", 'heading "Accessibility statement" [level=1]'),
        ("employment", "/day/", 'heading "My day" [level=1]'),
    ],
)
def test_a_screen_reader_finds_its_way_on_the_main_pages(
    enter: Enter, who: str, path: str, begins: str
) -> None:
    """Header, main part and foot by name; the heading first; nothing to press without a name."""
    visitor = enter(who, PHONE)
    visitor.page.goto(visitor.url + path)
    tree = heard(visitor.page)
    for landmark in ("banner", "main", "contentinfo"):
        assert f"- {landmark}:" in tree
    assert begins in tree.partition("- main")[2]
    nameless = [
        line.strip() for line in tree.splitlines()
        if line.strip().rstrip(":") in ("- link", "- button", "- textbox", "- checkbox", "- radio")
    ]  # fmt: skip
    assert nameless == []


def test_a_clients_first_page_is_usable_within_two_seconds_on_3g(enter: Enter) -> None:
    """With nothing kept, by what browsers call a fast 3G net: 0.56 s there and back, 1.4 Mb/s."""
    visitor = enter("client", PHONE)
    net = visitor.page.context.new_cdp_session(visitor.page)
    net.send("Network.enable")
    net.send("Network.clearBrowserCache")
    net.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 562, "downloadThroughput": 1_440_000 / 8,
         "uploadThroughput": 675_000 / 8},
    )  # fmt: skip
    took = []
    for _try in range(3):  # the machine of a test has other work: the best of three is the page's
        net.send("Network.clearBrowserCache")
        visitor.page.goto(f"{visitor.url}/my/", wait_until="load")
        took.append(
            visitor.page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
        )
    assert min(took) < 2000, took


def test_a_clients_first_page_asks_four_times_and_what_stays_the_same_is_kept(
    enter: Enter,
) -> None:
    """Over the wire: under 30 KB with nothing kept, under 8 KB from then on."""
    visitor = enter("client", PHONE)
    net = visitor.page.context.new_cdp_session(visitor.page)
    net.send("Network.enable")
    net.send("Network.clearBrowserCache")
    asked: dict[str, dict[str, Any]] = {}
    sizes: dict[str, float] = {}

    def answered(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["response"]

    def ended(event: dict[str, Any]) -> None:
        response = asked.get(event["requestId"])
        if response is not None:  # else it was asked for by the page before
            size = event["encodedDataLength"]
            sizes[response["url"]] = max(sizes.get(response["url"], 0), size)

    net.on("Network.responseReceived", answered)
    net.on("Network.loadingFinished", ended)
    visitor.page.goto(f"{visitor.url}/my/", wait_until="networkidle")
    assert len(sizes) <= 4, sorted(sizes)
    assert sum(sizes.values()) < 30 * 1024, sizes
    for response in asked.values():
        headers = {name.lower(): value for name, value in response["headers"].items()}
        is_static = "/static/" in response["url"]
        assert ("immutable" in headers.get("cache-control", "")) == is_static, response["url"]
        assert "max-age=31" in headers["cache-control"] or not is_static
        packed = headers.get("content-encoding") in ("gzip", "br")
        assert packed or response["url"].endswith(".svg"), response["url"]
    sizes.clear()
    visitor.page.goto(f"{visitor.url}/my/", wait_until="networkidle")
    assert sum(sizes.values()) < 8 * 1024, sizes
