"""Non-disclosure: on at once by anybody on the team, off by two."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from caseplan.plan.selectors import changes_for_day, own_changes, protections_asked
from cases.models import Case
from cases.services import (
    ask_to_end_protection,
    confirm_change,
    keep_protected,
    record_protection,
    turn_change_down,
    undo_change,
)
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, Refused
from followup.letters import letter_for
from followup.models import Notification
from followup.services import notify_of_messages, notify_of_the_night
from people.models import LifeEvent, LifeState, Person, ProtectionQuestion
from tests.cases.in_life import differing, everything
from tests.personas import World

NIGHT = system_actor("night")


def case_of(world: World) -> Case:
    return Case.objects.get(pk=world.case.pk)


def is_on(world: World) -> bool:
    return Person.objects.get(pk=world.case.person_id).non_disclosure


def goes_off(world: World) -> LifeEvent:
    return ask_to_end_protection(
        actor=world.actor("social"), case=case_of(world), reason="The client asked.", now=world.now
    )


def test_on_works_at_once_and_letters_that_wait_are_not_handed_over(world: World) -> None:
    Person.objects.filter(pk=world.case.person_id).update(email="aino@example.invalid")
    notify_of_the_night(actor=NIGHT, on=day_of(world.now), now=world.now)
    waiting = Notification.objects.filter(user=world.case.person.user)
    assert letter_for(waiting[0], on=day_of(world.now)) is not None
    event = record_protection(actor=world.actor("kela"), case=case_of(world), now=world.now)
    assert is_on(world)
    assert letter_for(waiting[0], on=day_of(world.now)) is None
    assert [c.event for c in changes_for_day(world.actor("social"), now=world.now)] == [event]
    with pytest.raises(Refused):
        record_protection(actor=world.actor("kela"), case=case_of(world), now=world.now)
    with pytest.raises(NotAllowed):
        record_protection(actor=world.actor("colleague"), case=case_of(world), now=world.now)


def test_nobody_takes_it_off_alone_not_even_by_taking_it_back(world: World) -> None:
    event = record_protection(actor=world.actor("kela"), case=case_of(world), now=world.now)
    with pytest.raises(NotAllowed), transaction.atomic():
        undo_change(actor=world.actor("kela"), event_id=event.pk, now=world.now)
    with pytest.raises(Refused) as refused, transaction.atomic():
        ask_to_end_protection(
            actor=world.actor("kela"), case=case_of(world), reason=" ", now=world.now
        )
    assert refused.value.field == "reason"
    off = goes_off(world)
    assert is_on(world)
    with pytest.raises(NotAllowed), transaction.atomic():
        confirm_change(actor=world.actor("social"), event_id=off.pk, now=world.now)
    confirm_change(actor=world.actor("kela"), event_id=off.pk, now=world.now)
    assert not is_on(world)
    undo_change(actor=world.actor("social"), event_id=off.pk, now=world.now)
    assert is_on(world)


def test_off_is_taken_back_whole_with_the_registers_question(world: World) -> None:
    record_protection(actor=world.actor("kela"), case=case_of(world), now=world.now)
    ProtectionQuestion.objects.create(person_id=world.case.person_id, said_at=world.now)
    before = everything()
    off = goes_off(world)
    assert protections_asked(world.actor("kela"), now=world.now) == []  # it is being answered
    confirm_change(actor=world.actor("kela"), event_id=off.pk, now=world.now)
    assert not ProtectionQuestion.objects.exists()
    undo_change(actor=world.actor("kela"), event_id=off.pk, now=world.now)
    assert differing(before, everything()) == {}


def test_a_register_that_says_it_ended_waits_for_the_team(world: World) -> None:
    record_protection(actor=world.actor("kela"), case=case_of(world), now=world.now)
    asked = ProtectionQuestion.objects.create(person_id=world.case.person_id, said_at=world.now)
    for who, cases in (("employment", [world.case]), ("colleague", []), ("outsider", [])):
        assert protections_asked(world.actor(who), now=world.now) == cases
    keep_protected(actor=world.actor("social"), case=case_of(world), now=world.now)
    assert is_on(world)
    asked.refresh_from_db()
    assert asked.answered_by_id == world.actor("social").user_id
    assert protections_asked(world.actor("employment"), now=world.now) == []


def test_turned_down_it_stays_on_and_the_register_is_answered(world: World) -> None:
    record_protection(actor=world.actor("kela"), case=case_of(world), now=world.now)
    asked = ProtectionQuestion.objects.create(person_id=world.case.person_id, said_at=world.now)
    off = goes_off(world)
    turn_change_down(actor=world.actor("kela"), event_id=off.pk, now=world.now)
    off.refresh_from_db()
    asked.refresh_from_db()
    assert is_on(world) and off.state == LifeState.TURNED_DOWN and asked.answered_at == world.now


def test_the_client_reads_of_it_and_is_written_to_where_that_is_allowed(
    world: World, login: Any
) -> None:
    Person.objects.filter(pk=world.case.person_id).update(
        email="aino@example.invalid", non_disclosure=True
    )
    off = goes_off(world)
    assert own_changes(world.actor("client"), now=world.now) == []
    confirm_change(actor=world.actor("kela"), event_id=off.pk, now=world.now)
    assert own_changes(world.actor("client"), now=world.now) == [off]
    notify_of_messages(actor=NIGHT, now=world.now)
    assert Notification.objects.filter(
        user=world.case.person.user, notice="message", about=str(off.pk)
    ).exists()
    assert "no longer under non-disclosure" in login("client").get("/my/").content.decode()
