"""An attack on the figures: what can somebody work out who knows the rule, and one client?

Networks of three to five municipalities live through sixty months; every month their tables are
shown as the product shows them. The attacker writes down all that follows - how far a rounded count
lies from the true one, that parts add up, that a part is no more than its whole, that a month's
cases are last month's and who began less who ended, where one client lived and when - and asks an
integer solver for the least and the most that each small count can be. Where both are one, it is
determined. ``python -m bench.disclosure RUNS [suppression]``.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from uuid import UUID

import highspy

from common.bodies import Body
from evaluation.counting import Counted
from evaluation.indicators.base import FLOWS, Indicator, IndicatorUnit, Section
from evaluation.models.figures import Breakdown
from evaluation.publishing import Place, show
from evaluation.rounding import SLACK
from evaluation.suppression import suppressed

MONTHS = 60
BODIES = [str(body) for body in Body]


def _indicator(code: str, unit: IndicatorUnit = IndicatorUnit.COUNT) -> Indicator:
    return Indicator(
        code, Section.FLOW, unit, FLOWS, "", "", "", "", "",
        breakdowns=(Breakdown.MUNICIPALITY, Breakdown.BODY),
    )  # fmt: skip


TABLES = {
    "open": _indicator("open"), "begun": _indicator("begun"), "ended": _indicator("ended"),
    "planned": _indicator("planned", IndicatorUnit.SHARE),
    "young": _indicator("young", IndicatorUnit.SHARE),
}  # fmt: skip
ASKED = {"young": 2, "planned": 3}
"""Which part of an atom says so, of a table that tells a share."""


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody's joint service: from which month to which, the latter not any more."""

    town: str
    body: str
    young: bool
    begins: int
    ends: int
    planned: int

    def atom(self, month: int) -> Atom:
        return self.town, self.body, self.young, month >= self.planned


Atom = tuple[str, str, bool, bool]
Cell = tuple[str, str]


@dataclass
class Network:
    """A network's life over the months, and what is shown of it."""

    towns: list[str]
    clients: list[Client]
    key: UUID = field(default_factory=lambda: UUID(int=random.getrandbits(128)))

    def standing(self, month: int) -> list[Client]:
        return [client for client in self.clients if client.begins <= month < client.ends]

    def true(self, table: str, month: int) -> list[tuple[Client, bool]]:
        """Whom a table counts that month, and of whom what it asks is so."""
        if table == "begun":
            return [(client, True) for client in self.clients if client.begins == month > 0]
        if table == "ended":
            return [(client, True) for client in self.clients if client.ends == month]
        here = self.standing(month)
        if table == "planned":
            return [(client, month >= client.planned) for client in here]
        return [(client, client.young if table == "young" else True) for client in here]


def simulate(seed: int) -> Network:
    """Three to five municipalities, small and less small, with openings and endings at random."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    towns = [f"{number:03}" for number in range(rng.randint(3, 5))]
    size = {town: rng.choice([2, 4, 8, 15, 30]) for town in towns}
    clients = []
    for town in towns:
        births = [0] * size[town] + [
            month
            for month in range(1, MONTHS)
            for _time in range(size[town])
            if rng.random() < 0.05
        ]
        for begins in births:
            ends = begins + 1 + int(rng.expovariate(0.05))
            clients.append(
                Client(
                    town, rng.choice(BODIES), rng.random() < 0.15, begins, ends,
                    begins + rng.randint(1, 4),
                )
            )  # fmt: skip
    return Network(towns, clients, UUID(int=seed + 1))


def counted(network: Network, table: str, month: int) -> dict[Place, Counted]:
    """The true cells, as the night counts them."""
    whole, part = Counter[Place](), Counter[Place]()
    for client, hit in network.true(table, month):
        for at in (
            (Breakdown.NETWORK, ""), (Breakdown.MUNICIPALITY, client.town),
            (Breakdown.BODY, client.body),
        ):  # fmt: skip
            whole[at] += 1
            part[at] += hit
    return {at: Counted(network.key, *at, whole[at], part[at]) for at in whole}


Bounds = Mapping[tuple[str, Place], tuple[int, int]]
"""What a reader knows of each count at once, by measure and place."""


Rule = Callable[["Network", str, int], Bounds]


def shown(network: Network, table: str, month: int) -> Bounds:
    """By the product's rule: rounded counts, each less than five from the true one."""
    keys = {
        Breakdown.NETWORK: [""], Breakdown.MUNICIPALITY: network.towns, Breakdown.BODY: BODIES,
    }  # fmt: skip
    cells = show(TABLES[table], network.key, counted(network, table, month), keys)
    return {
        (measure, at): (max(0, value - SLACK), value + SLACK)
        for at, cell in cells.items()
        for measure, value in (("whole", cell.whole), ("part", cell.part))
        if value is not None
    }


