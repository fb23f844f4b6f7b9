"""A whole case over two years and more, as its people live it: the clock goes ahead by steps.

Mapping, a first plan, a disagreement, a meeting, a handover, a review, an ending agreed on by the
three bodies, follow-up to the 24-month point, and erasure when its time is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from common.clock import day_of, now
from inbox.selectors import PAGE
from tests.journeys.conftest import PHONE, Enter, System, Visitor, follow, running

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journey")]
GOAL = "A job with animals"


@pytest.fixture
def system(running_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of its own: its clock stands years ahead, and its people are nobody else's."""
    with running(tmp_path_factory, "years", queue=8) as own:
        yield own


def in_days(days: int) -> str:
    return (day_of(now()) + timedelta(days=days)).isoformat()


def text_of(who: Visitor) -> str:
    return who.page.inner_text("main")


def all_that_waits(worker: Visitor, which: str) -> str:
    """What the list behind the first page holds, page after page: the years bring much else."""
    said, page = "", 0
    while page == 0 or worker.page.locator("li.task").count() == PAGE:
        page += 1
        worker.go(f"/day/?which={which}&page={page}")
        said += text_of(worker)
    return said


def night(system: System, days: int) -> str:
    """The night of that day, as the command does it."""
    system.stand_ahead(days)
    return system.manage("nightly")


def test_a_case_from_its_mapping_to_its_erasure(system: System, enter: Enter) -> None:
    manager, social, kela = enter("colleague"), enter("social"), enter("kela")
    client = enter("client2", PHONE)
    case = find_the_case(manager, system)
    map_the_situation(client, social, case)
    write_the_first_plan(client, manager, case)
    disagree_then_settle(client, manager, case)
    agree_on_it(manager, [manager, social], client, case, version=2)
    system.stand_ahead(30)
    meet(system, manager, client, case)
    system.stand_ahead(100)
    hand_over(manager, social, client, case)
    assert "reminders_raised" in night(system, 170)
    assert "The plan was to be reviewed by" in all_that_waits(social, "law")
    review(client, social, case)
    agree_on_it(social, [manager, social], client, case, version=3)
    system.stand_ahead(400)
    end_together(social, manager, kela, client, case)
    follow_up(system, social, client, case)
    # The running system does its own nights too: what counts is how things are after them.
    assert "cases_closed: 0" in night(system, 400 + 729 + 60)
    night(system, 400 + 740 + 60)
    social.go(case)
    assert "Ended" in text_of(social)
    assert "cases_erased: 0" in night(system, 400 + 4 * 365)
    said = night(system, 400 + 4 * 366)
    answer = social.page.goto(social.url + case)
    assert answer is not None and answer.status == 404, said
    assert left_of(system, case) == 0


def find_the_case(manager: Visitor, system: System) -> str:
    """The case of the second client: opened, and nothing written yet."""
    with psycopg.connect(system.env["DATABASE_URL"]) as database:
        found = database.execute(
            "SELECT c.id FROM cases_case c JOIN people_person p ON p.id = c.person_id"
            " JOIN people_user u ON u.id = p.user_id WHERE u.username = 'client2'"
        ).fetchone()
    assert found is not None
    path = f"/cases/{found[0]}/"
    manager.go(path)
    assert "The client has not written a goal yet" in text_of(manager)
    return path


def left_of(system: System, case: str) -> int:
    """Goals with their former wordings that still name the case."""
    number = case.split("/")[2]
    with psycopg.connect(system.env["DATABASE_URL"]) as database:
        found = database.execute(
            "SELECT (SELECT count(*) FROM plan_goal WHERE case_id = %(c)s)"
            " + (SELECT count(*) FROM plan_historicalgoal WHERE case_id = %(c)s)",
            {"c": number},
        ).fetchone()
    assert found is not None
    return int(found[0])


def map_the_situation(client: Visitor, social: Visitor, case: str) -> None:
    client.go("/my/how-it-goes/").click("Read how your situation is seen")
    follow(client.page.get_by_role("link", name="Write your view").first)
    client.check()
    client.page.get_by_label("How do you see it?").fill("I know animals well.")
    client.press("Save")
    social.go(f"{case}mapping/")
    assert "I know animals well." in text_of(social)


def write_the_first_plan(client: Visitor, manager: Visitor, case: str) -> None:
    client.go("/my/plan/").click("Add a goal of mine")
    client.page.get_by_label("My goal").fill(GOAL)
    client.press("Save my goal")
    manager.go(case)
    assert GOAL in text_of(manager)
    follow(manager.page.locator("main").get_by_role("link", name="Add an action").first)
    manager.page.get_by_label("What is done").fill("Visit the stables")
    manager.page.get_by_label("Whose task").select_option(label="Client")
    manager.page.get_by_label("By when").fill(in_days(20))
    manager.press("Save")
    manager.click("Propose the plan").press("Propose version")


def disagree_then_settle(client: Visitor, manager: Visitor, case: str) -> None:
    client.go("/my/plan/").click("Read and answer").click("I disagree")
    client.page.get_by_label("What do you disagree with?").fill("Twenty days is too soon.")
    client.press("Send")
    manager.go(case)
    assert "Twenty days is too soon." in text_of(manager)
    manager.click("Read the proposal").click("Settle the disagreement")
    manager.page.get_by_label("What did you agree on?").fill("A month from now.")
    manager.press("Save")


