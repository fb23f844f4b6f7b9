"""Each page of a client's as a screen reader has it: read from the browser's accessibility tree.

``heard.txt`` keeps what is heard, page by page, to be read through as it is listened to; written
anew by ``REWRITE=1``. The rules hold whatever stands there.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Enter, System, Visitor, follow
from tests.journeys.looking import IN_FOCUS

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
KEPT = Path(__file__).with_name("heard.txt")
PAGES = (
    "/my/", "/my/plan/", "STEP", "MORE TIME", "SERVICE", "NO", "VERSION", "VERSION/accept/",
    "VERSION/disagree/", "GOAL", "REMARKS", "OPTIONS", "WHY", "MESSAGES", "MEETINGS", "MAPPING",
    "/my/people/", "/my/how-it-goes/", "/my/how-is-it-going/", "/my/information/", "/my/income/",
    "/my/who-sees/", "/my/who-sees/several/", "/my/who-sees/as/kela/", "/my/who-sees/history/",
    "/my/who-sees/outside/new/", "/my/who-sees/4/kela/", "/my/access-log/", "/my/registers/",
    "/my/everything/", "/my/goals/new/", "/contact/", "/about/", "/accessibility/",
)  # fmt: skip
# Where the first link to a page with an id of its own stands, and how the address begins and ends.
VIA = {
    "STEP": ("/my/", "/my/steps/", "/"),
    "MORE TIME": ("/my/", "/actions/", "/more-time/"),
    "SERVICE": ("/my/plan/", "/my/services/", "/"),
    "NO": ("SERVICE", "/my/", "/no/"),
    "VERSION": ("/my/plan/", "/versions/", "/"),
    "GOAL": ("/my/plan/", "/goals/", "/progress/"),
    "REMARKS": ("/my/plan/", "/cases/", "/remarks/"),
    "OPTIONS": ("/my/plan/", "/cases/", "/options/"),
    "WHY": ("/my/plan/", "/cases/", "/why/"),
    "MESSAGES": ("/my/", "/cases/", "/messages/"),
    "MEETINGS": ("/my/", "/cases/", "/meetings/"),
    "MAPPING": ("/my/how-it-goes/", "/cases/", "/mapping/"),
}
FORMS = ("MORE TIME", "VERSION/disagree/", "/my/how-is-it-going/", "/my/goals/new/")
CONTROL = re.compile(
    r"""- '?(?P<role>link|button|textbox|checkbox|radio|combobox|spinbutton)\b"""
    r'(?: "(?P<name>[^"]*)")?'
)
HEADING = re.compile(r"""- '?heading "(?P<text>.*)" \[level=(?P<level>\d)\]""")
# The day of a run is not what is looked at.
OF_TODAY = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}"), "ID"),
    (re.compile(r"\b(\w+day )?\d{1,2} [A-Z][a-z]+( 20\d\d)?"), "DAY"),
    (re.compile(r"(?<!level=)\b\d+"), "N"),
)


@pytest.fixture
def system(untouched: System) -> System:
    return untouched


@pytest.fixture
def aino(enter: Enter) -> Visitor:
    return enter("client", PHONE)


def opened(reader: Visitor, names: tuple[str, ...] = PAGES) -> Iterator[str]:
    """Each page in turn, by the link that leads to it where its address has an id."""
    found: dict[str, str] = {}
    for name in names:
        begins, _slash, rest = name.partition("/")
        if begins and begins not in found:
            at, start, end = VIA[begins]
            reader.page.goto(f"{reader.url}{found[at]}/" if at in found else reader.url + at)
            link = reader.page.locator(f"main a[href^='{start}'][href$='{end}']").first
            found[begins] = (link.get_attribute("href") or "").rstrip("/")
        address = f"{found[begins]}/{rest}" if begins else name
        answer = reader.page.goto(reader.url + address)
        assert answer is not None and answer.ok, name
        yield name


def heard(page: Page) -> str:
    """The tree without what a day changes."""
    tree = page.locator("body").aria_snapshot()
    for pattern, instead in OF_TODAY:
        tree = pattern.sub(instead, tree)
    return tree


