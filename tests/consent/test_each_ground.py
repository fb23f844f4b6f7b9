"""On which ground a thing is seen, what is seen on none, and what each of the bodies may record."""

from __future__ import annotations

from typing import Any

import pytest

from caseplan.plan.models import Goal
from caseplan.plan.services import add_goal
from cases.models import Case
from common.bodies import Body, Receiver
from common.clock import day_of
from common.decision import NotVisible
from consent.access import (
    NEVER,
    GroundRow,
    Grounds,
    categories_open_in,
    categories_recordable_by,
    filter_by_grounds,
    open_category,
    open_in,
    within_case,
)
from consent.models import CLOSED_LIST, Basis, Category, Choice
from consent.services import decide
from records.access import get_row
from tests.consent.deciding import signed
from tests.looks import looks_at
from tests.personas import World

PLAN, OTHERS = Category.PLAN_FOLLOW_UP, Category.SOCIAL_SITUATION


def goal_of(world: World, by: str, category: Category, text: str = "x") -> Goal:
    return add_goal(
        actor=world.actor(by), case=world.case, category=category, text=text, now=world.now
    )


def test_the_log_says_of_each_kind_whether_the_law_a_yes_or_ones_own_record_opened_it(
    world: World, login: Any
) -> None:
    """What the law opens is said by its section, also where it is the body's own record."""
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.GRANTED,
        receiver=Receiver.KELA, categories=[OTHERS], purpose="p", now=world.now,
    )  # fmt: skip
    signed(world, category=Category.EDUCATION_WORK, basis=Basis.CONSENT, section="9 §")
    for by, category in (("social", PLAN), ("kela", PLAN), ("kela", Category.EDUCATION_WORK)):
        goal_of(world, by, category)
    assert login("kela").get(f"/cases/{world.case.pk}/").status_code == 200
    look = looks_at(world.case.pk, actor=world.actor("kela").label)[-1]
    assert "§" in look.grounds[PLAN.value]
    assert look.grounds[OTHERS.value] == "consent"
    assert look.grounds[Category.EDUCATION_WORK.value] == "own"


def test_one_row_opened_by_a_yes_is_the_ground_though_others_are_ones_own(world: World) -> None:
    """Whatever the order in which they are read."""
    on = day_of(world.now)
    grounds = Grounds(Receiver.KELA, on)
    own = Goal(category=OTHERS, recorded_for="kela")
    theirs = Goal(category=OTHERS, recorded_for="social")
    assert grounds.ground_of([own]) == {OTHERS.value: "own"}
    assert grounds.ground_of([own, theirs]) == {OTHERS.value: "consent"}
    assert grounds.ground_of([theirs, own]) == {OTHERS.value: "consent"}
    assert Grounds(None, on, person_id=world.case.person_id).ground_of([theirs]) == {}


def test_what_no_ground_speaks_of_is_closed_however_it_is_asked(world: World) -> None:
    """A kind for which the table has no row towards this receiver, a yes or not."""
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.GRANTED,
        receiver=Receiver.KELA, categories=[OTHERS], purpose="p", now=world.now,
    )  # fmt: skip
    nothing = Grounds(Receiver.KELA, day_of(world.now))
    for grounds in (nothing, within_case(nothing, world.case.pk)):
        for category in Category:
            assert open_category(grounds, category) == NEVER
            assert open_in(grounds, category, [world.case.pk]) == set()
        assert categories_open_in(grounds, world.case.pk) == set()
        seen = filter_by_grounds(grounds, Goal.objects.filter(case=world.case))
        assert set(seen.values_list("recorded_for", flat=True)) <= {"kela"}
    nobody = Grounds(None, day_of(world.now))
    assert not filter_by_grounds(nobody, Goal.objects.filter(case=world.case)).exists()


def test_one_row_opens_by_its_address_to_the_office_that_was_told_yes_alone(
    world: World, login: Any
) -> None:
    path = f"/goals/{world.debts_goal.pk}/"
    assert login("kela").get(path).status_code == 404

    def says(choice: Choice, office_id: Any) -> None:
        decide(
            actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
            office_id=office_id, categories=[OTHERS], purpose="p", now=world.now,
        )  # fmt: skip

    says(Choice.GRANTED, world.actor("kela").office_id)
    assert login("kela").get(path).status_code == 200
    says(Choice.REVOKED, world.actor("kela").office_id)
    assert login("kela").get(path).status_code == 404


def test_an_outside_party_opens_one_row_by_what_was_opened_to_them_alone(world: World) -> None:
    association = world.actor("association")
    assert get_row(association, Goal, world.own_goal.pk, now=world.now) == world.own_goal
    with pytest.raises(NotVisible):
        get_row(association, Goal, world.debts_goal.pk, now=world.now)


def test_a_yes_in_one_case_is_no_yes_in_the_other_of_the_same_reader(world: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.GRANTED,
        receiver=Receiver.KELA, categories=[OTHERS], purpose="p", now=world.now,
    )  # fmt: skip
    theirs = add_goal(
        actor=world.actor("social"), case=other, category=OTHERS, text="x", now=world.now
    )
    assert theirs.case_id == other.pk
    decide(
        actor=world.actor("client2"), case=other, choice=Choice.DENIED,
        receiver=Receiver.KELA, categories=[OTHERS], purpose="p", now=world.now,
    )  # fmt: skip
    for row, opens in ((world.debts_goal, True), (theirs, False)):
        grounds = Grounds(
            Receiver.KELA, day_of(world.now), {OTHERS.value: GroundRow(Basis.CONSENT, "1 §")}
        )
        assert filter_by_grounds(grounds, Goal.objects.filter(pk=row.pk)).exists() == opens
        read = within_case(grounds, row.case_id)
        assert filter_by_grounds(read, Goal.objects.filter(pk=row.pk)).exists() == opens


@pytest.mark.parametrize(
    ("who", "more"),
    [("client", {Category.SELF_ASSESSMENT}), ("kela", {Category.BENEFITS_DETAIL}),
     ("social", set()), ("employment", set())],
)  # fmt: skip
def test_everybody_records_the_closed_list_and_two_their_own_kind(
    world: World, who: str, more: set[Category]
) -> None:
    found = categories_recordable_by(world.actor(who))
    assert set(found) == CLOSED_LIST | more and len(found) == len(set(found))
    assert not CLOSED_LIST & {Category.SELF_ASSESSMENT, Category.BENEFITS_DETAIL}
    assert world.actor("kela").body == Body.KELA
