"""No count of one to four people can be worked out from what is shown (docs/adr/0046).

The attacker of ``bench/disclosure.py`` knows the rule and one client, and asks an integer solver.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.disclosure import (
    BODIES,
    MONTHS,
    Attacker,
    Client,
    Network,
    attacks,
    shown,
    shown_as_it_is,
    shown_by_suppression,
)
from evaluation.models.figures import Breakdown

EVERYWHERE = (Breakdown.NETWORK, "")


def of(town: str, number: int, *, planned: int = 0, ends: int = MONTHS) -> list[Client]:
    """So many clients of a town; ``planned``: the month in which their plan is made."""
    return [Client(town, BODIES[0], False, 0, ends, planned) for _one in range(number)]


def plan_to_be_made() -> tuple[Network, Any]:
    """ "Open cases 20, plan to be made 19": one has a plan, and everybody sees that it is one."""
    clients = [*of("a", 1), *of("a", 19, planned=MONTHS)]
    return Network(["a"], clients), lambda attacker: [
        (attacker.tables(3)["planned", "part", EVERYWHERE], 1)
    ]


def five_six_nine_then_one_ends() -> tuple[Network, Any]:
    """Five, six and nine; then one of the five ends, and the table that shows only the others and
    their sum tells the four."""
    clients = [*of("a", 4), *of("a", 1, ends=3), *of("b", 6), *of("c", 9)]

    def counts(attacker: Attacker) -> list[tuple[Any, int]]:
        linked = attacker.months(5)
        return [(linked["open", "whole", (Breakdown.MUNICIPALITY, "a"), 3], 4)]

    return Network(["a", "b", "c"], clients), counts


def eight_eight_four_and_their_total() -> tuple[Network, Any]:
    clients = [*of("a", 8), *of("b", 8), *of("c", 4)]
    return Network(["a", "b", "c"], clients), lambda attacker: [
        (attacker.tables(3)["open", "whole", (Breakdown.MUNICIPALITY, "c")], 4)
    ]


KNOWN_BREAKS = [plan_to_be_made, five_six_nine_then_one_ends, eight_eight_four_and_their_total]


@pytest.mark.parametrize("case", KNOWN_BREAKS)
def test_a_known_break_tells_nothing(case: Callable[[], tuple[Network, Any]]) -> None:
    """And the attacker is no fool: of counts shown to the one, each is determined."""
    network, counts_of = case()
    for rule, is_determined in ((shown, False), (shown_as_it_is, True)):
        attacker = Attacker(network, known=network.clients[0], rule=rule)
        found = [attacker.determines(count, true) for count, true in counts_of(attacker)]
        assert found == [is_determined], rule.__name__


@pytest.mark.deep
@pytest.mark.parametrize("first", [0, 5, 10])
def test_nothing_small_is_determined_over_five_years(first: int, record_property: Any) -> None:
    found = list(attacks(range(first, first + 5)))
    tried = sum(one.tried for one in found)
    assert tried > 200
    assert [line for one in found for line in one.determined] == []
    assert sum(one.withheld for one in found) == 0, "every count is told"
    record_property("counts", f"5 networks over 60 months: {tried} small counts, 0 determined")


@pytest.mark.deep
def test_the_same_attack_works_out_what_suppression_hides() -> None:
    """Were the attacker's sums too weak, nothing would be determined either."""
    found = [
        line for one in attacks(range(6), rule=shown_by_suppression) for line in one.determined
    ]
    assert found
