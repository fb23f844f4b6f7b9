"""A case moves by one table, which the service, the database and the drawing share."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from audit.models import AuditRow
from cases.lifecycle import (
    ENDED_STATES,
    TRANSITIONS,
    CaseState,
    TransitionKind,
    transition_between,
)
from cases.models import Case
from cases.services import move_case
from common.clock import day_of
from common.decision import Refused
from people.models import Network, User
from tests.builders import CaseFactory, remove_case
from tests.personas import World

ONE_DAY = timedelta(days=1)
PAIRS = [(a, b) for a, b in itertools.product(CaseState, CaseState) if a != b]
OTHER_WAYS = [
    (*pair, way) for pair in PAIRS for way in (TransitionKind.IMMEDIATE, TransitionKind.UNDONE)
]


def stands(world: World, state: CaseState) -> Case:
    """A case of somebody else that stands in a state as if it had come there."""
    person = User.objects.get(username="client2").person
    elsewhere = Network.objects.exclude(cases__person=person)[0]
    return CaseFactory(
        person=person, network_id=elsewhere.pk, state=state, led_by=world.actor("employment"),
        now=world.now,
    )  # fmt: skip


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_service_and_the_database_let_through_exactly_the_moves_of_the_table(
    world: World, before: CaseState, after: CaseState
) -> None:
    case = stands(world, before)
    actor = world.actor("employment")
    if transition_between(before, after) is None:
        with pytest.raises(Refused):
            move_case(actor=actor, case=case, to=after, now=world.now)
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(state=after)
        return
    move_case(actor=actor, case=case, to=after, now=world.now)
    case.refresh_from_db()
    assert case.state == after
    assert case.is_open == (after not in ENDED_STATES)
    assert AuditRow.objects.filter(case_id=case.pk, action__startswith="case_").exists()


@pytest.mark.parametrize(("before", "after", "way"), OTHER_WAYS)
def test_a_change_in_life_moves_a_case_by_its_own_ways_and_by_no_other(
    world: World, before: CaseState, after: CaseState, way: TransitionKind
) -> None:
    case = stands(world, before)
    if way == TransitionKind.UNDONE:
        if before != CaseState.CLOSED:
            return  # what goes on has ended by a change in life, which the database holds
        remove_case(case)
        case = stands(world, CaseState.MAPPING)
        Case.objects.filter(pk=case.pk).update(
            state=before, ended_because="died", ended_at=world.now, ended_by=case.opened_by
        )
    ended = after in ENDED_STATES
    values = {
        "state": after,
        "ended_because": "died" if way == TransitionKind.IMMEDIATE else "",
        "ended_at": world.now if ended else None,
        "ended_by": case.opened_by if ended else None,
        "started_on": day_of(world.now),
    }
    moving = Case.objects.filter(pk=case.pk)
    if transition_between(before, after, way) is None:
        with pytest.raises(DatabaseError), transaction.atomic():
            moving.update(**values)
        return
    moving.update(**values)
    assert Case.objects.get(pk=case.pk).state == after


def test_no_case_stands_there_before_it_has_started(world: World) -> None:
    """Before the start there is a row of one body's own, and no case (381/2023 s. 12)."""
    assert {m.after for m in TRANSITIONS if m.before is None} == {CaseState.MAPPING}
    case = stands(world, CaseState.MAPPING)
    for values in ({"started_on": None}, {"first_contact_on": day_of(world.now) + ONE_DAY}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**values)


def test_the_drawing_in_the_docs_is_the_table() -> None:
    call_command("draw_lifecycle", check=True)


def test_an_old_drawing_is_found(tmp_path: object, settings: object) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(CommandError):
        call_command("draw_lifecycle", check=True)
