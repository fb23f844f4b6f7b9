"""Reads an extract back: its files by their headers; a bad line is told by its place."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caseplan.assessments.instruments import instrument
from followup.models.point import Situation

KYKYVIISARI = "kykyviisari"


class UnreadableExtract(ValueError):
    """A file of an extract that cannot be read: which, which line, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Taking:
    """The scores of one person on one occasion, ``month`` whole months from their entry."""

    case: str
    month: int
    provider_class: str
    scores: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReadExtract:
    """What the report's tables need of an extract.

    ``takings``: by case, the earliest first. ``situations``: by case, at three months.
    ``benefits``: by case and year, the kinds of benefits somebody had.
    """

    cases: list[str]
    takings: dict[str, list[Taking]]
    situations: dict[str, Situation]
    benefits: dict[tuple[str, int], set[str]]

    @property
    def years(self) -> list[int]:
        return sorted({year for _case, year in self.benefits})


def read_extract(folder: Path) -> ReadExtract:
    """The extract in a folder. Raises :class:`UnreadableExtract`."""
    return ReadExtract(
        cases=list({row["case"]: None for _place, row in _rows(folder, "cases.csv", "case")}),
        takings=_takings(folder),
        situations=_situations(folder),
        benefits=_benefits(folder),
    )


def _rows(folder: Path, name: str, *columns: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each line of a file by its columns, with where it stands. Other columns are left alone."""
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=";", restval="")
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise UnreadableExtract(f"{name}: no column {', '.join(sorted(missing))}")
            for row in reader:
                yield f"{name}:{reader.line_num}", row
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise UnreadableExtract(f"{name}: cannot be read ({type(fault).__name__})") from fault


def _whole(place: str, row: dict[str, str], column: str) -> int:
    try:
        return int(row[column])
    except ValueError:
        raise UnreadableExtract(f"{place}: {column} is no whole number") from None


def _takings(folder: Path) -> dict[str, list[Taking]]:
    scales = {scale.code: scale for scale in instrument(KYKYVIISARI).newest.scales}
    found: dict[tuple[str, int], Taking] = {}
    columns = ("case", "instrument", "month", "provider_class", "scale", "score")
    for place, row in _rows(folder, "scores.csv", *columns):
        if row["instrument"] != KYKYVIISARI:
            continue
        scale = scales.get(row["scale"])
        score = _whole(place, row, "score")
        if scale is None or not scale.holds(score):
            raise UnreadableExtract(f"{place}: no such scale, or a score outside it")
        month = _whole(place, row, "month")
        taking = found.setdefault(
            (row["case"], month), Taking(row["case"], month, row["provider_class"], {})
        )
        taking.scores[scale.code] = score
    by_case: dict[str, list[Taking]] = {}
    for (case, _month), taking in sorted(found.items()):
        by_case.setdefault(case, []).append(taking)
    return by_case


def _situations(folder: Path) -> dict[str, Situation]:
    """At three months, in the person's own words; what the worker heard where they did not say."""
    said: dict[str, dict[str, Situation]] = {}
    for place, row in _rows(folder, "follow_ups.csv", "case", "months", "source", "situation"):
        if _whole(place, row, "months") != 3 or not row["situation"]:
            continue
        if row["situation"] not in Situation.values:
            raise UnreadableExtract(f"{place}: no such situation")
        said.setdefault(row["case"], {})[row["source"]] = Situation(row["situation"])
    return {
        case: by["client"] if "client" in by else next(iter(by.values()))
        for case, by in said.items()
    }


def _benefits(folder: Path) -> dict[tuple[str, int], set[str]]:
    found: dict[tuple[str, int], set[str]] = {}
    if not (folder / "benefits.csv").exists():
        return found  # nobody opened them
    for place, row in _rows(folder, "benefits.csv", "case", "year", "benefit"):
        kinds = found.setdefault((row["case"], _whole(place, row, "year")), set())
        if row["benefit"]:
            kinds.add(row["benefit"])
    return found