def shown_as_it_is(network: Network, table: str, month: int) -> Bounds:
    """Every count to the one, as a page would that knew no rule."""
    cells = counted(network, table, month)
    places = [
        (Breakdown.NETWORK, ""),
        *((Breakdown.MUNICIPALITY, town) for town in network.towns),
        *((Breakdown.BODY, body) for body in BODIES),
    ]
    found: dict[tuple[str, Place], tuple[int, int]] = {}
    for at in places:
        cell = cells.get(at, Counted(network.key, *at, 0, 0))
        found["whole", at], found["part", at] = (cell.whole,) * 2, (cell.part,) * 2
    return found


def shown_by_suppression(network: Network, table: str, month: int) -> Bounds:
    """By withholding what is small, and what would give it away; all else to the one."""
    cells = counted(network, table, month)
    found: dict[tuple[str, Place], tuple[int, int]] = {}
    for breakdown, keys in ((Breakdown.MUNICIPALITY, network.towns), (Breakdown.BODY, BODIES)):
        places = [*((breakdown, key) for key in keys), (Breakdown.NETWORK, "")]
        true = {at: cells.get(at, Counted(network.key, *at, 0, 0)) for at in places}
        wholes = [true[at].whole for at in places[:-1]]
        for at, value in zip(places, suppressed(wholes), strict=True):
            if value is not None:
                found["whole", at] = (value, value)
        if TABLES[table].unit is IndicatorUnit.SHARE:
            parts = suppressed([true[at].part for at in places[:-1]], whole=wholes)
            for at, value in zip(places, parts, strict=True):
                if value is not None:
                    found["part", at] = (value, value)
    return found


class Attacker:
    """Writes down what is known, month by month, and asks how far each count can still reach."""

    def __init__(self, network: Network, *, known: Client, rule: Rule = shown) -> None:
        self.network, self.known, self.rule = network, known, rule
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.told = self.withheld = 0

    def tables(self, month: int) -> dict[tuple[str, str, Place], Any]:
        """All tables of one month together, over every kind of client there is."""
        atoms = {
            atom: self._number()
            for atom in product(self.network.towns, BODIES, (False, True), (False, True))
        }
        counts: dict[tuple[str, str, Place], Any] = {}
        for table in ("open", "planned", "young"):
            for at in self._places():
                here = [atom for atom in atoms if _within(atom, at)]
                counts[table, "whole", at] = sum(atoms[atom] for atom in here)
                if table in ASKED:
                    so = [atom for atom in here if atom[ASKED[table]]]
                    counts[table, "part", at] = sum(atoms[atom] for atom in so)
            self._know(table, month, counts)
        if self.known.begins <= month < self.known.ends:
            self.solver.addConstr(atoms[self.known.atom(month)] >= 1)
        for table, at in product(ASKED, self._places()):
            counts[table, "rest", at] = counts[table, "whole", at] - counts[table, "part", at]
        return counts

    def months(self, until: int) -> dict[tuple[str, str, Place, int], Any]:
        """The months one after another: who stands is who stood, and who began less who ended."""
        cells = list(product(self.network.towns, BODIES))
        before: dict[Cell, Any] = {}
        found: dict[tuple[str, str, Place, int], Any] = {}
        for month in range(until):
            now = {cell: self._number() for cell in cells}
            flow = {table: {cell: self._number() for cell in cells} for table in ("begun", "ended")}
            counts: dict[tuple[str, str, Place], Any] = {}
            for table, numbers in (("open", now), *flow.items()):
                for at in self._places():
                    counts[table, "whole", at] = sum(
                        number for cell, number in numbers.items() if _within(cell, at)
                    )
                self._know(table, month, counts)
            if before:
                for cell in cells:
                    self.solver.addConstr(
                        now[cell] == before[cell] + flow["begun"][cell] - flow["ended"][cell]
                    )
            self._know_client(month, now, flow)
            before = now
            found |= {(*at, month): count for at, count in counts.items()}
        return found

    def determines(self, count: Any, true: int) -> bool:
        """Whether the count can be nothing but what it is. One other value found is enough."""
        for sign in (1, -1):
            self.solver.setOptionValue("objective_target", float(sign * true - 1))
            self.solver.minimize(sign * count)
            least = sign * round(self.solver.getInfo().objective_function_value)
            if sign * least > sign * true:
                raise AssertionError("the attacker's own sums are wrong")
            if least != true:
                return False
        return True

    def _know_client(
        self, month: int, now: dict[Cell, Any], flow: dict[str, dict[Cell, Any]]
    ) -> None:
        client, cell = self.known, (self.known.town, self.known.body)
        if client.begins <= month < client.ends:
            self.solver.addConstr(now[cell] >= 1)
        if client.begins == month > 0:
            self.solver.addConstr(flow["begun"][cell] >= 1)
        if client.ends == month:
            self.solver.addConstr(flow["ended"][cell] >= 1)

    def _know(self, table: str, month: int, counts: Mapping[tuple[str, str, Place], Any]) -> None:
        told = self.rule(self.network, table, month)
        for (measure, at), (least, most) in told.items():
            if (table, measure, at) in counts:
                self.solver.addConstr(counts[table, measure, at] >= least)
                self.solver.addConstr(counts[table, measure, at] <= most)
        asked = [at for at in counts if at[0] == table]
        self.told += len(told)
        self.withheld += len(asked) - len(told)

    def _places(self) -> list[Place]:
        return [
            (Breakdown.NETWORK, ""),
            *((Breakdown.MUNICIPALITY, town) for town in self.network.towns),
            *((Breakdown.BODY, body) for body in BODIES),
        ]

    def _number(self) -> Any:
        return self.solver.addIntegral(0, 200)


