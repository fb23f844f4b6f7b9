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


REGISTER = """\
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
GATE = """\
- *Ours* is what the page "My cases" does (`cases_of`, `list_cases`): the count, a page of 25, and
  the case manager, the plan, its dates and the next action, each only where it is open to the
  reader's body: by law, or by what the client has agreed to and not said no to. Told is the median
  of the time in the database; all take turns in one run. Before it, every page of each list is held
  against the others: the same cases, order, columns and count, and the same rows of the log.
- *By hand* reads the ground table, then answers all in one statement written for this page alone.
- *A whole office* stands on the team of two thousand cases: each is sorted by name to find 25, in
  SQL by hand too, and where names are by consent each is asked for first. The library's list, which
  asks nothing of names or columns, takes longer even so, but less than five times: no limit is set.
- *django-guardian* holds the same rights its own way: a permission a user and case with direct
  foreign keys, a group for an office. `get_objects_for_user` gives the set; timed are a page and
  the count of it, no columns. It reads every case, so its time grows with all cases, ours with the
  worker's. Told to leave out groups it is quicker than our list with its columns, but then an
  office's cases would be rows for each of its workers, written anew as they come and go. Without a
  limit, the ratio is ours to theirs.
"""
PAGES = """\
- Every page goes through the whole of Django: session, user, actor, view, gate, log, template. The
  bare page does the same up to its view, asks one query and answers one word.
- *My day* is that of a worker with two hundred cases, of whom most have an action past its day, a
  quarter a meeting, a third a message. What waits is one statement, prepared once a connection.
- *The list of people to assess* is that of a network, twenty-five people to a page with their
  reasons.
- *The tabs* are of a case with five goals; over each stand the case's bar and the tabs' counts.
- *The case page* with 500 rows holds them all: goals, their actions, dates and links.
- *The list* is that of a whole office, on whose team two thousand cases stand, searched by name.
- *Saving a goal* is the POST of its form, with the revision, the history, the audit row.
- *One case, read at once* by four in threads of one process, beside four who read different ones:
  each page view appends its row to the log, and none waits for another's.
"""
NIGHT = """\
- *The question alone* is the statement of the reminders' step in one batch, without what it writes:
  every rule asked of every open case, who is to be told, at which level. A night asks it batch by
  batch, holds what it finds against what stands, raises and ends, and does everything else a night
  does: registers, hand-overs, letters, letting go.
- *An ordinary night* is the one of the next day: what became due since is new, what is over ends.
- *Queries* grow with batches of cases, never with cases; memory is the asking process's.
"""
HEADER = ("figure", "ours", "floor or peer", "which", "ratio", "limit")


def as_text(rows: Sequence[Row]) -> str:
    """The table in columns."""
    cells = [HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEADER))]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in cells
    )


def as_markdown(sections: Sequence[str], machine: str, on: date | None) -> str:
    """The sections with the machine they were measured on."""
    lines = [
        "# Measured",
        "",
        f"`make bench`{f' on {on}' if on else ''}, everything in one run: {machine}. Ratios matter,"
        " seconds are this machine's.",
        "",
        *sections,
    ]
    return "\n".join(lines)


def register_section(rows: Sequence[Row], persons: int) -> str:
    return _section(
        "The register",
        f"An artificial register of {_spaced(persons)} persons, {_spaced(4 * persons)} spells and"
        f" {_spaced(20 * persons)} payment periods.",
        rows,
        REGISTER,
    )


def gate_section(rows: Sequence[Row], cases: int, rounds: int) -> str:
    return _section(
        "A caseworker's list through the gate",
        f"{_spaced(cases)} cases, three bodies, nine categories; three clients of ten have agreed"
        f" to something, said no or taken it back. The median of {rounds} readings.",
        rows,
        GATE,
    )


def pages_section(rows: Sequence[Row], cases: int, rounds: int) -> str:
    return _section(
        "Whole pages",
        f"As multiples of a bare logged-in page with one query, among {_spaced(cases)} cases."
        f" The median of {rounds} readings.",
        rows,
        PAGES,
    )


def night_section(rows: Sequence[Row], cases: int) -> str:
    return _section(
        "A night",
        f"{_spaced(cases)} open cases with some {_spaced(cases * 36 // 10)} open actions.",
        rows,
        NIGHT,
    )


def _section(heading: str, about: str, rows: Sequence[Row], notes: str) -> str:
    lines = [
        f"## {heading}",
        "",
        about,
        "",
        "| " + " | ".join(HEADER) + " |",
        "|" + "---|" * len(HEADER),
        *("| " + " | ".join(row.cells()) + " |" for row in rows),
        "",
        notes,
    ]
    return "\n".join(lines)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
