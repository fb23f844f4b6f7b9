"""The table of grounds an installation may begin with, as data. Reads ``national.toml``.

It opens nothing by itself: its rows are drafted and signed like any other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from common.bodies import Body, Receiver
from consent.models import Basis, Category, Fact
from statutes.reader import law_on

_FILE = Path(__file__).with_suffix(".toml")
_TOLD_SINCE = date(2025, 1, 1)  # 385/2023 came into force


@dataclass(frozen=True, slots=True)
class NationalRow:
    """A row as it may be drafted. Days are inclusive; without ``valid_to`` it goes on.

    ``note`` narrows it in the officer's words.
    """

    category: Category | Fact
    receiver: Receiver
    basis: Basis
    section: str
    valid_from: date
    valid_to: date | None
    note: str = ""

    def holds_from(self, day: date) -> bool:
        """Does it hold on that day or a later one?"""
        return self.valid_to is None or self.valid_to >= day


@cache
def national_rows() -> tuple[NationalRow, ...]:
    """Every row, by Act and receiver. A word that is no category, fact or body raises."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(_rows(data))


def home_municipality_row() -> NationalRow:
    """Kela tells the home municipality who has been paid for so many days (1290/2002 13:6).

    Beside the table, and signed by itself: it gives none of the three bodies anything.
    """
    told = law_on(_TOLD_SINCE).figure("home_municipality_told_days")
    return NationalRow(
        Fact.PAID_DAY_COUNTS, Receiver.MUNICIPALITY, Basis.STATUTE, told.section,
        told.valid_from, told.valid_to,
        f"Vain se, että työttömyysetuutta on maksettu yhteensä {told.value} päivältä.",
    )  # fmt: skip


def _rows(data: dict[str, Any]) -> Iterator[NationalRow]:
    lists = data["lists"]
    for act in data["acts"]:
        for body in Body:
            consent = {*lists["beyond"], *data["by_consent"][body.value]}
            for name in [*lists["closed"], *lists["beyond"]]:
                basis = Basis.CONSENT if name in consent else Basis.STATUTE
                yield _row(Category(name), body.value, basis, act)
    for fact in data["facts"]:
        for receiver in fact["receivers"]:
            yield _row(Fact(fact["fact"]), receiver, Basis.STATUTE, fact)
    for name in [*lists["closed"], *lists["beyond"]]:
        yield _row(Category(name), Receiver.OUTSIDE, Basis.CONSENT, data["outside"])


def _row(
    category: Category | Fact, receiver: str, basis: Basis, days: dict[str, Any]
) -> NationalRow:
    return NationalRow(
        category, Receiver(receiver), basis, days["section"], days["valid_from"],
        days.get("valid_to"),
    )  # fmt: skip
