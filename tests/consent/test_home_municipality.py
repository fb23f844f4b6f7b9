"""What the law lets Kela tell the home municipality: in the table, unsigned, opening nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from benefits.access import facts_known_to
from common.actor import system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.decision import Refused
from consent.models import Basis, Category, Choice, Fact, Ground
from consent.selectors import list_grounds_in_force
from consent.services import decide, draft_ground, sign_ground
from rights.selectors.processing import processing_record
from statutes.reader import law_on
from tests.personas import World

pytestmark = pytest.mark.django_db
NIGHT = system_actor("night")


def the_row() -> Ground:
    return Ground.objects.get(receiver=Receiver.MUNICIPALITY)


def draft(world: World, **other: Any) -> Ground:
    row: dict[str, Any] = {
        "category": Fact.PAID_DAY_COUNTS, "receiver": Receiver.MUNICIPALITY,
        "basis": Basis.STATUTE, "section": "x", "valid_from": day_of(world.now), "valid_to": None,
    }  # fmt: skip
    return draft_ground(actor=NIGHT, now=world.now, **{**row, **other})


def test_the_row_stands_with_its_section_and_is_off_until_signed(world: World, login: Any) -> None:
    told = law_on(day_of(world.now)).figure("home_municipality_told_days")
    assert (told.value, told.section) == (60, "1290/2002 13:6 (385/2023)")
    row = the_row()
    assert (row.section, row.basis, row.signed_at) == (told.section, Basis.STATUTE, None)
    assert "60" in row.note
    assert row.state_on(day_of(world.now)) == "draft"
    page = login("officer").get("/grounds/").content.decode()
    assert told.section in page
    assert "The home municipality" in page


def test_signed_it_opens_nothing_to_anybody_here_and_is_told_in_kelas_record(world: World) -> None:
    workers = [world.actor(who) for who in ("employment", "social", "kela")]
    before = [facts_known_to(worker, now=world.now) for worker in workers]
    assert processing_record(Body.KELA, now=world.now).told_home is None
    sign_ground(actor=NIGHT, ground_id=the_row().pk, signed_by="DPO", now=world.now)
    assert [facts_known_to(worker, now=world.now) for worker in workers] == before
    told = processing_record(Body.KELA, now=world.now).told_home
    assert told is not None
    assert (told.days, told.section) == (60, "1290/2002 13:6 (385/2023)")
    assert processing_record(Body.SOCIAL, now=world.now).told_home is None
    page = Client().get("/about/processing/kela/", headers={"accept-language": "en"})
    assert "paid unemployment benefit for 60 days in all" in page.content.decode()
    held = {
        row.category: dict(row.by_receiver) for row in list_grounds_in_force(on=day_of(world.now))
    }
    assert held[Fact.PAID_DAY_COUNTS][Receiver.MUNICIPALITY].everywhere is not None
    assert Receiver.MUNICIPALITY not in held[Category.PLAN_FOLLOW_UP]


@pytest.mark.parametrize(
    "other",
    [{"category": Category.PLAN_FOLLOW_UP.value}, {"network": True},
     {"category": Category.SELF_ASSESSMENT.value, "basis": Basis.CONSENT}],
)  # fmt: skip
def test_it_is_told_nothing_of_a_case_and_nothing_by_consent_or_a_networks_word(
    world: World, other: dict[str, Any]
) -> None:
    network = world.case.network_id if other.pop("network", False) else None
    with pytest.raises(Refused):
        draft(world, network_id=network, **other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.filter(pk=the_row().pk).update(network_id=network, **other)


@pytest.mark.parametrize("choice", list(Choice))
def test_there_is_nothing_to_agree_to(world: World, choice: Choice) -> None:
    with pytest.raises(Refused):
        decide(
            actor=world.actor("client"), case=world.case, choice=choice,
            receiver=Receiver.MUNICIPALITY, purpose="x", categories=[Category.SELF_ASSESSMENT],
            now=world.now,
        )  # fmt: skip
