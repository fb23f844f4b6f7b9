"""How somebody goes through pages: by touch, by keyboard alone, with large text, mirrored.

A hand is given what to press, write in and choose; ``arrived`` looks at each page as whoever uses
it so would notice what is wrong.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.journeys.conftest import System, Visitor, follow
from tests.journeys.looking import IN_FOCUS, OUTSIDE

SMALL = {"width": 320, "height": 700}
MOST_STOPS = 120
"""From one end of a page to the other; whoever needs more has lost their way."""
# Where the focus has to go from where it is: 0 it is there, 1 on, -1 back.
WHITHER = """target => {
  const here = document.activeElement;
  if (here === target) return 0;
  return here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""


class Hand:
    """Touch, on a phone. ``language`` of the pages; ``mirrored`` is one that nobody reads."""

    options: ClassVar[dict[str, Any]] = {}
    screen: ClassVar[dict[str, int]] = {"width": 390, "height": 844}

    def __init__(self, system: System, browser: Browser, language: str) -> None:
        self.context: BrowserContext = browser.new_context(viewport=self.screen, **self.options)  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.url, self.language = system.url, language

    def log_in(self, username: str) -> None:
        """The first page, in the language: what is kept with the person wins at the log-in."""
        self.page.goto(f"{self.url}/login/")
        self.write(self.page.locator("[name=username]"), username)
        self.write(self.page.locator("[name=password]"), "demo")
        self.tap(self.page.locator("main button[type=submit]").first)
        self.context.add_cookies(
            [{"name": "django_language", "value": self.language, "url": self.url}]
        )
        self.page.goto(f"{self.url}/my/")
        self.arrived()

    def press(self, what: Locator) -> None:
        self.tap(what)
        self.arrived()

    def tap(self, what: Locator) -> None:
        """A link or a button, and the page that answers."""
        follow(what)

    def unfold(self, summary: Locator) -> None:
        summary.click()

    def write(self, where: Locator, text: str) -> None:
        where.fill(text)

    def writes_day(self, where: Locator, day: date) -> None:
        where.fill(day.isoformat())

    def choose(self, radio: Locator) -> None:
        self.word_of(radio).click()
        assert radio.is_checked()

    def word_of(self, radio: Locator) -> Locator:
        return self.page.locator(f"label[for='{radio.get_attribute('id')}']")

    def arrived(self) -> None:
        """The page is there, in its language, and nothing of it is wider than the screen."""
        lang = self.page.locator("html").get_attribute("lang")
        assert lang == self.language, self.page.url
        assert self.page.locator("h1").count() == 1, self.page.url
        Visitor(self.page, self.url).fits()

    def reads(self, *texts: str) -> None:
        """Each text of the interface stands on the page, in the language of the reader."""
        with translation.override(self.language):
            said = [translation.gettext(text) for text in texts]
        shown = " ".join(self.page.inner_text("body").split())
        assert [text for text in said if text not in shown] == [], f"{self.page.url}: {shown}"


class WithoutScript(Hand):
    options = {"java_script_enabled": False}


class LargeText(Hand):
    """Text twice as large on the narrowest screen."""

    screen = SMALL

    def arrived(self) -> None:
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        super().arrived()


class Mirrored(Hand):
    """From right to left; the texts of the interface are nobody's language."""

    def arrived(self) -> None:
        super().arrived()
        assert self.page.evaluate("document.dir") == "rtl"
        assert self.page.evaluate(OUTSIDE) == [], self.page.url

    def reads(self, *texts: str) -> None:
        """Its texts are those of English with marks around; that they are marked is looked at."""
        super().reads()


class Keyboard(Hand):
    """Tab, Shift and Tab, Enter, Space and the arrows; the focus is seen at each stop."""

    def tap(self, what: Locator) -> None:
        self._go_to(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, summary: Locator) -> None:
        self._go_to(summary)
        self.page.keyboard.press("Enter")

    def write(self, where: Locator, text: str) -> None:
        self._go_to(where)
        self.page.keyboard.type(text)

    def writes_day(self, where: Locator, day: date) -> None:
        self._go_to(where)
        self.page.keyboard.type(day.strftime("%m%d%Y"))  # as this browser asks for it
        assert where.input_value() == day.isoformat()

    def choose(self, radio: Locator) -> None:
        """Tab stops at the first of a group; the arrows go on within it."""
        group = self.page.locator(f"[type=radio][name='{radio.get_attribute('name')}']")
        self._go_to(group.first)
        self.page.keyboard.press("Space")
        for _other in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows do not reach it")

    def _go_to(self, what: Locator) -> None:
        target = what.element_handle()
        assert target is not None
        if self.page.evaluate("document.activeElement === document.body") and what.evaluate(
            "e => Boolean(e.closest('main'))"
        ):
            self._step("Tab")
            self.page.keyboard.press("Enter")  # skip to the content
        for _stop in range(MOST_STOPS):
            whither = self.page.evaluate(WHITHER, target)
            if not whither:
                return
            self._step("Tab" if whither > 0 else "Shift+Tab")
        raise AssertionError(f"the keyboard does not reach {what} on {self.page.url}")

    def _step(self, keys: str) -> None:
        self.page.keyboard.press(keys)
        stop = self.page.evaluate(IN_FOCUS)
        assert stop["marked"] or stop["end"], f"{self.page.url}: no ring on {stop['name']}"


class ForcedColours(Keyboard):
    """The same where the system's colours are all there are: seen by the points on the screen."""

    options = {"forced_colors": "active"}

    def choose(self, radio: Locator) -> None:
        before = radio.screenshot()
        super().choose(radio)
        self.page.evaluate("document.activeElement.blur()")
        assert radio.screenshot() != before, "what is chosen looks as it did"

    def _go_to(self, what: Locator) -> None:
        super()._go_to(what)
        with_ring = self._around(what)
        what.evaluate("e => e.blur()")
        assert self._around(what) != with_ring, f"{self.page.url}: the focus is not seen"
        what.evaluate("e => e.focus()")

    def _around(self, what: Locator) -> bytes:
        box = what.bounding_box()
        assert box is not None
        clip = {"x": max(0, box["x"] - 6), "y": max(0, box["y"] - 6),
                "width": box["width"] + 12, "height": box["height"] + 12}  # fmt: skip
        return self.page.screenshot(clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]
