"""Writes the artificial sample extracts beside this file. Always the same ones.

Run as ``python -m demo.make_register``. Every identity code has an individual number of
900-999, which no real person has.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from common.dates import weekdays_between
from common.identity_code import check_character

FOLDER = Path(__file__).parent / "register"
NEWEST = date(2024, 6, 30)
PERSONS = 70
LAST = [
    *("Aalto", "Ahonen", "Eklund", "Hakala", "Heikkinen", "Järvinen", "Koskela", "Laine"),
    *("Lindström", "Mäkelä", "Niemi", "Ojala", "Rantanen", "Salmi", "Virtanen", "Öhman"),
]
FIRST = [
    *("Aino", "Eero", "Hanna", "Ilkka", "Johanna", "Kaisa", "Lauri", "Mikael"),
    *("Niina", "Oskari", "Päivi", "Riku", "Sofia", "Timo", "Veera", "Åsa"),
]
NETWORK_1 = ["734", "734", "734", "061", "061", "086", "761"]
NETWORK_2 = ["837", "536"]


def main() -> None:
    chance = random.Random(2024)  # noqa: S311 - artificial data
    persons, spells, periods = [], [], []
    for number in range(PERSONS):
        young = number % 5 == 0
        birth = date(2001 if young else 1965 + number % 30, 1 + number % 12, 1 + number % 28)
        code = _code(birth, 900 + number)
        municipality = (NETWORK_2 if number % 7 == 6 else NETWORK_1)[
            number % 2 if number % 7 == 6 else number % 7
        ]
        persons.append([
            code, LAST[number % 16], FIRST[(number * 5 + number // 16) % 16],
            "sv" if number and number % 11 == 0 else "fi", municipality,
            f"person{number:02}@example.org" if number % 4 else "",
            f"+358457000{number:04}", int(number == 13),
        ])  # fmt: skip
        length = (200, 420, 620, 90, 800)[number % 5]
        start = NEWEST - timedelta(days=length + chance.randrange(20))
        ended = number % 6 == 5
        end = NEWEST - timedelta(days=40) if ended else None
        spells.append([code, start.isoformat(), end.isoformat() if end else ""])
        benefit = "ansiopaivaraha" if number % 9 == 8 else "tyomarkkinatuki"
        day, last = start, end or NEWEST
        while day <= last:
            until = min(day + timedelta(days=27), last)
            paid = weekdays_between(day, until)
            basis = "service" if chance.random() < 0.1 else "unemployment"
            periods.append([code, benefit, day.isoformat(), until.isoformat(), paid, basis])
            day = until + timedelta(days=1)
    _write(
        "persons.csv",
        "hetu last_name first_names language municipality email phone non_disclosure",
        persons,
    )
    _write("unemployment.csv", "hetu start end", spells)
    _write("benefits.csv", "hetu benefit start end paid_days basis", periods)


def _code(birth: date, individual: int) -> str:
    separator = "A" if birth.year >= 2000 else "-"
    return f"{birth:%d%m%y}{separator}{individual}{check_character(birth, individual)}"


def _write(name: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(columns.split())
        writer.writerows(rows)


if __name__ == "__main__":
    main()
