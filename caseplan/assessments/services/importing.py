"""Scores that came to a body as a file: checked first, then what was good is written together.

One line of the file is one record. A line that is wrong is left out and told, with nothing of it
but its number, its column and a masked code; no other line is read differently for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan.assessments.models import Assessment
from caseplan.assessments.services.recording import checked_scores
from cases.access import can_write_in_case, get_case, worked_on_by
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.crypto import search_hash
from common.decision import NotAllowed, Refused
from common.extract_lines import (
    BOM,
    BadLine,
    EncodingCounter,
    decode_line,
    line_end_of,
    masked_column_name,
    one_line,
    split_cells,
)
from common.identity_code import BadIdentityCode, mask, parse
from consent.models import Category
from people.selectors import people_by_code
from records.access import visible_to
from records.selectors import reading_of
from records.services import add_row

FIXED = ("hetu", "instrument", "version", "taken_on")
MOST_LINES = 1000
SEPARATOR = ";"
_WRONG = {
    "quote": _("A quotation mark does not end on its line."),
    "line_break": _("There is a line break within a value."),
    "line_too_long": _("The line is longer than any record."),
    "encoding": _("The line has a character that can't be read."),
}


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One good line of a file: which case, and what would be recorded. Holds no identity code."""

    number: int
    case_id: UUID
    instrument: str
    version: str
    taken_on: date
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LineFault:
    """Why a line cannot be taken: ``line`` from 1, the header included; the code masked."""

    line: int
    column: str
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do: ``new`` lines, how many stand already, and the bad ones."""

    new: list[CheckedLine]
    unchanged: int
    faults: list[LineFault]


class _Bad(Exception):
    """A line that is no record. The column may be anybody's words: only its name is told."""

    def __init__(self, column: str, reason: object) -> None:
        super().__init__()
        self.column, self.reason = masked_column_name(column), str(reason)


def check_assessments(*, actor: Actor, file: bytes, now: datetime) -> Checked:
    """A dry run: reads the columns ``hetu;instrument;version;taken_on`` and one a scale.

    Only clients whose case the actor works on are known; of anybody else it is not said whether
    they have one. Writes nothing but the access rows. Raises :class:`Refused` for what is no
    such file.
    """
    _require_worker(actor)
    table = _Table(file)
    cases = _cases_by_hash(actor, now)
    kept = _kept(actor, cases.values(), now)
    new: list[CheckedLine] = []
    faults: list[LineFault] = []
    first_seen: dict[tuple[UUID, str, date], int] = {}
    unchanged = 0
    for number, written in table.lines:
        try:
            line = _line(number, table.row(written), cases, today=day_of(now))
            key = (line.case_id, line.instrument, line.taken_on)
            if key in first_seen:
                said = _("The same client, instrument and day stand on line %(line)s.")
                raise _Bad("taken_on", said % {"line": first_seen[key]})
            first_seen[key] = number
            if key not in kept:
                new.append(line)
            elif kept[key] == (line.version, line.scores):
                unchanged += 1
            else:
                raise _Bad("taken_on", _("Other scores of this day are recorded already."))
        except _Bad as bad:
            faults.append(LineFault(number, bad.column, bad.reason, table.code_in(written)))
    return Checked(new, unchanged, faults)


@transaction.atomic
def import_assessments(*, actor: Actor, lines: Iterable[CheckedLine], now: datetime) -> int:
    """Record checked lines for the actor's body, all or none; returns how many were new.

    Every line is judged again: the case must still be one the actor works on. Lines that stand
    already change nothing.
    """
    _require_worker(actor)
    found = list(lines)
    cases = {line.case_id: get_case(actor, line.case_id, now=now) for line in found}
    for case in cases.values():
        can_write_in_case(actor, case, now=now).require()
    kept = _kept(actor, cases.values(), now)
    new = [line for line in found if (line.case_id, line.instrument, line.taken_on) not in kept]
    try:
        with transaction.atomic():
            for line in new:
                add_row(actor, _row(cases[line.case_id], line, now), now)
    except IntegrityError as error:
        raise Refused(
            _("Somebody recorded some of these in between. Nothing was written. Check again.")
        ) from error
    return len(new)


def _row(case: Case, line: CheckedLine, now: datetime) -> Assessment:
    return Assessment(
        case=case,
        category=Category.SELF_ASSESSMENT,
        instrument=line.instrument,
        version=line.version,
        taken_on=line.taken_on,
        scores=checked_scores(
            line.instrument, line.version, line.taken_on, line.scores, today=day_of(now)
        ),
    )


def _require_worker(actor: Actor) -> None:
    if not actor.is_worker:
        raise NotAllowed(_("Only a worker of the three bodies can do this."))


