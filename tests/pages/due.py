"""Somebody whose time it is to be assessed, and by which rule."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.selectors import WorklistFilter, list_people
from tests.personas import World


@pytest.fixture
def trigger(world: World) -> tuple[Any, str]:
    return somebody_due(world)


def somebody_due(world: World) -> tuple[Any, str]:
    """Somebody of the network who meets the months' rule: only employment may know of it."""
    rows = list_people(
        world.actor("employment"), WorklistFilter(rule="unemployed_12_months"), now=world.now
    ).rows
    return rows[0].person.pk, "unemployed_12_months"
