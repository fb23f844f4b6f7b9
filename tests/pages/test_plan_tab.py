"""The plan of a case as a worker reads it: said once, in rows, with what bodies ask each other."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

from audit.models import Purpose
from caseplan.plan.models import Action, GoalKind
from caseplan.plan.selectors import Waiting, case_bar, open_case
from caseplan.plan.selectors.bar import bar_of
from caseplan.plan.services import add_action, add_goal, ask_body, decline_request
from common.bodies import Body, Party
from common.clock import day_of
from consent.models import Category
from records.selectors import reading_of
from tests.personas import World


def written(world: World, goals: int, actions: int) -> None:
    """So many joint goals and actions more, by turns of everybody."""
    actor = world.actor("employment")
    added = [
        add_goal(
            actor=actor, case=world.case, kind=GoalKind.JOINT, text=f"Goal number {number}",
            category=Category.PLAN_FOLLOW_UP, now=world.now,
        )
        for number in range(goals)
    ]  # fmt: skip
    owners = [(Party.CLIENT, None)] + [
        (Party(body), world.actor(body).writer_id) for body in ("employment", "social", "kela")
    ]
    for number in range(actions):
        party, owner = owners[number % 4]
        add_action(
            actor=actor, goal_id=added[number % goals].pk, text=f"Action number {number}",
            owner_party=party, owner_id=owner, due_on=day_of(world.now) + timedelta(days=number),
            category=Category.PLAN_FOLLOW_UP, now=world.now,
        )  # fmt: skip


def plan(world: World, login: Any, who: str = "employment", query: str = "") -> str:
    page = login(who).get(f"/cases/{world.case.pk}/{query}").content.decode()
    return html.unescape(page.split("<main")[1])


def test_a_case_of_six_goals_says_each_thing_once_and_folds_what_is_past_five(
    world: World, login: Any
) -> None:
    written(world, 6, 16)
    page = plan(world, login)
    assert page.index(world.own_goal.text) < page.index("Goal number 0")
    assert page.count("<blockquote") == 1
    rows = re.findall(r'<p class="action-what"[^>]*>(.*?)</p>', page, re.S)
    for number in range(16):
        assert sum(f"Action number {number}" == row.strip() for row in rows) == 1, number
    folded = page.split('<details class="more-goals">')[1].split("</details>")[0]
    assert "Goal number 5" in folded
    assert "Goal number 0" not in folded


def test_who_waits_narrows_the_plan_and_counts_what_it_then_shows(world: World, login: Any) -> None:
    written(world, 3, 12)
    actor = world.actor("social")
    reading = reading_of(actor, now=world.now).in_case(world.case)
    asked = case_bar(reading, world.case, purpose=Purpose.KEEP_CASE).waiting
    page = open_case(actor, world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)
    assert asked == bar_of(page, actor=actor, today=day_of(world.now)).waiting
    kela = next(one for one in asked if one.who == Party.KELA)
    versions = sum(Party.KELA in s.waiting_for for s in [page.proposal] if s)
    shown = plan(world, login, "social", "?for=kela").split('class="beside-side"')[0]
    assert isinstance(kela, Waiting)
    assert shown.count('<p class="action-state"') == kela.count - versions
    assert world.own_goal.text in shown
    assert plan(world, login, "social", "?for=nobody").count('<li class="action"') == plan(
        world, login, "social"
    ).count('<li class="action"')


def test_a_refusal_stands_under_its_goal_until_the_asking_body_has_read_it(
    world: World, login: Any
) -> None:
    asked = ask_body(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, to_body=Body.SOCIAL,
        text="Can debt counselling begin?", answer_by=day_of(world.now), now=world.now,
    )  # fmt: skip
    for who, offered in (("employment", "withdraw"), ("social", "accept"), ("kela", "")):
        page = plan(world, login, who)
        assert "Can debt counselling begin?" in page, who
        acts = re.findall(rf"/requests/{asked.pk}/(\w+)/", page)
        assert (offered in acts) if offered else not acts, who
    decline_request(
        actor=world.actor("social"), request_id=asked.pk, answer="The queue is six weeks.",
        now=world.now,
    )  # fmt: skip
    for who in ("employment", "social", "kela"):
        page = plan(world, login, who)
        row = page.index("The queue is six weeks.")
        assert page.rfind("<details>", 0, row) <= page.rfind("</details>", 0, row), who
        assert (f"/requests/{asked.pk}/read/" in page) is (who == "employment"), who
    # Whoever has not asked reads it without its going.
    login("kela").post(f"/requests/{asked.pk}/read/")
    assert f"/requests/{asked.pk}/read/" in plan(world, login)
    login("employment").post(f"/requests/{asked.pk}/read/")
    page = plan(world, login)
    row = page.index("The queue is six weeks.")
    assert page.rfind("<details>", 0, row) > page.rfind("</details>", 0, row)
    assert "Read " in page[row : row + 300]


def test_what_one_body_does_not_see_is_in_no_count(world: World, login: Any) -> None:
    before = {who: _all(world, who) for who in ("kela", "social")}
    social = world.actor("social")
    action = add_action(
        actor=social, goal_id=world.joint_goal.pk, text="Own", owner_party=Party.SOCIAL,
        owner_id=social.writer_id, due_on=day_of(world.now), category=Category.SOCIAL_SITUATION,
        now=world.now,
    )  # fmt: skip
    assert Action.objects.filter(pk=action.pk).exists()
    assert _all(world, "kela") == before["kela"]
    assert _all(world, "social") == before["social"] + 1


def _all(world: World, who: str) -> int:
    reading = reading_of(world.actor(who), now=world.now).in_case(world.case)
    bar = case_bar(reading, world.case, purpose=Purpose.KEEP_CASE)
    return sum(one.count for one in bar.waiting)
