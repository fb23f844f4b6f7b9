"""Scores that came to a body as a file: checked first, then written all together or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.models import Purpose
from caseplan.access import can_write_plan, visible_to
from caseplan.models import Assessment
from caseplan.selectors.logged import reading_of
from caseplan.services.assessment import checked_scores
from caseplan.services.rows import add_row
from cases.access import get_case, worked_on_by
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.crypto import search_hash
from common.decision import NotAllowed, Refused
from common.identity_code import BadIdentityCode, mask, parse
from consent.models import Category
from people.selectors import people_by_code

FIXED = ("hetu", "instrument", "version", "taken_on")
MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One good line of a file: which case, and what would be recorded. Holds no identity code."""

    number: int
    case_id: UUID
    instrument: str
    version: str
    taken_on: date
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be taken: line, column, reason; the identity code masked."""

    line: int
    column: str
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do: ``new`` lines, how many stand already, and the bad ones."""

    new: list[Line]
    unchanged: int
    faults: list[Fault]


class _Bad(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column)
        self.column, self.reason = column, reason


def check_assessments(*, actor: Actor, file: bytes, now: datetime) -> Checked:
    """A dry run: reads the columns ``hetu;instrument;version;taken_on`` and one a scale.

    Only clients whose case the actor works on are known; of anybody else it is not said whether
    they have one. Writes nothing but the access rows. Raises :class:`Refused` for what is no
    such file.
    """
    _require_worker(actor)
    rows, scales = _read(file)
    cases = _cases_by_hash(actor, now)
    kept = _kept(actor, cases.values(), now)
    new: list[Line] = []
    faults: list[Fault] = []
    first_seen: dict[tuple[UUID, str, date], int] = {}
    unchanged = 0
    for number, row in rows:
        try:
            line = _line(number, row, scales, cases, today=day_of(now))
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
            faults.append(Fault(number, bad.column, bad.reason, mask(row["hetu"])))
    return Checked(new, unchanged, faults)


@transaction.atomic
def import_assessments(*, actor: Actor, lines: Iterable[Line], now: datetime) -> int:
    """Record checked lines for the actor's body, all or none; returns how many were new.

    Every line is judged again: the case must still be one the actor works on. Lines that stand
    already change nothing.
    """
    _require_worker(actor)
    found = list(lines)
    cases = {line.case_id: get_case(actor, line.case_id, now=now) for line in found}
    for case in cases.values():
        can_write_plan(actor, case, now=now).require()
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


def _row(case: Case, line: Line, now: datetime) -> Assessment:
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
    reading_of(actor, now=now).shows(
        "assessments_checked",
        Purpose.KEEP_CASE,
        [(by_id[case_id], found) for case_id, found in of_case.items()],
        beside=(),
    )
    return {(r.case_id, r.instrument, r.taken_on): (r.version, r.scores) for r in rows}


def _read(file: bytes) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """The lines with their numbers in the file, and the columns that are scales."""
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Save the file as CSV in UTF-8."), field="file") from error
    reader = csv.reader(io.StringIO(text), delimiter=";")
    try:
        columns = [name.strip() for name in next(reader, [])]
        lines = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as error:
        raise Refused(_("This is not a CSV file with semicolons."), field="file") from error
    missing = [name for name in FIXED if name not in columns]
    if missing or len(set(columns)) != len(columns):
        raise Refused(
            _("The first line names each column once: %(names)s and the scales.")
            % {"names": ";".join(FIXED)},
            field="file",
        )
    if len(lines) > MOST_LINES:
        raise Refused(_("Give at most 1000 lines at a time."), field="file")
    rows = [
        (
            number,
            dict.fromkeys(columns, "") | dict(zip(columns, map(str.strip, cells), strict=False)),
        )
        for number, cells in lines
    ]
    return rows, [name for name in columns if name not in FIXED]


def _line(
    number: int,
    row: Mapping[str, str],
    scales: list[str],
    cases: Mapping[str, Case],
    *,
    today: date,
) -> Line:
    try:
        case = cases.get(search_hash(parse(row["hetu"])))
    except BadIdentityCode as error:
        raise _Bad("hetu", _("This is not a personal identity code.")) from error
    if case is None:
        raise _Bad("hetu", _("You work on no open case of this person."))
    taken_on = _day(row["taken_on"])
    given = {name: _whole(name, row[name]) for name in scales if row[name]}
    try:
        scores = checked_scores(row["instrument"], row["version"], taken_on, given, today=today)
    except Refused as refusal:
        raise _Bad(refusal.field or "version", str(refusal.message)) from refusal
    return Line(number, case.pk, row["instrument"], row["version"], taken_on, scores)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise _Bad("taken_on", _("Write the day like this: 1.5.2024."))


def _whole(column: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise _Bad(column, _("Write a whole number."))
    return int(text)
