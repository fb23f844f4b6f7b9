"""The record of processing tells what the law, the table of grounds and the figures say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from common.actor import system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from consent.models import CLOSED_LIST, Basis, Category, Fact, Ground
from consent.services import draft_ground, end_ground, sign_ground
from people.models import Network
from rights.selectors import processing_record
from rights.selectors.processing import FACTS, HOLDS
from statutes.reader import law_on
from tests.personas import World

TEST = system_actor("test")


@pytest.mark.django_db
def test_the_record_is_open_to_everybody_logged_in_or_not(world: World, login: Any) -> None:
    for client in (Client(), login("client"), login("kela"), login("officer")):
        assert client.get("/about/").status_code == 200
        assert b"/about/processing/" in client.get("/about/").content
        assert client.get("/about/processing/").status_code == 200
        for body in Body:
            assert client.get(f"/about/processing/{body.value}/").status_code == 200


def test_somebody_who_is_no_body_has_no_record(world: World) -> None:
    assert Client().get("/about/processing/outside/").status_code == 404
    assert Client().get("/about/processing/nobody/").status_code == 404


def test_every_kind_of_information_is_told_with_what_it_holds(world: World) -> None:
    assert set(HOLDS) == set(Category)
    assert set(FACTS) == set(Fact)
    record = processing_record(Body.KELA, now=world.now)
    assert [kind.category for kind in record.given] == list(Category)
    assert {k.category for k in record.given if not k.beyond_the_list} == CLOSED_LIST


def test_recipients_are_the_others_on_the_grounds_that_hold_today(world: World) -> None:
    record = processing_record(Body.SOCIAL, now=world.now)
    for kind in record.given:
        assert [who for who, _held in kind.receivers] == [
            Receiver.EMPLOYMENT, Receiver.KELA, Receiver.OUTSIDE,
        ]  # fmt: skip
        for who, held in kind.receivers:
            row = Ground.objects.get(
                category=kind.category, receiver=who, valid_from__lte=day_of(world.now),
                valid_to=None,
            )  # fmt: skip
            assert held.everywhere == row
    situation = record.given[3]
    assert situation.category == Category.SOCIAL_SITUATION
    by = dict(situation.receivers)
    assert by[Receiver.KELA].everywhere.basis == Basis.CONSENT
    assert by[Receiver.EMPLOYMENT].everywhere.section == "381/2023 15 §"


def test_a_ground_that_ends_leaves_the_record_the_day_after(world: World) -> None:
    today = day_of(world.now)
    row = Ground.objects.get(
        category=Category.SERVICE_NEEDS, receiver=Receiver.KELA, valid_to=None
    )  # fmt: skip
    end_ground(actor=TEST, ground_id=row.pk, last_day=today, now=world.now)

    def held(days: int) -> Any:
        record = processing_record(Body.SOCIAL, now=world.now + timedelta(days=days))
        kind = next(k for k in record.given if k.category == Category.SERVICE_NEEDS)
        return dict(kind.receivers)[Receiver.KELA].everywhere

    assert held(0) == row
    assert held(1) is None


def test_a_draft_is_in_nobodys_record_until_it_is_signed(world: World) -> None:
    draft = draft_ground(
        actor=TEST, category=Fact.BENEFIT_PERIODS, receiver=Receiver.SOCIAL, basis=Basis.STATUTE,
        section="9/2026 9 §", valid_from=day_of(world.now), valid_to=None, now=world.now,
    )  # fmt: skip
    page = "/about/processing/social/"
    assert "9/2026" not in Client().get(page).content.decode()
    sign_ground(actor=TEST, ground_id=draft.pk, signed_by="O", now=world.now)
    assert "9/2026" in Client().get(page).content.decode()


def test_what_a_body_knows_before_a_case_is_told_with_its_ground_and_network(world: World) -> None:
    kela, social = (processing_record(body, now=world.now) for body in (Body.KELA, Body.SOCIAL))
    assert {known.fact for known in kela.known_before} == {
        Fact.BENEFIT_PERIODS, Fact.PAID_DAY_COUNTS,
    }  # fmt: skip
    (known,) = social.known_before
    assert known.ground.everywhere is None
    assert [row.section for row in known.ground.own] == ["verkoston oma päätös"]
    own = Network.objects.get(pk=known.ground.own[0].network_id)
    assert own.name in Client().get("/about/processing/social/").content.decode()


def test_times_of_keeping_are_the_figures_of_the_day(world: World) -> None:
    record = processing_record(Body.KELA, now=world.now)
    law = law_on(day_of(world.now))
    assert [(kept.value, kept.unit) for kept in record.kept] == [
        (law.retention_years.value, "years"),
        (law.figure("register_facts_months").value, "months"),
        (law.figure("access_log_years").value, "years"),
    ]
    page = Client().get("/about/processing/kela/", headers={"accept-language": "en"})
    said = " ".join(page.content.decode().split())
    assert "4 years after the case has ended (381/2023 12 §)" in said


def test_sections_are_those_of_the_law_of_the_day(world: World) -> None:
    assert (
        processing_record(Body.KELA, now=world.now).sections["joint_controllers"] == "381/2023 13 §"
    )
    before = law_on(day_of(world.now).replace(year=2023))
    assert before.section_of("joint_controllers") == "1369/2014 9 b § (339/2022)"
    assert before.section_of("purposes_beside") == ""
    assert law_on(day_of(world.now).replace(year=2016)).section_of("joint_controllers") == ""


def test_the_record_names_no_member_of_staff_and_no_client(world: World) -> None:
    for body in Body:
        page = Client().get(f"/about/processing/{body.value}/").content.decode()
        for name in ("Oona", world.case.person.last_name, "SIGNED"):
            assert name not in page
        assert "Signed" not in page
