"""An installation's first hour: a network from a file, and the people who add all others."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from common.actor import system_actor
from common.decision import Refused
from people.models import Network, Office, Position, Role, User
from people.services import found_network, read_plan
from tests.people.test_staff import STRONG, chooses
from tests.personas import World

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "network.toml"
# The demo stands in the test database: the same towns would be in two networks.
TEXT = EXAMPLE.read_text("utf-8").replace("Lounais-Häme", "Pohjola").replace("7", "9")


def founds(world: World, text: str = TEXT) -> list[Any]:
    return found_network(actor=system_actor("installation"), plan=read_plan(text), now=world.now)


def test_the_example_founds_a_network_with_who_leads_each_office(world: World) -> None:
    assert len(founds(world)) == 6
    network = Network.objects.get(name="Pohjola")
    assert {t.municipality_id for t in network.towns.all()} == {"934", "961"}
    leaders = Position.objects.filter(office__network=network, leads=True)
    assert sorted(p.office.body for p in leaders if p.office) == ["employment", "kela", "social"]
    assert Position.objects.get(network=network, role=Role.DIRECTOR).user.first_name == "Diana"
    assert not User.objects.filter(username="leena.leader").get().has_usable_password()


def test_founding_again_changes_nothing_and_adds_what_is_new(world: World) -> None:
    founds(world)
    assert founds(world) == []
    more = TEXT + (
        '[[offices]]\nbody = "kela"\nname = "Kela, Somero"\n'
        'leader = { username = "somero", first_name = "S", last_name = "O", title = "T" }\n'
    )
    assert [link.user.username for link in founds(world, more)] == ["somero"]
    assert Office.objects.filter(network__name="Pohjola").count() == 4


def test_where_nobody_could_sign_the_grounds_nothing_is_founded(world: World) -> None:
    without = TEXT[: TEXT.index("[officer]")] + TEXT[TEXT.index("[[offices]]") :]
    assert len(founds(world, without)) == 4  # the installation has an officer already
    Position.objects.filter(role=Role.OFFICER).update(until=world.now)
    with pytest.raises(Refused) as refusal:
        founds(world, without)
    assert refusal.value.field == "officer"


def test_a_town_is_in_one_network_and_nothing_is_half_founded(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        founds(world, TEXT.replace("934", "734"))
    assert refusal.value.field == "municipalities"
    assert not Network.objects.filter(name="Pohjola").exists()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('body = "kela"', 'body = "kelaa"', "offices.3.body"),
        ('name = "Kela, Salo"', 'name = ""', "offices.3.name"),
        ('username = "diana.director"', "", "director.username"),
        ('username = "otso.officer"', 'username = "Oona.officer"', "second_officer.username"),
        ('code = "934"', 'code = "93"', "municipalities"),
        ('language = "fi"', 'language = "de"', "offices.1.leader.language"),
        ('username = "kaisa.kela", ', "", "offices.3.leader.username"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(old: str, new: str, field: str) -> None:
    assert old in TEXT
    with pytest.raises(Refused) as refusal:
        read_plan(TEXT.replace(old, new))
    assert refusal.value.field == field


def test_a_user_name_that_cannot_be_founds_nothing(world: World) -> None:
    with pytest.raises(Refused):
        founds(world, TEXT.replace("kaisa.kela", "kaisa kela"))
    assert not User.objects.filter(username="leena.leader").exists()


def test_from_the_file_to_the_first_worker_of_an_office(world: World, tmp_path: Path) -> None:
    file, said = tmp_path / "network.toml", StringIO()
    file.write_text(TEXT, "utf-8")
    call_command("found_network", str(file), stdout=said)
    found = re.search(r"leena\.leader.*http://[^/]+(/\S+)", said.getvalue())
    assert found is not None
    leader = Client(headers={"accept-language": "en"})
    page = leader.get(found[1], follow=True)
    assert chooses(leader, page).status_code == 200
    leader.post("/login/", {"username": "leena.leader", "password": STRONG})
    office = leader.get("/offices/").headers["Location"]
    assert leader.get(f"{office}new/").status_code == 200


def test_a_file_that_is_not_one_says_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("name = ", "utf-8")
    for file in (bad, tmp_path / "none.toml"):
        with pytest.raises(CommandError, match=re.escape(str(file))):
            call_command("found_network", str(file))
