"""A worker's list of cases: narrowed and ordered by what they may see, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditRow
from caseplan.plan.models import Action
from caseplan.plan.selectors import CaseChoices, CaseRow, cases_of, list_cases
from caseplan.plan.services import accept_plan, propose_plan
from cases import services
from cases.access import managed_by
from cases.models import Case, TeamMembership
from common.actor import Actor
from common.clock import day_of
from consent.models import Category
from people.models import Person, Position
from records.selectors import reading_of
from tests.personas import World


def keys(world: World, who: str = "social", **choices: str) -> list[UUID]:
    return cases_of(reading_of(world.actor(who), now=world.now), CaseChoices(**choices))


def rows(world: World, who: str = "social", **choices: str) -> list[CaseRow]:
    reading = reading_of(world.actor(who), now=world.now)
    return list_cases(reading, cases_of(reading, CaseChoices(**choices)), searched=False)


@pytest.fixture
def in_force(world: World) -> World:
    """The joint case has a plan in force."""
    for party in ("social", "kela", "client"):
        accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)
    return world


def test_the_cases_one_manages(world: World) -> None:
    mine = set(keys(world, whose="managed"))
    assert mine == set(
        managed_by(world.actor("social"), now=world.now).values_list("pk", flat=True)
    )
    assert world.case.pk not in mine and world.case.pk in keys(world)


def test_by_how_the_plan_stands_each_case_once(in_force: World) -> None:
    found = {plan: set(keys(in_force, plan=plan)) for plan in ("drafting", "proposed", "in_force")}
    assert found["in_force"] == {in_force.case.pk}
    assert found["drafting"].isdisjoint(found["in_force"] | found["proposed"])
    assert set.union(*found.values()) == set(keys(in_force))


def test_a_proposal_beside_a_version_in_force_is_found_as_both(in_force: World) -> None:
    propose_plan(actor=in_force.actor("social"), case=in_force.case, now=in_force.now)
    assert keys(in_force, plan="proposed") == [in_force.case.pk]
    assert keys(in_force, plan="in_force") == [in_force.case.pk]


@pytest.mark.parametrize("order", ["due", "action"])
def test_the_order_is_that_of_the_days_shown_and_those_without_come_last(
    in_force: World, order: str
) -> None:
    shown = rows(in_force, order=order)
    days = [(r.clock.due_on if r.clock else None) if order == "due" else r.next_due for r in shown]
    known = [day for day in days if day]
    assert known == sorted(known) and days[: len(known)] == known
    assert {row.case.pk for row in shown} == set(keys(in_force))
    assert known and (order == "due" or None in days)


def test_cases_of_one_day_stand_by_name(world: World) -> None:
    names = [row.case.person.sort_key for row in rows(world, order="due")]
    by_day: dict[Any, list[str]] = {}
    for row, name in zip(rows(world, order="due"), names, strict=True):
        by_day.setdefault(row.clock and row.clock.due_on, []).append(name)
    assert any(len(group) > 1 for group in by_day.values())
    assert all(group == sorted(group) for group in by_day.values())


def test_the_newest_is_who_came_to_the_reader_last(world: World) -> None:
    services.add_team_member(
        actor=world.actor("employment"), case=world.case,
        user_id=Position.objects.get(user__username="colleague").user_id, why="", now=world.now,
    )  # fmt: skip
    TeamMembership.objects.filter(user__username="colleague").exclude(case=world.case).update(
        since=world.now - timedelta(days=30)
    )
    assert keys(world, "colleague", order="newest")[0] == world.case.pk


def without_the_plan(world: World, **choices: str) -> list[UUID]:
    """What Kela's list would be with a ground for names alone."""
    reading = reading_of(world.actor("kela"), now=world.now)
    rows = {c: row for c, row in reading.grounds.rows.items() if c == Category.IDENTITY_CONTACT}
    return cases_of(
        replace(reading, grounds=replace(reading.grounds, rows=rows)), CaseChoices(**choices)
    )


@pytest.mark.parametrize("choices", [{"plan": "in_force"}, {"plan": "drafting"}])
def test_a_plan_that_is_not_open_is_not_narrowed_by(
    in_force: World, choices: dict[str, str]
) -> None:
    assert keys(in_force, "kela", plan="in_force") == [in_force.case.pk]
    assert without_the_plan(in_force, **choices) == []


@pytest.mark.parametrize("order", ["due", "action"])
def test_a_day_that_is_not_open_orders_nothing(in_force: World, order: str) -> None:
    Person.objects.filter(pk=in_force.case.person_id).update(sort_key="zz")
    Action.objects.update(recorded_for="social")  # what Kela recorded itself, it sees always
    by_name = without_the_plan(in_force)
    earlier = day_of(in_force.now) - timedelta(days=60)
    Case.objects.filter(pk=by_name[-2]).update(started_on=earlier, first_contact_on=earlier)
    assert keys(in_force, "kela", order=order) != by_name
    assert without_the_plan(in_force, order=order) == by_name


def test_the_number_of_questions_is_that_of_any_number_of_cases(in_force: World) -> None:
    def asked(actor: Actor, order: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            cases_of(reading_of(actor, now=in_force.now), CaseChoices(order=order))
        return len(queries)

    for order in ("due", "action", "newest"):
        few = asked(in_force.actor("outsider"), order)
        assert few == asked(in_force.actor("social"), order) <= 12


def test_the_page_keeps_what_was_chosen_and_the_file_holds_the_same(
    in_force: World, login: Any
) -> None:
    browser = login("social")
    page = browser.get("/cases/?plan=in_force&order=due").content.decode()
    assert "My cases (1)" in page and "/cases/export.csv?plan=in_force&amp;order=due" in page
    searched = browser.post("/cases/", {"q": "zzz"}).headers["Location"]
    narrowed = browser.get(f"{searched}&plan=in_force").content.decode()
    assert "Nobody matches these filters." in narrowed
    assert f'name="found" value="{searched.partition("=")[2]}"' in narrowed  # and it goes on
    file = browser.post("/cases/export.csv?plan=in_force", {"reason": "my_work"})
    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[0].startswith("Client;Born;Non-disclosure;")
    assert in_force.case.person.last_name in lines[1] and "In force" in lines[1]
    assert AuditRow.objects.get(action="cases_exported").subjects == [in_force.case.pk]


def test_what_is_no_choice_is_none(world: World, login: Any) -> None:
    page = login("social").get("/cases/?order=secret&plan=x&whose=y")
    assert page.status_code == 200
