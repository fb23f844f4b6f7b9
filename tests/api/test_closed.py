"""Whatever is closed to a reader, the JSON face answers, and tells none of it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db.models import Q

from caseplan.plan.models import Action, Goal, PlannedService
from common.bodies import Party, Receiver
from consent.models import Basis, Category, Choice
from consent.services import decide
from tests.consent.deciding import signed
from tests.personas import World

# Nothing, each kind alone, all but each, every two of those that no row holds, and everything.
BESIDE = (Category.IDENTITY_CONTACT, Category.CASE_HANDLING, Category.PLAN_FOLLOW_UP)
ALL = frozenset(Category)
OWN = Q(recorded_for=Party.KELA)  # what a body wrote itself is open to it in any case
OPENED = [
    frozenset(), *(frozenset({c}) for c in Category), *(ALL - {c} for c in Category),
    *(frozenset(two) for two in combinations(BESIDE, 2)), ALL - {*BESIDE}, ALL,
]  # fmt: skip


@pytest.mark.parametrize("opened", OPENED, ids=lambda kinds: "+".join(sorted(kinds)) or "nothing")
def test_every_answer_stands_whatever_is_closed(
    world: World, login: Any, opened: frozenset[Category]
) -> None:
    """In this network the client decides on all that Kela sees, and opens just these kinds."""
    for category in Category:
        signed(world, category=category, basis=Basis.CONSENT)
    if opened:
        decide(
            actor=world.actor("client"), case=world.case, choice=Choice.GRANTED,
            receiver=Receiver.KELA, office_id=None, categories=sorted(opened), purpose="p",
            now=world.now,
        )  # fmt: skip
    kela, key, person = login("kela"), str(world.case.pk), world.case.person

    def asked(path: str) -> Any:
        answer = kela.get(f"/api/v1/{path}")
        assert answer.status_code == 200, path
        return answer.json()

    (listed,) = [row for row in asked("cases/")["results"] if row["id"] == key]
    (planned,) = [row for row in asked("plans/")["results"] if row["id"] == key]
    case, plan = asked(f"cases/{key}/"), asked(f"plans/{key}/")
    assert (listed, planned) == (case, plan)
    for told in (case, plan):
        named = Category.IDENTITY_CONTACT in opened
        assert (person.last_name in told["client"]) == named
        assert (told["birth_year"] is not None) == named
    assert bool(case["case_manager"]) == (Category.CASE_HANDLING in opened)
    of_the_clock = {case["clock"], case["clock_due_on"], case["clock_section"]}
    assert (of_the_clock == {None}) == (Category.PLAN_FOLLOW_UP not in opened)
    a_version = plan["version_in_force"] or plan["open_proposal"]
    assert bool(a_version) == (Category.PLAN_FOLLOW_UP in opened)
    own = {str(row.pk) for of in (Goal, Action, PlannedService) for row in of.objects.filter(OWN)}
    rows = [row for part in ("goals", "actions", "measures") for row in plan[part]]
    assert {row["category"] for row in rows if row["id"] not in own} <= {c.value for c in opened}
    answer = kela.get(f"/api/v1/explanations/{person.pk}/unemployed_12_months/")
    assert answer.status_code in (200, 404)
    assert answer.headers["Content-Type"] == "application/json"
