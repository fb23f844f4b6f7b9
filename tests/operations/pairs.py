"""Two acts at the same moment, of which the second must be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from audit.models import Purpose
from caseplan.plan import services as plan
from caseplan.plan.selectors import open_case
from cases import services as cases
from cases.models import Handover
from common.actor import system_actor
from common.clock import day_of
from tests.personas import World
from tests.together import by_turns

NIGHT = system_actor("night")


TOO_LATE = {"Refused", "NotAllowed", "NotVisible", "Stale"}


Act = Callable[[], object]


@dataclass
class Two:
    """What two do at once; ``holds``: what is true afterwards."""

    first: Act
    second: Act
    holds: Callable[[], bool]


def on(world: World, days: int) -> Any:
    return day_of(world.now) + timedelta(days=days)


def asked(world: World) -> Handover:
    return cases.hand_over(
        actor=world.actor("employment"), case=world.case, reason="I change to another town.",
        receiver_id=world.actor("colleague").user_id, leaves=False, now=world.now,
    )  # fmt: skip


def says_yes(world: World, who: str) -> Act:
    return lambda: plan.accept_plan(
        actor=world.actor(who), version_id=world.version.pk, now=world.now
    )


def agreed(world: World) -> None:
    for party in ("social", "kela", "client"):
        says_yes(world, party)()


def plan_page(world: World) -> Any:
    return open_case(world.actor("kela"), world.case.pk, purpose=Purpose.KEEP_CASE, now=world.now)


def second_is_told(pair: Callable[[World], Two]) -> None:
    """The second of a pair is refused, and what the first did holds."""
    two = pair(World.load())
    first, second = by_turns(two.first, two.second)
    assert first == "done"
    assert second in TOO_LATE, second
    assert two.holds()
