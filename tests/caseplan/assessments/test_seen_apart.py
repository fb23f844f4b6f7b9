"""The client and an expert see work ability differently: both are told, and neither is changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.assessments.selectors import open_assessments
from caseplan.assessments.services import assess_oneself, rate_work_ability
from common.bodies import Party
from common.clock import day_of
from common.dates import add_months
from tests.personas import World


@pytest.fixture(autouse=True)
def unrated(world: World) -> None:
    Assessment.objects.filter(case=world.case).delete()
    ExpertRating.objects.filter(case=world.case).delete()


def rates_oneself(world: World, score: int, on: date) -> None:
    assess_oneself(
        actor=world.actor("client"), case=world.case, instrument="own_rating", version="1",
        taken_on=on, scores={"work_ability": score}, now=world.now,
    )  # fmt: skip


def is_rated(world: World, score: int, on: date, by: str = "social") -> None:
    rate_work_ability(
        actor=world.actor(by), case=world.case, on=on, work_ability=score, basis="Seen at work.",
        now=world.now,
    )  # fmt: skip


def apart(world: World, who: str = "client") -> list[tuple[Party, int]]:
    page = open_assessments(world.actor(who), world.case.pk, now=world.now)
    return [(w.party, w.score) for w in page.apart(on=day_of(world.now))]


@pytest.mark.parametrize(("theirs", "differs"), [(7, True), (6, False), (1, True), (2, False)])
def test_three_points_are_a_difference_and_two_are_none(
    world: World, theirs: int, differs: bool
) -> None:
    today = day_of(world.now)
    rates_oneself(world, 4, today)
    is_rated(world, theirs, today)
    assert bool(apart(world)) is differs


def test_it_is_between_the_newest_ratings_and_those_within_half_a_year(world: World) -> None:
    today = day_of(world.now)
    is_rated(world, 9, add_months(today, -6) - timedelta(days=1))
    rates_oneself(world, 2, today)
    assert apart(world) == [], "what was seen long ago contradicts nothing"
    is_rated(world, 9, add_months(today, -6), by="kela")
    assert apart(world) == [(Party.CLIENT, 2), (Party.KELA, 9)]
    is_rated(world, 3, today, by="kela")
    assert apart(world) == [], "the newer rating of a body stands for it"


def test_neither_is_overwritten_and_no_body_is_told_of_what_it_may_not_see(world: World) -> None:
    today = day_of(world.now)
    rates_oneself(world, 2, today)
    is_rated(world, 8, today)
    assert apart(world) == [(Party.CLIENT, 2), (Party.SOCIAL, 8)]
    assert Assessment.objects.get().work_ability == 2
    assert ExpertRating.objects.get().work_ability == 8
    assert apart(world, "social") == [], "own ratings are read by the client's consent alone"


def test_the_client_is_led_to_talk_about_it(world: World, login: Any) -> None:
    today = day_of(world.now)
    rates_oneself(world, 2, today)
    is_rated(world, 8, today)
    client = login("client")
    page = client.get("/my/assessments/").content.decode()
    address = f"/cases/{world.case.pk}/messages/new/?about=ratings"
    assert address in page
    for about, begun in (("ratings", True), ("anything", False)):
        form = client.get(f"/cases/{world.case.pk}/messages/new/?about={about}").content.decode()
        (topic,) = [tag for tag in form.split("<") if 'name="topic"' in tag]
        assert ('value="' in topic) is begun
