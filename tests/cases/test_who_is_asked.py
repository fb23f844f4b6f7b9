"""Whose clients live elsewhere now, and who is asked whether two records are one person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases import access
from cases.access import can_end_because_moved, can_hand_over
from cases.models import Case, TeamMembership
from common.decision import NotVisible
from people.models import LifeEvent, LifeKind, LifeState, Municipality, Person
from tests.personas import World


def lives_in(case: Case, code: str) -> None:
    Person.objects.filter(pk=case.person_id).update(municipality_code=code)


def a_municipality(network_id: Any) -> str:
    found = Municipality.objects.filter(networks__network_id=network_id).order_by("code").first()
    assert found is not None
    return found.code


def two_cases(world: World) -> tuple[Case, Case]:
    """Of one manager, both clients living in the network."""
    mine, other = (Case.objects.get(person__user__username=who) for who in ("client", "client2"))
    TeamMembership.objects.filter(case=other, until=None).delete()
    TeamMembership.objects.create(
        case=other, user_id=world.actor("employment").user_id, role="case_manager",
        since=world.now,
    )  # fmt: skip
    for case in (mine, other):
        lives_in(case, a_municipality(case.network_id))
    return mine, other


def test_a_case_whose_client_lives_in_no_municipality_of_the_network_has_moved_away(
    world: World,
) -> None:
    mine, other = two_cases(world)
    employment = world.actor("employment")

    def moved(who: str = "employment") -> set[Any]:
        rows = access.cases_moved_away(world.actor(who), now=world.now)
        return set(rows.values_list("pk", flat=True))

    assert moved() == set()
    lives_in(mine, a_municipality(world.actor("outsider").network_id))
    assert moved() == {mine.pk}
    assert can_end_because_moved(employment, mine, now=world.now)
    assert not can_end_because_moved(employment, other, now=world.now), "not theirs"
    lives_in(mine, "999")
    assert moved() == moved("social") == {mine.pk}, "of no network at all"
    for who in ("colleague", "outsider", "client", "director", "officer"):
        assert moved(who) == set(), who
    assert not can_end_because_moved(world.actor("social"), mine, now=world.now), "the manager"
    world.end_case()
    assert moved() == set()
    assert not can_hand_over(employment, Case.objects.get(pk=mine.pk), now=world.now)


def test_the_officer_alone_is_asked_about_two_records_and_only_while_it_is_asked(
    world: World,
) -> None:
    recorded = {"recorded_at": world.now, "recorded_by_id": world.actor("social").user_id}
    done = {"done_at": world.now, "done_by_id": world.actor("kela").user_id}
    first, second = Person.objects.order_by("pk")[:2]

    def event(person: Person, kind: LifeKind, state: LifeState, **more: Any) -> LifeEvent:
        return LifeEvent.objects.create(person=person, kind=kind, state=state, **recorded, **more)

    asked = event(first, LifeKind.JOINED, LifeState.ASKED)
    also = event(second, LifeKind.JOINED, LifeState.ASKED)
    event(first, LifeKind.UNPROTECTED, LifeState.ASKED)
    closed = {"closed_at": world.now + timedelta(days=1), "closed_by_id": done["done_by_id"]}
    event(first, LifeKind.JOINED, LifeState.TURNED_DOWN, **closed)
    officer = world.actor("officer")
    assert set(access.duplicates_to_judge(officer)) == {asked, also}
    assert access.get_possible_duplicate(officer, asked.pk) == asked
    assert access.get_possible_duplicate(officer, also.pk) == also
    for who in ("employment", "director", "client"):
        assert not access.duplicates_to_judge(world.actor(who)).exists()
        with pytest.raises(NotVisible):
            access.get_possible_duplicate(world.actor(who), asked.pk)
    with pytest.raises(NotVisible):
        access.get_possible_duplicate(officer, uuid4())