def agree_on_it(
    proposer: Visitor, bodies: list[Visitor], client: Visitor, case: str, *, version: int
) -> None:
    proposer.go(case).click("Propose the plan").press("Propose version")
    for worker in bodies:
        worker.go(case).click("Read and answer").press(f"Accept version {version}")
    client.go("/my/plan/").click("Read and answer").click(f"Accept version {version}")
    if "Log in once more for this" in text_of(client):  # the log-in is of long ago
        client.page.get_by_label("Password").fill("demo")
        client.press("Go on")
    client.press(f"Accept version {version}")
    assert f"Version {version} in force" in text_of(client)


def meet(system: System, manager: Visitor, client: Visitor, case: str) -> None:
    """Called for the next day; the client comes, a step is agreed on, the minutes are closed."""
    manager.go(f"{case}meetings/").click("Call a meeting")
    manager.page.get_by_label("Day").fill(in_days(31))
    manager.page.get_by_label("Time").fill("09:30")
    manager.page.get_by_label("Where").fill("Room 2")
    manager.press("Call the meeting")
    follow(manager.page.locator("main table a").first)
    manager.check()
    assert "Due: Visit the stables" in text_of(manager), "what is overdue is on the agenda"
    client.go("/my/").click("Say whether you come to the meeting")
    client.check()
    client.press("I will attend")
    assert "Attends" in text_of(client)
    manager.click("Agree on an action")
    manager.page.get_by_label("Towards which goal?").select_option(label=GOAL)
    manager.page.get_by_label("What is done").fill("A week at the stables")
    manager.page.get_by_label("Whose task").select_option(label="Client")
    manager.page.get_by_label("By when").fill(in_days(60))
    manager.press("Save")
    assert "A week at the stables" in text_of(manager)
    address = manager.page.url.removeprefix(manager.url)
    system.stand_ahead(32)
    manager.go(address)
    manager.page.get_by_label("What was said and agreed").first.fill("It went well.")
    follow(manager.page.locator("article button").first)
    manager.check()
    assert "It went well." in text_of(manager)
    manager.click("Close the meeting")
    manager.page.get_by_role("checkbox", name="Client").check()
    manager.press("Close the meeting")
    client.go(address)
    assert "Held" in text_of(client) and "It went well." in text_of(client)


def hand_over(manager: Visitor, social: Visitor, client: Visitor, case: str) -> None:
    manager.go(f"{case}team/").click("Hand the case over")
    choice = manager.page.locator("#id_receiver_id option", has_text="Sanna Social")
    manager.page.get_by_label("Who takes the case?").select_option(choice.get_attribute("value"))
    manager.page.get_by_label("Why does the case manager change?").fill("I change work.")
    manager.press("Ask them to take the case")
    social.go("/day/?which=answer").click("asks you to take a case").press("Take the case")
    client.go("/my/people/")
    assert "Sanna Social" in text_of(client) and "I change work." in text_of(client)


def review(client: Visitor, social: Visitor, case: str) -> None:
    client.go("/my/plan/").click("Ask to review the plan")
    client.page.get_by_label("What has changed").fill("I have a place at the stables.")
    client.press("Send" if client.page.get_by_role("button", name="Send").count() else "Ask")
    social.go(case)
    assert "I have a place at the stables." in text_of(social)


def follow_up(system: System, social: Visitor, client: Visitor, case: str) -> None:
    """Asked at 3, 6, 12 and 24 months: some answered by one, some by the other, one by nobody."""
    for days, who in ((95, "client"), (185, "social"), (370, "nobody"), (740, "client")):
        assert "reminders_raised" in night(system, 400 + days)
        assert "Ask how things are now" in all_that_waits(social, "actions")
        if who == "client":
            client.go("/my/").click("How are things now?")
            client.page.locator("label", has_text="Studies for a degree").click()
            client.page.locator("label", has_text="No").last.click()
            client.press("Save")
        if who == "social":
            social.go(f"{case}follow-up/").click("Answer")
            social.page.locator("label", has_text="Another service").click()
            social.page.get_by_label("In a few words").fill("At the stables.")
            social.press("Save")
    social.go(f"{case}follow-up/")
    said = text_of(social)
    assert said.count("Studies for a degree") == 2 and "At the stables." in said
    assert "Not known: nobody answered in time" in said
    client.go(f"{case}follow-up/")
    assert "At the stables." in text_of(client), "the client reads the same"


def end_together(
    social: Visitor, manager: Visitor, kela: Visitor, client: Visitor, case: str
) -> None:
    social.go(case).click("Propose ending the case")
    social.page.get_by_label("Why has the need ended?").fill("Works at the stables.")
    social.page.get_by_label("What does it end to?").select_option(index=1)
    social.page.get_by_label("Who asks how things are afterwards?").select_option(
        label="Sanna Social, Social services"
    )
    follow(social.page.locator("main form button[type=submit], main form button").last)
    social.check()
    client.go("/my/plan/").click("Say what you think")
    client.page.locator("label", has_text="I do not need joint service now").click()
    follow(client.page.locator("main form button").last)
    client.check()
    for worker in (manager, kela):
        worker.go(case).click("Assess it for your organisation")
        worker.page.locator("label", has_text="The need has ended").first.click()
        follow(worker.page.locator("main form button").last)
        worker.check()
    social.go(case)
    assert "being followed up" in text_of(social)
