"""Reads the instruments in ``instruments.toml``: what may be scored, on which scales, since when.

A new instrument, or a new version of one, is a few lines there and no change here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FILE = Path(__file__).with_name("instruments.toml")
OWN_RATING = "own_rating"
WORK_ABILITY = "work_ability"  # the scale that every rating of work ability shares, 0-10


class UnknownInstrument(LookupError):
    """There is no such instrument, or no such version of it."""


def _in_words(names: Mapping[str, str]) -> str:
    return names.get((get_language() or "fi").split("-")[0], names["fi"])


@dataclass(frozen=True, slots=True)
class Scale:
    """One figure an instrument gives: a whole number from ``minimum`` to ``maximum``.

    With ``mean_of`` it is the mean of those scales: counted here, never typed.
    """

    code: str
    names: Mapping[str, str]
    minimum: int
    maximum: int
    mean_of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return _in_words(self.names)

    def holds(self, score: int) -> bool:
        return self.minimum <= score <= self.maximum

    def mean(self, scores: Mapping[str, int]) -> int | None:
        """The mean of the scales it rests on, to a whole number; None unless each was scored."""
        if not self.mean_of or not all(code in scores for code in self.mean_of):
            return None
        return round(sum(scores[code] for code in self.mean_of) / len(self.mean_of))


@dataclass(frozen=True, slots=True)
class InstrumentVersion:
    """The scales of one version, in use on the days from ``valid_from`` to ``valid_to``.

    ``drawn``: the scale that stands for the whole, drawn over time beside the ratings.
    """

    code: str
    valid_from: date
    valid_to: date | None
    scales: tuple[Scale, ...]
    drawn: str = ""

    @property
    def typed(self) -> tuple[Scale, ...]:
        """The scales somebody writes down; the others are counted from them."""
        return tuple(scale for scale in self.scales if not scale.mean_of)

    @property
    def counted(self) -> tuple[Scale, ...]:
        """The scales that are the mean of others."""
        return tuple(scale for scale in self.scales if scale.mean_of)

    def was_in_use(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to assess somebody's situation, the same at entry, exit and follow-up."""

    code: str
    names: Mapping[str, str]
    versions: tuple[InstrumentVersion, ...]

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return _in_words(self.names)

    @property
    def newest(self) -> InstrumentVersion:
        return max(self.versions, key=lambda version: version.valid_from)

    def version(self, code: str) -> InstrumentVersion:
        """The version of that code. Raises :class:`UnknownInstrument`."""
        for version in self.versions:
            if version.code == code:
                return version
        raise UnknownInstrument(f"{self.code} {code}")


@cache
def instruments() -> tuple[Instrument, ...]:
    """All of them, in the order in which they stand in the file."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(_instrument(row) for row in read["instruments"])


def instrument(code: str) -> Instrument:
    """The instrument of that code. Raises :class:`UnknownInstrument`."""
    for found in instruments():
        if found.code == code:
            return found
    raise UnknownInstrument(code)


def scale_name(code: str) -> str:
    """The name of a scale in the language of the page; its code where no instrument has it."""
    scales = (s for i in instruments() for v in i.versions for s in v.scales)
    return next((scale.name for scale in scales if scale.code == code), code)


def instrument_name(code: str) -> str:
    """The name of an instrument in the language of the page."""
    return instrument(code).name


def scores_in_words(scores: Mapping[str, int]) -> str:
    """Each scale by its name, with its score."""
    return "; ".join(f"{scale_name(scale)}: {score}" for scale, score in scores.items())


def _instrument(row: dict[str, Any]) -> Instrument:
    return Instrument(row["code"], row["names"], tuple(_version(v) for v in row["versions"]))


def _version(row: dict[str, Any]) -> InstrumentVersion:
    scales = tuple(
        Scale(
            scale["code"],
            scale["names"],
            scale["minimum"],
            scale["maximum"],
            tuple(scale.get("mean_of", ())),
        )
        for scale in row["scales"]
    )
    return InstrumentVersion(
        row["code"], row["valid_from"], row.get("valid_to"), scales, row.get("drawn", "")
    )
