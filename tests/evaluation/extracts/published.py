"""Artificial people of whom the report's tables 10 to 12 come out (2020:40).

Of tables 10 and 11 the means, intervals and numbers of people are given; of table 12 also the
standard deviations and medians, which whole numbers of 13 and 25 people meet, and no others.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import pstdev


@dataclass(frozen=True, slots=True)
class Published:
    """A row of table 10 or 11: the mean and half the interval, of all; then of those asked again.

    ``again`` with its means is empty where the report prints a star; what is put in for them makes
    the report's means over all classes.
    """

    provider_class: str
    n: int
    mean: float
    half: float
    again: int
    first: float
    last: float
    halves: tuple[float, float]
    starred: bool = False


WORK_ABILITY = [
    Published("municipalities", 1940, 6.13, 0.11, 360, 6.05, 6.19, (0.26, 0.265)),
    Published("employment", 364, 5.94, 0.27, 11, 6.28, 6.50, (1, 1), starred=True),
    Published("training", 904, 6.64, 0.155, 178, 6.21, 6.42, (0.335, 0.345)),
    Published("health", 1572, 4.30, 0.125, 535, 3.93, 4.33, (0.2, 0.225)),
    Published("institutions", 161, 5.40, 0.435, 22, 6.28, 6.50, (1, 1), starred=True),
    Published("open_care", 1039, 6.34, 0.15, 157, 5.31, 5.83, (0.405, 0.405)),
    Published("associations", 2583, 6.41, 0.09, 782, 6.20, 6.50, (0.165, 0.165)),
    Published("others", 1368, 6.38, 0.13, 230, 6.17, 6.32, (0.325, 0.32)),
]
OVERALL = [
    Published("municipalities", 1846, 69.19, 0.695, 313, 68.77, 69.31, (1.78, 1.79)),
    Published("employment", 358, 69.38, 1.58, 11, 66.64, 68.30, (3, 3), starred=True),
    Published("training", 858, 70.72, 0.965, 169, 67.74, 68.64, (2.36, 2.51)),
    Published("health", 1470, 63.52, 0.775, 479, 61.11, 62.00, (1.33, 1.505)),
    Published("institutions", 156, 63.18, 2.54, 22, 66.64, 68.30, (3, 3), starred=True),
    Published("open_care", 931, 69.76, 0.975, 123, 67.71, 70.11, (2.76, 2.325)),
    Published("associations", 2473, 70.44, 0.55, 712, 68.63, 70.99, (1.025, 1.1)),
    Published("others", 1200, 70.39, 0.82, 208, 69.79, 70.34, (2.08, 2.02)),
]
TOP = {"work_ability": 10, "overall": 100}

# By scale: those in work or studies at three months, and those elsewhere.
TABLE_12 = {
    "life_satisfaction": (
        [1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 5],
        [2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5],
    ),
    "health": (
        [2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5],
        [1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    ),
    "functioning": (
        [3, 3, 5, 5, 7, 7, 8, 8, 8, 8, 8, 9, 10],
        [1, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 9, 9, 9],
    ),
    "work_ability": (
        [1, 2, 4, 5, 6, 6, 6, 6, 8, 8, 9, 10, 10],
        [1, 1, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 7, 7, 7, 9, 10],
    ),
    "tie_to_work": (
        [0, 1, 2, 3, 3, 3, 3, 5, 6, 6, 6, 7, 8],
        [0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6],
    ),
    "inclusion": (
        [36, 37, 42, 51, 54, 56, 63, 72, 76, 83, 88, 89, 96],
        [
            29,
            32,
            34,
            34,
            34,
            43,
            44,
            45,
            45,
            50,
            55,
            58,
            58,
            61,
            67,
            67,
            68,
            69,
            70,
            73,
            73,
            74,
            75,
            81,
            86,
        ],
    ),
    "mind": (
        [28, 46, 53, 55, 57, 58, 58, 58, 63, 66, 69, 77, 81],
        [
            24,
            30,
            41,
            43,
            44,
            44,
            45,
            46,
            50,
            50,
            50,
            51,
            53,
            56,
            58,
            58,
            60,
            60,
            63,
            63,
            64,
            66,
            71,
            73,
            80,
        ],
    ),
    "everyday": (
        [48, 63, 67, 72, 75, 76, 77, 79, 87, 93, 93, 96, 97],
        [
            42,
            44,
            44,
            45,
            55,
            57,
            58,
            63,
            65,
            65,
            67,
            68,
            68,
            70,
            71,
            72,
            73,
            74,
            83,
            84,
            86,
            90,
            92,
            95,
            97,
        ],
    ),
    "skills": (
        [36, 54, 57, 63, 66, 68, 68, 72, 73, 82, 84, 84, 88],
        [
            45,
            47,
            49,
            49,
            50,
            50,
            52,
            52,
            52,
            53,
            54,
            57,
            57,
            59,
            61,
            61,
            61,
            62,
            62,
            63,
            65,
            71,
            74,
            75,
            78,
        ],
    ),
    "body": (
        [54, 74, 76, 77, 79, 80, 80, 87, 87, 88, 90, 92, 96],
        [
            46,
            47,
            47,
            54,
            55,
            58,
            64,
            64,
            68,
            68,
            68,
            70,
            70,
            73,
            78,
            81,
            81,
            84,
            87,
            91,
            95,
            95,
            97,
            99,
            100,
        ],
    ),
    "overall": (
        [51, 58, 61, 62, 63, 67, 71, 71, 76, 79, 81, 83, 95],
        [
            48,
            50,
            51,
            51,
            51,
            55,
            56,
            56,
            56,
            58,
            59,
            59,
            60,
            62,
            62,
            65,
            65,
            66,
            69,
            71,
            73,
            74,
            76,
            79,
            88,
        ],
    ),
}


def scores(
    n: int, mean: float, half: float, top: int, *, among: list[int] | None = None
) -> list[int]:
    """Whole numbers from nothing to ``top`` with the mean, spread until the interval fits.

    ``among``: scores that belong to the same group already; the mean and interval are then of both.
    """
    fixed = among or []
    left = n - len(fixed)
    total = round(n * mean) - sum(fixed)
    found = [total // left + (at < total % left) for at in range(left)]
    wanted, by = half * n**0.5 / 1.96, Random(0)
    while pstdev([*fixed, *found]) < wanted:
        for _ in range(max(left // 50, 1)):
            lower, higher = by.randrange(left), by.randrange(left)
            if lower != higher and found[lower] > 0 and found[higher] < top:
                found[lower] -= 1
                found[higher] += 1
    return found


def people(table: list[Published], scale: str) -> Iterable[tuple[str, str, list[int]]]:
    """Each person by an opaque name, with the class and one score or two."""
    top = TOP[scale]
    for row in table:
        first = scores(row.again, row.first, row.halves[0], top)
        last = scores(row.again, row.last, row.halves[1], top)
        once = scores(row.n, row.mean, row.half, top, among=first)
        for at, both in enumerate(zip(first, last, strict=True)):
            yield f"{row.provider_class}-again-{at}", row.provider_class, list(both)
        for at, score in enumerate(once):
            yield f"{row.provider_class}-{at}", row.provider_class, [score]


def write_extract(folder: Path, files: dict[str, list[list[object]]]) -> Path:
    """The files of an extract, each with its header line first."""
    for name, lines in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows(lines)
    return folder


SCORES = ["case", "instrument", "version", "month", "provider_class", "scale", "score"]
FOLLOW_UPS = ["case", "months", "source", "situation"]


def before_and_after(folder: Path, table: list[Published], scale: str) -> Path:
    """An extract of the people of table 10 or 11."""
    found = list(people(table, scale))
    return write_extract(
        folder,
        {
            "cases.csv": [["case"], *([name] for name, _class, _scores in found)],
            "scores.csv": [
                SCORES,
                *(
                    [name, "kykyviisari", "1", 6 * at, provider_class, scale, score]
                    for name, provider_class, both in found
                    for at, score in enumerate(both)
                ),
            ],
            "follow_ups.csv": [FOLLOW_UPS],
        },
    )


def situations(folder: Path) -> Path:
    """An extract of the people of table 12, and three more who went to something else."""
    reached = [(f"work-{at}", "contract" if at < 5 else "degree") for at in range(13)]
    others = [(f"else-{at}", "unemployed" if at < 14 else "other_service") for at in range(25)]
    apart = [(f"other-{at}", "other") for at in range(3)]
    lines = [
        [name, "kykyviisari", "1", 1, "others", scale, score]
        for scale, sides in TABLE_12.items()
        for group, side in zip((reached, others), sides, strict=True)
        for (name, _situation), score in zip(group, side, strict=True)
    ] + [[name, "kykyviisari", "1", 1, "others", "overall", 100] for name, _situation in apart]
    return write_extract(
        folder,
        {
            "cases.csv": [["case"], *([name] for name, _s in (*reached, *others, *apart))],
            "scores.csv": [SCORES, *lines],
            "follow_ups.csv": [
                FOLLOW_UPS,
                *([name, 3, "worker", said] for name, said in (*reached, *others, *apart)),
            ],
        },
    )
