"""The twelve commonest tasks of a caseworker, each in no more clicks than ``docs/tasks.md`` says.

A click is a link, a button or something that opens; what is typed, chosen or ticked is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.journeys.conftest import PHONE, Enter, Visitor, follow

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
TABLE = Path(__file__).resolve().parents[2] / "docs" / "tasks.md"
ROW = re.compile(r"^\| (?P<task>[^|]+) \| (?P<begins>[^|]+) \| (?P<most>\d+) \|", re.MULTILINE)
TODAY = timezone.localdate()
CALL = "Call the workshop about the first day"


@dataclass
class Clicks:
    """Counts what one person clicks, task by task."""

    of: Visitor
    counted: dict[str, int] = field(default_factory=dict)
    _task: str = ""

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        self._task = name
        self.counted[name] = 0
        yield
        self._task = ""

    def link(self, text: str, within: str = "main") -> None:
        self._click("link", text, within)

    def button(self, text: str, within: str = "main") -> None:
        self._click("button", text, within)

    def _click(self, role: str, text: str, within: str) -> None:
        assert self._task
        self.counted[self._task] += 1
        # What only a listener hears begins with a colon, before which a name may have a space.
        name = re.compile(re.escape(text).replace(":", r"\s*:"))
        follow(self.of.page.locator(within).get_by_role(role, name=name).first)  # type: ignore[arg-type]
        self.of.page.wait_for_load_state("networkidle")
        self.of.check()

    def fill(self, label: str, text: str) -> None:
        self.of.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.of.page.get_by_label(label).first.select_option(option)

    def says(self, text: str) -> None:
        self.of.page.get_by_text(text).first.wait_for()


def test_the_commonest_tasks_take_no_more_clicks_than_the_table_says(enter: Enter) -> None:
    eeva = Clicks(enter("employment"))
    client = begin_from_a_trigger(eeva)
    decline(eeva)
    write_plan(eeva, client)
    work_from_the_first_page(eeva, client)
    write_and_propose(eeva, client)
    call_a_meeting(eeva, client)
    sanna = Clicks(enter("social"))
    answer_a_message(sanna, enter("client", PHONE))
    kela = enter("kela")
    kela_asks(kela, client)
    answer_a_request(eeva)
    hand_over(eeva, client)
    counted = {**eeva.counted, **sanna.counted}
    most = {row["task"].strip(): int(row["most"]) for row in ROW.finditer(TABLE.read_text("utf-8"))}
    assert set(counted) == set(most)
    more = {task: n for task, n in counted.items() if n > most[task]}
    assert more == {}, "clicks"


def begin_from_a_trigger(eeva: Clicks) -> str:
    """Opens a case; returns whose, as lists show them."""
    with eeva.task("Open a case from a trigger"):
        eeva.link("Triggers", "header")
        row = eeva.of.page.locator("main table tbody a").nth(2)
        client = row.inner_text().split(" born")[0]
        eeva.link(client)
        eeva.link("Assess the need")
        eeva.of.page.get_by_role("checkbox", name="Limits of the ability").check()
        eeva.fill("Why is consultation", "Work ability and debts.")
        for office in eeva.of.page.get_by_role("checkbox", name="names its person").all():
            office.uncheck()
        for name in ("Eeva Employment", "Sanna Social", "Kaarina Kela"):
            eeva.of.page.get_by_role("checkbox", name=name).check()
        eeva.button("Begin the assessment")
        eeva.says("The client has not written a goal yet")
    return client


def decline(eeva: Clicks) -> None:
    eeva.of.go("/triggers/")
    page = eeva.of.page
    several = page.locator("main table tbody tr", has_text="paid days").filter(
        has_text="unemployed"
    )
    with eeva.task("Decline a person with two triggers"):
        eeva.link(several.first.locator("a").first.inner_text().split(" born")[0])
        eeva.fill("Why is joint service not needed?", "Begins in work next week.")
        eeva.button("Decline with this reason")
        eeva.says("The reason is kept")


def write_plan(eeva: Clicks, client: str) -> None:
    """A goal to write actions under; from the first page."""
    find(eeva, client)
    worker = eeva.of
    worker.click("Add a goal")
    worker.page.locator("#id_text").fill("The first day at the workshop")
    worker.page.get_by_label("What it concerns").select_option("plan_follow_up")
    worker.press("Save")
    with eeva.task("Add an action"):
        eeva.link("Add an action")
        eeva.fill("What is done", CALL)
        eeva.of.page.get_by_label("Whose task").select_option(
            label="Eeva Employment, Employment services"
        )
        eeva.fill("By when", (TODAY + timedelta(days=1)).isoformat())
        eeva.choose("What it concerns", "plan_follow_up")
        eeva.button("Save")
        eeva.says(CALL)


def find(eeva: Clicks, client: str) -> None:
    """From the first page to the case of somebody known by name."""
    eeva.of.go("/day/")
    eeva.fill("Find a client", client)
    if "Find a client" in eeva.counted:
        eeva.of.press("Search")
        return
    with eeva.task("Find a client"):
        eeva.button("Search", "header")
        assert "/cases/" in eeva.of.page.url


def work_from_the_first_page(eeva: Clicks, client: str) -> None:
    eeva.of.go("/day/")
    with eeva.task("Mark an own action done"):
        eeva.button(f"Done: {CALL}")
        eeva.says("done just now")


def write_and_propose(eeva: Clicks, client: str) -> None:
    find(eeva, client)
    with eeva.task("Write a new message"):
        eeva.link("Write a message")
        eeva.fill("What is it about?", "The first day")
        eeva.fill("Message", "Ask for the foreman at the gate.")
        eeva.choose("What it concerns", "plan_follow_up")
        eeva.button("Send")
    find(eeva, client)
    with eeva.task("Record a call"):
        eeva.link("Record a contact")
        eeva.of.page.get_by_role("radio", name="Call").check(force=True)
        eeva.fill("What came of it", "Comes on Monday.")
        eeva.choose("What it concerns", "plan_follow_up")
        eeva.button("Save")
        eeva.says("Comes on Monday.")
    find(eeva, client)
    with eeva.task("Propose the plan and accept it for one's own body"):
        eeva.link("Propose the plan")
        eeva.button("Propose version 1")
        eeva.button("Accept version 1")


def call_a_meeting(eeva: Clicks, client: str) -> None:
    find(eeva, client)
    worker = eeva.of
    worker.click("Meetings").click("Call a meeting")
    worker.page.get_by_label("Day").fill((TODAY + timedelta(days=1)).isoformat())
    worker.page.get_by_label("Time").fill("08:00")
    worker.page.get_by_label("Where").fill("Salo, room 2")
    worker.press("Call the meeting")
    worker.go("/day/")
    with eeva.task("Open the next meeting"):
        eeva.of.page.locator("#meetings").wait_for()
        eeva.link(client, "section[aria-labelledby=meetings]")
        eeva.says("Salo, room 2")


def answer_a_message(sanna: Clicks, client: Visitor) -> None:
    client.go("/my/").click("Messages").click("Write about a new topic")
    client.page.get_by_label("What is it about?").fill("The bus card")
    client.page.get_by_label("Message").fill("When do I get it?")
    client.press("Send")
    sanna.of.go("/day/")
    with sanna.task("Answer a message"):
        sanna.link("Answer this: ")
        sanna.fill("Your message", "On Friday.")
        sanna.button("Send")


def kela_asks(kela: Visitor, client: str) -> None:
    """Kela asks something of employment services, and writes to the team."""
    kela.go("/day/")
    kela.page.get_by_label("Find a client").fill(client)
    kela.press("Search")
    case = kela.page.url
    follow(kela.page.locator("main").get_by_role("link", name="Ask another body").first)
    kela.page.get_by_label("Whom do you ask?").select_option("employment")
    kela.page.get_by_label("What do you ask for?").fill("When does the course begin?")
    kela.page.get_by_label("Answer by").fill((TODAY + timedelta(days=5)).isoformat())
    kela.press("Ask")
    assert kela.page.url.startswith(case)


def answer_a_request(eeva: Clicks) -> None:
    eeva.of.go("/day/")
    with eeva.task("Answer a request of another body"):
        eeva.link("Accept: ")
        eeva.fill("By when do you do it?", (TODAY + timedelta(days=9)).isoformat())
        eeva.button("Save")
        eeva.says("When does the course begin?")


def hand_over(eeva: Clicks, client: str) -> None:
    find(eeva, client)
    with eeva.task("Hand a case over"):
        eeva.link("Team")
        eeva.link("Hand the case over")
        choice = eeva.of.page.locator("#id_receiver_id option", has_text="Colleague")
        eeva.of.page.get_by_label("Who takes the case?").select_option(
            choice.get_attribute("value")
        )
        eeva.fill("Why does the case manager change?", "I move to Turku.")
        eeva.button("Ask them to take the case")
        eeva.says("A handover waits for an answer")
