"""Whoever keeps the organisation wants to read cases by a system, or a key, of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from common.decision import NotAllowed, NotVisible
from people import services
from people.models import MachineKey
from tests.api.registering import OTHERS, System, proposed, public, registered, system
from tests.people.test_staff import leads, position
from tests.personas import World
from web.machines.keys import read_public_keys


def test_the_keeper_decides_neither_a_system_nor_a_key_of_it(world: World) -> None:
    keeper = world.actor("keeper")
    machine = proposed(world)
    with pytest.raises(NotAllowed):
        services.decide_machine(actor=keeper, machine_id=machine.pk, accepted=True, now=world.now)
    assert system(machine).asks().status_code == 401


def test_a_key_of_the_keepers_own_counts_for_nothing_alone(world: World) -> None:
    keeper, machine = world.actor("keeper"), registered(world)
    (key,) = read_public_keys(public(OTHERS))
    row = services.propose_machine_key(actor=keeper, machine_id=machine.pk, key=key, now=world.now)
    thief = System(str(machine.pk), OTHERS)
    assert thief.asks().status_code == 401
    with pytest.raises(NotAllowed):
        services.decide_machine_key(actor=keeper, key_id=row.pk, accepted=True, now=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        MachineKey.objects.filter(pk=row.pk).update(
            state="done", decided_by=keeper.user_id, decided_at=world.now
        )
    assert thief.asks().status_code == 401
    services.decide_machine_key(
        actor=world.actor("officer"), key_id=row.pk, accepted=True, now=world.now
    )
    assert thief.asks().status_code == 200


def test_whoever_leads_for_the_same_body_or_since_yesterday_is_no_second_person(
    world: World,
) -> None:
    machine = proposed(world)
    for who in ("kela", "social"):
        leads(who)
    with pytest.raises(NotAllowed):
        services.decide_machine(
            actor=world.actor("kela"), machine_id=machine.pk, accepted=True, now=world.now
        )
    social = position("social")
    type(social).objects.filter(pk=social.pk).update(since=world.now - timedelta(days=2))
    with pytest.raises(NotAllowed):
        services.decide_machine(
            actor=world.actor("social"), machine_id=machine.pk, accepted=True, now=world.now
        )
    type(social).objects.filter(pk=social.pk).update(since=world.now - timedelta(days=30))
    services.decide_machine(
        actor=world.actor("social"), machine_id=machine.pk, accepted=True, now=world.now
    )
    assert system(machine).asks().status_code == 200


def test_another_networks_leader_neither_sees_nor_ends_it(world: World) -> None:
    machine = registered(world)
    leads("outsider")
    for act in (services.end_machine, services.decide_machine):
        more = {"accepted": True} if act is services.decide_machine else {}
        with pytest.raises(NotVisible):
            act(actor=world.actor("outsider"), machine_id=machine.pk, now=world.now, **more)


def test_an_officer_who_proposes_as_keeper_is_not_asked_as_officer(world: World) -> None:
    """Two log-ins of one person are two users; one user with both hats is refused all the same."""
    machine = proposed(world)
    both = replace(world.actor("officer"), user_id=machine.proposed_by_id)
    with pytest.raises(NotAllowed):
        services.decide_machine(actor=both, machine_id=machine.pk, accepted=True, now=world.now)