def test_what_is_heard_of_each_page_is_as_it_was_read_through(aino: Visitor) -> None:
    now = "".join(f"== {name}\n{heard(aino.page)}\n\n" for name in opened(aino))
    if os.environ.get("REWRITE"):
        KEPT.write_text(now, "utf-8")
    kept = KEPT.read_text("utf-8")
    for before, after in zip(kept.split("\n== "), now.split("\n== "), strict=True):
        assert after == before, (
            f"heard otherwise; REWRITE=1 keeps it: {after.partition(chr(10))[0]}"
        )


def what_is_wrong(tree: str) -> list[str]:
    """One first heading, no level left out, every control named, no name for two places."""
    lines = tree.splitlines()
    levels = [int(found["level"]) for line in lines if (found := HEADING.search(line))]
    wrong = [f"{levels.count(1)} first headings"] if levels.count(1) != 1 else []
    wrong += [f"h{above} then h{below}" for above, below in pairwise(levels) if below > above + 1]
    places: dict[str, set[str]] = defaultdict(set)
    for line, after in pairwise([*lines, ""]):
        control = CONTROL.search(line)
        if control is None:
            continue
        if not control["name"] and '"' not in line:
            wrong.append(f"without a name: {line.strip()}")
        if control["role"] == "link" and (url := after.partition("/url: ")[2]):
            places[control["name"]].add(url)
        if control["role"] == "button":
            places[control["name"]].add(f"a button of line {lines.index(line)}")
    wrong += [f"two places: {name} {sorted(to)}" for name, to in places.items() if len(to) > 1]
    return wrong


def test_every_page_is_in_order_and_each_name_leads_to_one_place(aino: Visitor) -> None:
    found = {
        name: what_is_wrong(aino.page.locator("body").aria_snapshot()) for name in opened(aino)
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_rules_notice_what_they_are_for() -> None:
    tree = """
- heading "A" [level=1]
- heading "B" [level=3]
- link
- link "Answer":
  - /url: /one/
- link "Answer":
  - /url: /two/
"""
    assert what_is_wrong(tree) == [
        "h1 then h3", "without a name: - link", "two places: Answer ['/one/', '/two/']",
    ]  # fmt: skip


def test_the_focus_goes_as_the_page_is_read_and_is_seen(aino: Visitor) -> None:
    for name in opened(aino):
        stops: list[str] = []
        for _stop in range(150):
            aino.page.keyboard.press("Tab")
            stop = aino.page.evaluate(IN_FOCUS)
            if stop["end"] or stop["name"] in stops[:1]:  # round to where it began
                break
            stops.append(stop["name"])
            assert not stop["back"], f"{name}: back to {stop['name']}"
            assert stop["marked"], f"{name}: no ring on {stop['name']}"
        assert len(stops) > 5, name


def test_what_is_said_after_an_act_is_said_in_a_live_region(aino: Visitor) -> None:
    for name in opened(aino):
        assert aino.page.locator("#messages[aria-live=polite]").count() == 1, name


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_comes_back_says_so_first(aino: Visitor, form: str) -> None:
    """In the title, in the summary that has the focus, and at each field, whose error is told."""
    for _page in opened(aino, (form,)):
        follow(aino.page.locator("main form.form button[type=submit]").first)
    assert aino.page.title().startswith("Error: ")
    assert aino.page.evaluate("document.activeElement.id") == "error-summary"
    wrong = aino.page.locator("main [aria-invalid=true], main fieldset.invalid").first
    described = (wrong.get_attribute("aria-describedby") or "").split()
    assert any(aino.page.locator(f"#{one}.error").count() for one in described) or described


def test_each_page_is_told_by_its_title_and_no_two_alike(aino: Visitor) -> None:
    titles = {name: aino.page.title() for name in opened(aino)}
    twice = {title for title in titles.values() if [*titles.values()].count(title) > 1}
    assert {name: title for name, title in titles.items() if title in twice} == {}
