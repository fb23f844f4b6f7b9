"""A registration of a system ends by itself: whoever can register it anew is told before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey

from common.clock import day_of
from common.decision import Refused
from people.selectors import machines_ending
from tests.api.registering import proposed, public, registered
from tests.people.test_staff import leads
from tests.personas import World
from web.machines.keys import read_public_keys


def test_who_can_register_it_anew_is_told_before_its_last_day_until_it_is(
    world: World, login: Any
) -> None:
    leads("social")
    today = day_of(world.now)
    last = today + timedelta(days=60)
    registered(world, valid_until=last)
    assert machines_ending(world.actor("keeper"), now=world.now - timedelta(days=1)) == []
    for who, page in (
        ("keeper", "/organisation/"), ("officer", "/organisation/"), ("director", "/roles/"),
        ("social", "/roles/"),
    ):  # fmt: skip
        assert "Kelan kooste" in login(who).get(page).content.decode(), who
    assert machines_ending(world.actor("outsider"), now=world.now) == []
    anew = {
        "valid_from": last + timedelta(days=1), "valid_until": last + timedelta(days=300),
        "keys": read_public_keys(public(ECKey.generate_key("P-256"))),
    }  # fmt: skip
    with pytest.raises(Refused):  # two of one name on one day would be told apart by nobody
        proposed(world, **anew | {"valid_from": last})
    proposed(world, **anew)
    assert machines_ending(world.actor("keeper"), now=world.now) == []