def _within(cell: tuple[object, ...], at: Place) -> bool:
    breakdown, key = at
    return (
        breakdown is Breakdown.NETWORK
        or (breakdown is Breakdown.MUNICIPALITY and cell[0] == key)
        or (breakdown is Breakdown.BODY and cell[1] == key)
    )


@dataclass
class Found:
    """How many small counts were tried, which were determined, and how much was told at all."""

    tried: int = 0
    determined: list[str] = field(default_factory=list)
    told: int = 0
    withheld: int = 0


def attack(seed: int, *, rule: Rule = shown, snapshots: int = 6, chain: int = MONTHS) -> Found:
    """One network: some of its months table by table, and its months one after another."""
    network, rng = simulate(seed), random.Random(seed)  # noqa: S311 - a simulation
    known, found = rng.choice(network.clients), Found()
    for month in sorted(rng.sample(range(MONTHS), snapshots)):
        attacker = Attacker(network, known=known, rule=rule)
        counts = attacker.tables(month)
        _try(attacker, found, counts, {at: _true(network, *at, month) for at in counts})
    attacker = Attacker(network, known=known, rule=rule)
    linked = attacker.months(chain)
    true = {at: _true(network, *at) for at in linked}
    small = [at for at, count in true.items() if 1 <= count <= 4]
    asked = rng.sample(small, min(len(small), 30))
    _try(attacker, found, {at: linked[at] for at in asked}, true)
    return found


def _try(
    attacker: Attacker, found: Found, counts: Mapping[Any, Any], true: Mapping[Any, int]
) -> None:
    for at, count in counts.items():
        if 1 <= true[at] <= 4:
            found.tried += 1
            if attacker.determines(count, true[at]):
                found.determined.append(f"{attacker.network.key.int - 1}: {at} is {true[at]}")
    found.told += attacker.told
    found.withheld += attacker.withheld


def _true(network: Network, table: str, measure: str, at: Place, month: int) -> int:
    here = [
        hit for client, hit in network.true(table, month) if _within((client.town, client.body), at)
    ]
    return {"whole": len(here), "part": sum(here), "rest": len(here) - sum(here)}[measure]


def attacks(seeds: range, *, rule: Rule = shown) -> Iterator[Found]:
    for seed in seeds:
        yield attack(seed, rule=rule)


def main(runs: int, rule: Rule) -> Found:
    """Attack so many networks; says what was found as it goes."""
    total, hit = Found(), 0
    for found in attacks(range(runs), rule=rule):
        total.tried += found.tried
        total.determined += found.determined
        total.told += found.told
        total.withheld += found.withheld
        hit += bool(found.determined)
        for line in found.determined:
            print(line)
    print(
        f"{runs} networks over {MONTHS} months: {total.tried} counts of one to four tried,"
        f" {len(total.determined)} determined, in {hit} networks;"
        f" {total.withheld} of {total.told + total.withheld} counts withheld"
    )
    return total


if __name__ == "__main__":
    by_suppression = "suppression" in sys.argv[2:]
    main(int(sys.argv[1]), shown_by_suppression if by_suppression else shown)
