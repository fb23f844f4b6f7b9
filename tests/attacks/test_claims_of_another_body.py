"""Whoever keeps one body's directory wants into another body's office, or into an account here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from common.actor import ActorKind
from common.decision import NotVisible, Refused
from people import services
from people.access import entry_requests_seen_by
from people.models import EntryRequest, ExternalLogIn, Position, User
from people.selectors import actor_for
from people.services import EntryBar, enter
from tests.people.test_entering import LOG_IN, bar_of, identity, linked
from tests.people.test_letting_in import comes, lets_in, office
from tests.people.test_staff import leads, position
from tests.personas import World


@pytest.fixture(autouse=True)
def led(world: World) -> None:
    for who in ("social", "kela", "colleague"):
        leads(who)


def of_kela() -> Any:
    return position("kela").office


def test_a_claim_of_kelas_office_by_the_countys_directory_reaches_nobody_at_kela(
    world: World,
) -> None:
    asked = comes(world, body="kela", office=of_kela().name, role="caseworker")
    assert not entry_requests_seen_by(world.actor("kela"), now=world.now).exists()
    with pytest.raises(NotVisible):
        lets_in(world, world.actor("kela"), asked, office_id=of_kela().pk)
    # The county's own leader reads that its directory oversteps, and cannot let them in there.
    assert entry_requests_seen_by(world.actor("social"), now=world.now).get() == asked
    assert asked.oversteps
    with pytest.raises(Refused):
        lets_in(world, world.actor("social"), asked, office_id=of_kela().pk)
    assert not Position.objects.filter(user=asked.user).exists()


def test_a_county_speaks_for_no_office_of_another_network(world: World) -> None:
    """Both are social services; the operator's file says for which network each speaks."""
    other = Position.objects.get(user__username="social2").office
    assert other is not None
    who = replace(
        identity(world, "s-9", office=other.name), networks=frozenset({office().network.name})
    )
    user = enter(actor=LOG_IN, identity=who, now=world.now).user
    asked = EntryRequest.objects.get(user=user)
    assert asked.oversteps and other not in asked.offices.all()
    named = replace(who, subject="s-10", networks=frozenset(), offices=frozenset({office().name}))
    enter(actor=LOG_IN, identity=named, now=world.now)
    assert not EntryRequest.objects.filter(offices=other).exists()


@pytest.mark.parametrize("role", ["director", "officer", "leader", "granter", "admin"])
def test_no_claimed_role_is_a_role_here(world: World, role: str) -> None:
    asked = comes(world, role=role, title=role)
    lets_in(world, world.actor("social"), asked)
    given = Position.objects.get(user=asked.user)
    assert given.role == "caseworker" and not given.leads
    assert actor_for(asked.user, now=world.now).kind is ActorKind.WORKER


def test_the_address_of_a_colleague_in_a_claim_is_no_way_into_their_account(world: World) -> None:
    User.objects.filter(username="social").update(
        email="sanna@county.example", email_confirmed_at=world.now
    )
    asked = comes(world, email="sanna@county.example", given_name="Sanna", family_name="Social")
    assert asked.user.username != "social" and asked.user.email == ""
    assert actor_for(asked.user, now=world.now).kind is ActorKind.STRANGER
    # Nor with the leader's help, who would be into their worker's account with an accomplice's.
    with pytest.raises(Refused), transaction.atomic():
        services.link_unused_account(
            actor=world.actor("social"), request_id=asked.pk, username="social", now=world.now
        )


def test_the_name_of_an_account_in_a_claim_is_no_way_into_it(world: World) -> None:
    """The directory chooses the subject: it can be made to say anything."""
    for subject in ("social", str(position("social").user_id), "county.social"):
        assert comes(world, subject=subject).user.username != "social"


def test_the_directory_of_before_opens_no_work_at_another_body(world: World) -> None:
    """Somebody went from the county to Kela; the county gives their subject to another."""
    linked(world, "kela", "s-17")
    assert bar_of(world, identity(world, "s-17")) is EntryBar.OTHER_BODY


def test_a_leader_lets_nobody_in_twice_with_two_answers(world: World) -> None:
    asked = comes(world)
    lets_in(world, world.actor("social"), asked)
    with pytest.raises(Refused):
        lets_in(world, world.actor("social"), asked)
    assert Position.objects.filter(user=asked.user).count() == 1


def test_whoever_waits_lets_nobody_in_and_not_themselves(world: World) -> None:
    asked = comes(world)
    with pytest.raises(NotVisible):
        lets_in(world, actor_for(asked.user, now=world.now), asked)
    with pytest.raises(Exception, match="entry_not_let_in_by_oneself"), transaction.atomic():
        EntryRequest.objects.filter(pk=asked.pk).update(
            state="granted", decided_at=world.now, decided_by=asked.user
        )
    assert ExternalLogIn.objects.get(user=asked.user)