def _cases_by_hash(actor: Actor, now: datetime) -> dict[str, Case]:
    worked_on = worked_on_by(actor, now=now).select_related("person")
    cases = {case.person_id: case for case in worked_on}
    return {code: cases[person] for code, person in people_by_code(cases).items()}


def _kept(
    actor: Actor, cases: Iterable[Case], now: datetime
) -> dict[tuple[UUID, str, date], tuple[str, Mapping[str, int]]]:
    """What the actor's body has recorded of these cases already; logged as looked at."""
    by_id = {case.pk: case for case in cases}
    rows = list(
        visible_to(actor, Assessment, now=now)
        .filter(case__in=by_id, recorded_for=actor.party)
        .order_by("taken_on", "pk")
    )
    of_case: dict[UUID, list[Assessment]] = {}
    for row in rows:
        of_case.setdefault(row.case_id, []).append(row)
    reading_of(actor, now=now).log_and_hide_names(
        "assessments_checked",
        Purpose.KEEP_CASE,
        [(by_id[case_id], found) for case_id, found in of_case.items()],
        beside=(),
    )
    return {(r.case_id, r.instrument, r.taken_on): (r.version, r.scores) for r in rows}


class _Table:
    """The file, read as every file of ours: :attr:`lines` with their numbers, one record each."""

    def __init__(self, file: bytes) -> None:
        if b"\0" in file:
            raise _no_table()
        self._ends = line_end_of(file) or b"\n"
        first, *lines = file.removeprefix(BOM).split(self._ends)
        letters = EncodingCounter(has_mark=file.startswith(BOM))
        letters.count([first, *lines])
        self._encoding = letters.encoding
        try:
            self._columns = self._cells(first)
        except BadLine as bad:
            raise _no_table() from bad
        named = [name for name in self._columns if name]
        if not {*FIXED} <= {*named} or len({*named}) != len(named):
            raise Refused(
                _("The first line names each column once: %(names)s and the scales.")
                % {"names": SEPARATOR.join(FIXED)},
                field="file",
            )
        empty = SEPARATOR.encode() + b" \t\r"
        self.lines = [(n, line) for n, line in enumerate(lines, 2) if line.strip(empty)]
        if len(self.lines) > MOST_LINES:
            raise Refused(_("Give at most 1000 lines at a time."), field="file")

    def row(self, line: bytes) -> dict[str, str]:
        """The cells of a line by column. What has no cell, or no column, is not guessed."""
        try:
            cells = self._cells(line)
        except BadLine as bad:
            column = self._columns[min(bad.cell, len(self._columns) - 1)]
            raise _Bad(column, _WRONG[bad.reason]) from None
        if len(cells) < len(self._columns):
            raise _Bad(self._columns[len(cells)], _("The line ends before this column."))
        row = dict(zip(self._columns, cells, strict=False))
        nameless = any(cell for name, cell in zip(self._columns, cells, strict=False) if not name)
        if nameless or any(cells[len(self._columns) :]):
            raise _Bad(self._columns[-1], _("The line has more values than there are columns."))
        return row

    def code_in(self, line: bytes) -> str:
        """Whom a line that was not taken may be about: their code, masked."""
        cells = line.decode(self._encoding, "replace").split(SEPARATOR)
        at = self._columns.index("hetu")
        return mask(one_line(cells[at]).strip(' "')) if at < len(cells) else ""

    def _cells(self, line: bytes) -> list[str]:
        return split_cells(decode_line(line, self._ends, self._encoding, SEPARATOR), SEPARATOR)


def _no_table() -> Refused:
    return Refused(_("This is not a CSV file with semicolons."), field="file")


def _line(
    number: int, row: Mapping[str, str], cases: Mapping[str, Case], *, today: date
) -> CheckedLine:
    try:
        case = cases.get(search_hash(parse(row["hetu"])))
    except BadIdentityCode as error:
        raise _Bad("hetu", _("This is not a personal identity code.")) from error
    if case is None:
        raise _Bad("hetu", _("You work on no open case of this person."))
    taken_on = _day(row["taken_on"])
    given = {name: _whole(name, row[name]) for name in row if name not in FIXED and row[name]}
    try:
        scores = checked_scores(row["instrument"], row["version"], taken_on, given, today=today)
    except Refused as refusal:
        raise _Bad(refusal.field or "version", refusal.message) from refusal
    return CheckedLine(number, case.pk, row["instrument"], row["version"], taken_on, scores)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise _Bad("taken_on", _("Write the day like this: 1.5.2024."))


def _whole(column: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise _Bad(column, _("Write a whole number."))
    return int(text)
