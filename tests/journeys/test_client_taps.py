"""What a client does on a phone, each in no more taps than ``docs/client.md`` says.

A tap is a link or a button; what is typed, chosen or ticked is not. All begin at the first page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE, Enter, System, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
TABLE = Path(__file__).resolve().parents[2] / "docs" / "client.md"
HIGHEST = 2000
"""Pixels of the first page at 390: what waits, what others do and all the doors in two screens."""
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<where>[^|]+) \| (?P<most>\d+) \|", re.MULTILINE)


@pytest.fixture
def system(clients_own: System) -> System:
    return clients_own


@dataclass
class Taps:
    """Counts what a client taps, thing by thing, each from their first page."""

    of: Visitor
    counted: dict[str, int] = field(default_factory=dict)
    _what: str = ""

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        self.of.go("/my/")
        self._what, self.counted[what] = what, 0
        yield
        self._what = ""

    def link(self, text: str) -> None:
        self._tap("link", text)

    def button(self, text: str) -> None:
        self._tap("button", text)

    def _tap(self, role: str, text: str) -> None:
        self.counted[self._what] += 1
        follow(self.of.page.locator("main").get_by_role(role, name=text).first)  # type: ignore[arg-type]
        self.of.check()

    def fill(self, label: str, text: str) -> None:
        self.of.page.get_by_label(label).first.fill(text)

    def says(self, text: str) -> None:
        self.of.page.locator("main").get_by_text(text).first.wait_for()


def test_nothing_takes_a_client_more_taps_than_the_table_says(enter: Enter) -> None:
    aino = Taps(enter("client", PHONE))
    looks(aino)
    is_written_to(enter("social"))
    answers(aino)
    does_and_does_not(aino)
    most = {row["what"].strip(): int(row["most"]) for row in ROW.finditer(TABLE.read_text("utf-8"))}
    assert set(aino.counted) == set(most)
    assert {what: n for what, n in aino.counted.items() if n > most[what]} == {}, "taps"


def is_written_to(social: Visitor) -> None:
    """A worker of the client's asks them something."""
    social.go("/cases/")
    follow(social.page.locator("main table tbody a", has_text="Aino").first)
    social.click("Messages")
    follow(social.page.locator("main .buttons a").first)
    social.page.get_by_label("What is it about?").fill("The bus card")
    social.page.get_by_label("Message").fill("Do you still need it?")
    social.page.get_by_label("What it concerns").select_option("plan_follow_up")
    social.press("Send")


def looks(aino: Taps) -> None:
    with aino.doing("See what to do next, and by when"):
        aino.says("Do this next")
        aino.says("You do this.")
        aino.of.page.set_viewport_size({"width": 390, "height": 844})
        tall = aino.of.page.evaluate("document.documentElement.scrollHeight")
        assert tall < HIGHEST, f"the first page is {tall} px high"
        aino.of.page.set_viewport_size(PHONE)
    with aino.doing("See who has looked, and why"):
        aino.link("My information")
        aino.link("Who has looked")
        aino.says("Every time somebody opens your case")
    with aino.doing("See what a step does to one's income"):
        aino.link("My plan")
        aino.link("Steps and income")
        aino.link("Työkokeilu")
        aino.says("Indicative")
    with aino.doing("Call or write to whoever looks after the plan"):
        aino.link("Write")
        aino.fill("What is it about?", "A question")
        aino.fill("Message", "May I bring my sister?")
        aino.button("Send")
        aino.says("A question")


def answers(aino: Taps) -> None:
    with aino.doing("Answer a message"):
        aino.link("The bus card")
        aino.fill("Your message", "Yes, I do.")
        aino.button("Send")
        aino.says("Yes, I do.")
    with aino.doing("Say how it goes"):
        aino.link("How is it going?")
        aino.of.page.get_by_text("It goes well", exact=True).click()
        aino.button("Tell")
    with aino.doing("Say yes or no to the plan"):
        aino.link("Read and answer")
        aino.link("Accept version")
        aino.button("Accept version")


def does_and_does_not(aino: Taps) -> None:
    with aino.doing("Ask for more time"):
        aino.link("Ask for more time")
        aino.fill("Which day would suit you?", "2199-01-01")
        aino.fill("What comes in the way?", "The workshop is shut until Friday.")
        aino.button("Ask for more time")
        aino.says("Sent.")
    with aino.doing("Write a goal of one's own"):
        aino.link("My plan")
        aino.link("Add a goal of mine")
        aino.fill("My goal", "A driving licence")
        aino.button("Save my goal")
        aino.says("A driving licence")
    with aino.doing("Write what one can do"):
        aino.link("My plan")
        aino.link("Write what I can do")
        aino.fill("How do you see it?", "I mend engines.")
        aino.button("Save")
        aino.says("I mend engines.")
    with aino.doing("Say no to a step, or to a service"):
        aino.link("My plan")
        aino.link("Työkokeilu")
        aino.link("I do not want")
        aino.fill("Why do you not want this?", "I look for paid work.")
        aino.button("Say no to this")
    with aino.doing("Say that a step is done"):
        aino.link("Kerron, miten tutustuminen meni")
        aino.button("I have done this")
