"""A network is founded in one step, by whoever keeps the organisation: whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from common.actor import system_actor
from common.bodies import Body
from common.decision import NotAllowed, Refused
from people.models import Network, Office, Person, ProposalState, TerritoryChange, User
from people.services import PlannedOffice, PlannedTown, found_network, territory
from tests.personas import World

TOWNS = [PlannedTown("934", "Pohja", "Norr"), PlannedTown("961", "Perä", "Perä")]
OFFICES = {body: PlannedOffice(f"{body.value} at Pohja") for body in Body}
TYPED = {
    "name": "Pohjola", "towns": "934 Pohja / Norr\n\n961; Perä\n", "office_employment": "Work",
    "office_social": "Social", "phone_social": "02 1", "office_kela": "Kela, Pohja",
}  # fmt: skip


def founds(world: World, **given: Any) -> Network:
    wanted: dict[str, Any] = {
        "actor": world.actor("keeper"), "name": "Pohjola", "towns": TOWNS, "offices": OFFICES,
    }  # fmt: skip
    return found_network(now=world.now, **{**wanted, **given})


def test_once_people_are_here_its_municipalities_wait_for_an_officer(world: World) -> None:
    network = founds(world)
    waiting = TerritoryChange.objects.filter(network=network, state=ProposalState.WAITING)
    assert {change.municipality_id for change in waiting} == {"934", "961"}
    assert not network.towns.exists()
    assert {office.body for office in network.offices.all()} == set(Body.values)


def test_before_anybody_is_here_it_is_whole_at_once(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(territory, "holds_nobody", lambda: True)
    answer = login("keeper").post("/organisation/networks/new/", TYPED)
    assert answer.headers["Location"] == "/installation/"
    network = Network.objects.get(name="Pohjola")
    towns = [t.municipality for t in network.towns.order_by("municipality")]
    assert [(t.code, t.name_fi, t.name_sv) for t in towns] == [
        ("934", "Pohja", "Norr"), ("961", "Perä", "Perä"),
    ]  # fmt: skip
    assert network.offices.get(body="social").phone == "02 1"


def test_nothing_is_half_founded(world: World) -> None:
    for given in (
        {"towns": [*TOWNS, PlannedTown("962")]},  # new here, and without a name
        {"offices": {**OFFICES, Body.KELA: PlannedOffice(" ")}},
    ):
        with pytest.raises(Refused):
            founds(world, **given)
        assert not Network.objects.filter(name="Pohjola").exists()
        assert not Office.objects.filter(name__endswith="at Pohja").exists()


def test_what_is_wrong_is_named_at_its_field_and_nothing_typed_is_lost(
    world: World, login: Any
) -> None:
    keeper = login("keeper")
    for typed, said in (
        ({"towns": "934 Pohja\nPerä 961"}, "Line 2: write the code"),
        ({"towns": "999"}, "999: This code is new here"),
        ({"name": Network.objects.all()[0].name}, "a network of this name"),
    ):
        page = keeper.post("/organisation/networks/new/", {**TYPED, **typed}).content.decode()
        assert said in page and "Kela, Pohja" in page
    assert not Network.objects.filter(name="Pohjola").exists()


def test_neither_the_operator_nor_anybody_else_founds_one(world: World) -> None:
    """The operator lets the first keeper in, and holds nobody's way in but theirs."""
    for actor in (system_actor("operator"), world.actor("officer"), world.actor("director")):
        with pytest.raises(NotAllowed):
            founds(world, actor=actor)
    assert Person.objects.exists() and User.objects.exists()
