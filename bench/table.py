"""A row of the table: a figure, ours, what it is held against, the ratio and its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """``at_most``: the ratio ours/other must not be above it; ``at_least``: other/ours not below.

    ``other`` None: nothing to compare with, and ``why`` says so. Seconds unless ``unit`` differs.
    """

    figure: str
    ours: float
    other: float | None
    against: str
    at_most: float | None = None
    at_least: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        if self.other is None:
            return None
        return self.other / self.ours if self.at_least else self.ours / self.other

    @property
    def holds(self) -> bool:
        if self.ratio is None:
            return True
        if self.at_most is not None:
            return self.ratio <= self.at_most
        return self.at_least is None or self.ratio >= self.at_least

    def cells(self) -> tuple[str, ...]:
        limit = "–"
        if self.at_most is not None:
            limit = f"at most {self.at_most:g}x"
        elif self.at_least is not None:
            limit = f"at least {self.at_least:g}x faster"
        return (
            self.figure,
            f"{self.ours:.3g} {self.unit}",
            f"{self.other:.3g} {self.unit}" if self.other is not None else "–",
            self.against,
            f"{self.ratio:.2f}x" if self.ratio is not None else "–",
            limit + ("" if self.holds else " (missed)"),
        )


NOTES = """\
- *Import*: our figure reads, judges and writes all three files, codes hashed and encrypted, rows
  compared with what stands. The floor only copies rows that are ready: into tables with the same
  keys, indexes and foreign keys, and into bare ones.
- *A night*: triggers, early signals and the forecast of everybody, with the writing and closing of
  flags. The floor is the same three statements as SELECTs that write nothing: the ratio is what
  writing adds. *The triggers of everybody* stand beside a query written by hand for them alone,
  which knows neither the day reached, nor full months, nor rules as data, nor a tolerance.
- *A query a person*: the same counting asked for one person at a time.
- *OpenFisca-core* runs in a process and an environment of its own. Its rules alone are quicker once
  every day of every person lies in its memory; reading them there is what costs, and its memory
  grows with persons and days. Our memory is that of the asking process, not the database's; our
  lines of rule are one SQL statement and the rules as data, its lines are the formulas.
"""
HEADER = ("figure", "ours", "floor or peer", "which", "ratio", "limit")


def as_text(rows: Sequence[Row]) -> str:
    """The table in columns."""
    cells = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEADER))]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in cells
    )


def as_markdown(rows: Sequence[Row], machine: str, persons: int, on: date | None) -> str:
    """The table with the machine it was measured on."""
    lines = [
        "# Measured",
        "",
        f"`make bench`{f' on {on}' if on else ''}, everything in one run: {machine}. An artificial"
        f" register of {_spaced(persons)} persons, {_spaced(4 * persons)} spells and"
        f" {_spaced(20 * persons)} payment periods. Ratios matter, seconds are this machine's.",
        "",
        "| " + " | ".join(HEADER) + " |",
        "|" + "---|" * len(HEADER),
        *("| " + " | ".join(row.cells()) + " |" for row in rows),
        "",
        NOTES,
    ]
    return "\n".join(lines)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
