"""The three triggers as an OpenFisca country package, run beside ours: never part of the product.

OpenFisca-core (AGPL-3.0) stands in an environment of its own and this file runs there as a
process of its own. Reads a dump of persons from the path given, writes answers and figures as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date, timedelta

import numpy as np
from memory import peak_megabytes
from openfisca_core import entities, taxbenefitsystems, variables
from openfisca_core.model_api import ADD, DAY, ETERNITY  # type: ignore[attr-defined]
from openfisca_core.periods import Instant, Period
from openfisca_core.simulations import SimulationBuilder

Person = entities.Entity("person", "persons", "A person", "")
Home = entities.GroupEntity("home", "homes", "Not used", "", roles=[{"key": "member"}])

# rules begin


class birth(variables.Variable):
    value_type = date
    entity = Person
    definition_period = ETERNITY
    label = "Birth date"


class paid(variables.Variable):
    value_type = int
    entity = Person
    definition_period = DAY
    label = "Paid labour-market subsidy on the basis of unemployment"


class unemployed(variables.Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "Registered as unemployed"


class age_is_25(variables.Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "25 or over"

    def formula(persons, period):
        born = persons("birth", period)
        months = born.astype("datetime64[M]")
        of_month = (born - months.astype("datetime64[D]")).astype(int)
        turns = (months + 300).astype("datetime64[D]") + of_month
        return turns <= np.datetime64(str(period.start))


class paid_days(variables.Variable):
    value_type = int
    entity = Person
    definition_period = DAY
    label = "All days paid so far"

    def formula(persons, period):
        first = Instant((FIRST.year, FIRST.month, FIRST.day))
        days = (period.start.date - FIRST).days + 1
        return persons("paid", Period(("day", first, days)), options=[ADD])


class full_months(variables.Variable):
    value_type = int
    entity = Person
    definition_period = DAY
    label = "Full months of unbroken unemployment"

    def formula(persons, period):
        run = persons("unemployed", period).astype(int)
        goes_on = run.astype(bool)
        day = period.start.date
        while goes_on.any() and day > FIRST:
            day -= timedelta(days=1)
            goes_on = goes_on & persons("unemployed", Period(("day", _instant(day), 1)))
            run += goes_on
        asked = np.datetime64(str(period.start))
        start = asked - run + 1
        months = asked.astype("datetime64[M]") - start.astype("datetime64[M]")
        starts_on = start - start.astype("datetime64[M]").astype("datetime64[D]")
        asked_on = asked - asked.astype("datetime64[M]").astype("datetime64[D]")
        ends_month = (asked + 1).astype("datetime64[M]") != asked.astype("datetime64[M]")
        full = months.astype(int) - ((asked_on < starts_on) & ~ends_month)
        return np.where(run > 0, full, 0)


class subsidy_300_days(variables.Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "1369/2014 2 § 1"

    def formula(persons, period):
        return persons("paid_days", period) >= 300


class unemployed_12_months(variables.Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "1369/2014 2 § 2"

    def formula(persons, period):
        return persons("age_is_25", period) * (persons("full_months", period) >= 12)


class unemployed_6_months_under_25(variables.Variable):
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "1369/2014 2 § 3"

    def formula(persons, period):
        return ~persons("age_is_25", period) * (persons("full_months", period) >= 6)


# rules end


def _instant(day: date) -> Instant:
    return Instant((day.year, day.month, day.day))


def main(dump: str) -> None:
    global FIRST
    with open(dump, encoding="utf-8") as stream:  # noqa: PTH123
        given = json.load(stream)
    asked, FIRST = date.fromisoformat(given["asked"]), date.fromisoformat(given["first"])
    people = given["persons"]
    began = time.perf_counter()
    system = taxbenefitsystems.TaxBenefitSystem([Person, Home])
    system.add_variables(
        birth, paid, unemployed, age_is_25, paid_days, full_months,
        subsidy_300_days, unemployed_12_months, unemployed_6_months_under_25,
    )  # fmt: skip
    simulation = SimulationBuilder().build_default_simulation(system, count=len(people))
    simulation.max_spiral_loops = 5000
    days = (asked - FIRST).days + 1
    for name, row in (("paid", 1), ("unemployed", 2)):
        grid = np.zeros((days, len(people)), dtype=np.int8)
        for column, person in enumerate(people):
            for first, last in person[row]:
                if name == "paid":
                    for day in range(first, last + 1):
                        if (FIRST + timedelta(days=day)).weekday() < 5:
                            grid[day, column] = 1
                else:
                    grid[first : last + 1, column] = 1
        for day in range(days):
            period = Period(("day", _instant(FIRST + timedelta(days=day)), 1))
            values = grid[day].astype(bool if name == "unemployed" else np.int32)
            simulation.set_input(name, period, values)
    simulation.set_input(
        "birth", "eternity", np.array([np.datetime64(person[0]) for person in people])
    )
    period = Period(("day", _instant(asked), 1))
    prepared = time.perf_counter()
    answers = {
        name: simulation.calculate(name, period).astype(int).tolist()
        for name in (
            "subsidy_300_days", "unemployed_12_months", "unemployed_6_months_under_25",
            "paid_days", "full_months",
        )
    }  # fmt: skip
    done = time.perf_counter()
    json.dump(
        {
            "answers": answers,
            "seconds": done - began,
            "rule_seconds": done - prepared,
            "megabytes": peak_megabytes(),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(sys.argv[1])
