"""A week of somebody with 204 cases, played from their first page; two days a colleague stands in.

What is seen at once is counted: how long the page is, how much is sent, and each click.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from common.clock import day_of, now
from tests.inbox.caseload import REQUEST, STEP, fill
from tests.journeys.conftest import Enter, System, Visitor, follow, running
from tests.journeys.test_tasks import Clicks

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
WIDE = {"width": 1366, "height": 900}
WIDTHS = (320, 768, 1366, 1920)
MOST_PIXELS, MOST_BYTES = 2_500, 60_000
MONDAY = day_of(now())
WEDNESDAY, FRIDAY = 2, 4


@pytest.fixture
def system(running_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of its own: the clock goes ahead, and the two hundred are nobody else's."""
    with running(tmp_path_factory, "week", queue=7) as own:
        with psycopg.connect(own.env["DATABASE_URL"]) as database:
            fill(database, MONDAY)
        own.manage("nightly")
        yield own


def test_a_week_of_a_worker_with_two_hundred_cases(system: System, enter: Enter) -> None:
    eeva = Clicks(enter("employment", WIDE))
    fits_every_screen(eeva.of)
    monday(eeva)
    tuesday(eeva)
    goes_away(eeva)
    system.stand_ahead(WEDNESDAY)
    system.manage("nightly")
    colleague = Clicks(enter("colleague", WIDE))
    stands_in(colleague)
    system.stand_ahead(FRIDAY)
    system.manage("nightly")
    back = Clicks(enter("employment", WIDE))
    reads_what_happened(back)
    fits_every_screen(back.of)
    counted = {**eeva.counted, **colleague.counted, **back.counted}
    assert counted == {
        "meeting": 1, "message": 2, "own step": 1, "request": 2, "call": 2, "to assess": 2,
        "step of the absent": 1, "message of the absent": 2, "meanwhile": 1,
    }  # fmt: skip


def fits_every_screen(worker: Visitor) -> None:
    worker.go("/day/")
    height = worker.page.evaluate("document.documentElement.scrollHeight")
    assert height < MOST_PIXELS
    assert len(worker.page.content().encode()) <= MOST_BYTES
    for width in WIDTHS:
        worker.page.set_viewport_size({"width": width, "height": 900})
        worker.fits()
    worker.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    worker.check()


def monday(eeva: Clicks) -> None:
    eeva.of.go("/day/")
    with eeva.task("meeting"):
        eeva.link("Viikkonen", "section[aria-labelledby=meetings]")
        eeva.says("Salo, room 2")
    eeva.of.go("/day/")
    with eeva.task("own step"):
        eeva.button(f"Done: {STEP}")
        eeva.says("done just now")
    eeva.of.go("/day/?which=clients")
    answers(eeva, "message")
    eeva.of.go("/day/?which=answer")
    with eeva.task("request"):
        eeva.link("Accept: ")
        eeva.fill("By when do you do it?", (MONDAY + timedelta(days=9)).isoformat())
        eeva.button("Save")
        eeva.says(REQUEST)


def answers(worker: Clicks, task: str) -> None:
    with worker.task(task):
        worker.link("Answer this: ")
        worker.fill("Your message", "On Friday.")
        worker.button("Send")


def tuesday(eeva: Clicks) -> None:
    eeva.of.go("/day/")
    follow(eeva.of.page.locator("li.task a.task-who").first)
    eeva.of.page.wait_for_load_state("networkidle")
    with eeva.task("call"):
        eeva.link("Record a contact")
        eeva.of.page.get_by_role("radio", name="Call").check(force=True)
        eeva.fill("What came of it", "Comes on Monday.")
        eeva.choose("What it concerns", "plan_follow_up")
        eeva.button("Save")
        eeva.says("Comes on Monday.")
    eeva.of.go("/day/")
    with eeva.task("to assess"):
        eeva.link("Triggers", "header")
        eeva.of.page.locator("main table tbody [name=person]").first.check(force=True)
        eeva.button("I assess these")


def goes_away(eeva: Clicks) -> None:
    """Wednesday and Thursday; said before."""
    page = eeva.of.go("/absences/new/").page
    choice = page.locator("#id_by_id option", has_text="Colleague")
    page.locator("#id_by_id").select_option(choice.first.get_attribute("value"))
    page.get_by_label("First day away").fill((MONDAY + timedelta(days=WEDNESDAY)).isoformat())
    page.get_by_label("Last day away").fill((MONDAY + timedelta(days=3)).isoformat())
    follow(page.locator("main form button[type=submit]").first)
    page.wait_for_load_state()
    assert "/absences/new/" not in page.url, page.inner_text("main")


def stands_in(colleague: Clicks) -> None:
    colleague.of.go("/day/")
    assert "for Eeva" in colleague.of.page.inner_text("main")
    with colleague.task("step of the absent"):
        colleague.button(f"Done: {STEP}")
        colleague.says("done just now")
    colleague.of.go("/day/?which=clients")
    answers(colleague, "message of the absent")


def reads_what_happened(eeva: Clicks) -> None:
    eeva.of.go("/day/?which=happened")
    row = "li.task:has-text('You are back')"
    with eeva.task("meanwhile"):
        eeva.link("Read", row)
        said = eeva.of.page.inner_text("main")
        assert "Kalle Colleague stood in for you" in said
        assert said.count("Viikkonen") == 2, "the step that was done, and the message answered"
