"""Artificial extracts of any size, written row by row; always the same for the same size.

Every identity code has an individual number of 900-999, which no real person has.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from common.identity_code import check_character

NEWEST = date(2024, 6, 30)
_FIRST = date(2014, 1, 6)
_SEPARATORS = {19: "-YXWVU", 20: "ABCDEF"}
_OTHERS = ["asumistuki", "toimeentulotuki", "sairauspaivaraha", "kuntoutusraha", "opintotuki",
           "peruspaivaraha", "vanhempainetuus", "osasairauspaivaraha"]  # fmt: skip
_SIX = {"sairauspaivaraha", "osasairauspaivaraha", "kuntoutusraha", "vanhempainetuus"}
SPELLS_EACH, PERIODS_EACH = 4, 20


def codes() -> Iterator[tuple[str, date]]:
    """Identity codes that differ, with the birth date, spread over the working ages."""
    days = [date(1960, 1, 1) + timedelta(days=n * 37 % 17_000) for n in range(17_000)]
    for round_ in range(600):
        individual = 900 + round_ % 100
        for birth in days:
            separators = _SEPARATORS[birth.year // 100]
            separator = separators[round_ // 100]
            check = check_character(birth, individual)
            yield f"{birth:%d%m%y}{separator}{individual}{check}", birth


def write(folder: Path, persons: int) -> None:
    """Write the three files: for each person four spells and twenty payment periods."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(2024)  # noqa: S311 - artificial data
    names = ("persons.csv", "unemployment.csv", "benefits.csv")
    with (
        (folder / names[0]).open("w", encoding="utf-8", newline="") as people,
        (folder / names[1]).open("w", encoding="utf-8", newline="") as spells,
        (folder / names[2]).open("w", encoding="utf-8", newline="") as periods,
    ):
        people.write(
            "hetu;last_name;first_names;language;municipality;email;phone;non_disclosure\n"
        )
        spells.write("hetu;start;end\n")
        periods.write("hetu;benefit;start;end;paid_days;basis\n")
        for number, (code, _birth) in zip(range(persons), codes(), strict=False):
            people.write(
                f"{code};Testinen{number % 997};Aino;{'sv' if number % 17 == 0 else 'fi'};"
                f"{number % 310:03};;;0\n"
            )
            _life(code, chance, spells, periods)


def _life(code: str, chance: random.Random, spells: object, periods: object) -> None:
    say, pay = spells.write, periods.write  # type: ignore[attr-defined]
    day = _FIRST + timedelta(days=chance.randrange(2400))
    left, free = PERIODS_EACH, day  # the first day not yet paid for
    for number in range(SPELLS_EACH):
        length = chance.choice((60, 120, 200, 300, 420))
        last = day + timedelta(days=length)
        is_open = number == SPELLS_EACH - 1 and chance.random() < 0.5 and last < NEWEST
        end = NEWEST if is_open else min(last, NEWEST)
        day = min(day, end)
        say(f"{code};{day.isoformat()};{'' if is_open else end.isoformat()}\n")
        benefit = "tyomarkkinatuki" if chance.random() < 0.8 else "ansiopaivaraha"
        start, paid_periods = max(day, free), left // (SPELLS_EACH - number)
        for _period in range(paid_periods):
            until = start + timedelta(days=27)
            kind = chance.random()
            if kind < 0.80:
                basis = "service" if kind < 0.08 else "unemployment"
                pay(f"{code};{benefit};{start};{until};{20 if kind < 0.7 else 12};{basis}\n")
            else:
                other = _OTHERS[int(kind * 1000) % len(_OTHERS)]
                paid = 24 if other in _SIX else 20 if other == "peruspaivaraha" else ""
                pay(f"{code};{other};{start};{until};{paid};\n")
            start = until + timedelta(days=1)
        left, free = left - paid_periods, start
        # The next spell touches this one now and then, or comes after a while.
        gap = 1 if chance.random() < 0.3 else chance.randrange(20, 300)
        day = max(end + timedelta(days=gap), start)
