"""Who comes in by an identity that a provider has proved: whoever is linked to it, nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from common.actor import system_actor
from people.entering import Claim, VerifiedIdentity, Whom
from people.models import ExternalLogIn, User
from people.services import NotKnown, enter
from tests.personas import World

LOG_IN = system_actor("log-in")


def identity(world: World, subject: str, issuer: str = "https://id.example.fi") -> VerifiedIdentity:
    return VerifiedIdentity(
        provider="county", issuer=issuer, subject=subject, whom=Whom.STAFF, bodies=frozenset(),
        level="substantial", acr="loa2", authenticated_at=world.now,
        claims={Claim.GIVEN_NAME: ("Aino", "Aila")},
    )  # fmt: skip


def linked(world: World, username: str, subject: str) -> ExternalLogIn:
    return ExternalLogIn.objects.create(
        issuer="https://id.example.fi", subject=subject, first_seen=world.now, last_seen=world.now,
        user=User.objects.get(username=username),
    )  # fmt: skip


def test_whoever_is_linked_comes_in_and_nobody_else(world: World) -> None:
    link, later = linked(world, "social", "s-17"), world.now + timedelta(hours=1)
    assert enter(actor=LOG_IN, identity=identity(world, "s-17"), now=later).user == link.user
    link.refresh_from_db()
    assert link.last_seen == later
    # Another's subject, other letters, the same subject of another provider.
    for other in (identity(world, "s-18"), identity(world, "S-17"),
                  identity(world, "s-17", "https://id.example.se")):  # fmt: skip
        with pytest.raises(NotKnown):
            enter(actor=LOG_IN, identity=other, now=later)


def test_nobody_comes_in_whose_account_is_closed(world: World) -> None:
    linked(world, "social", "s-17")
    User.objects.filter(username="social").update(is_active=False)
    with pytest.raises(NotKnown):
        enter(actor=LOG_IN, identity=identity(world, "s-17"), now=world.now)


def test_two_people_are_never_one_subject(world: World) -> None:
    linked(world, "social", "s-17")
    with pytest.raises(IntegrityError), transaction.atomic():
        linked(world, "kela", "s-17")


def test_an_identity_is_not_shown_by_accident(world: World) -> None:
    assert "Aino" not in repr(identity(world, "s-17"))
    assert identity(world, "s-17").first(Claim.GIVEN_NAME) == "Aino"
    assert identity(world, "s-17").first(Claim.EMAIL) == ""
