"""The lines of the two large files in an import: judged set by set, and put in place of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from benefits.models import Benefit, PaymentBasis
from benefits.models.faults import RowFault
from benefits.services.extract import InvalidRow, Rejection, masked_value
from benefits.services.extract_rows import CodeReader, day, six_day_benefits, weekday_benefits
from benefits.services.register_report import PAYMENTS, SPELLS, ImportWork
from benefits.services.register_statements import ADD, CLOSE, JUDGE_PAYMENTS, JUDGE_SPELLS, KEPT
from benefits.services.staging import AffectedPeople, affected_by, faults_of
from common.crypto import search_hash
from common.identity_code import mask

_EVERY = 10_000
# From so many people on, a day that the rows of one alone reach is not the newest of the register.
_MANY = 20


@dataclass(frozen=True, slots=True)
class RowKind:
    """One of the two large files: its tables, and which columns make a row the same."""

    file: str
    table: str
    staged: str
    columns: tuple[str, ...]
    same: str
    in_its_place: str
    distinct: str = ""


# Two equal rows of unemployment.csv are one; of benefits.csv the later one overlaps.
SPELL_ROWS = RowKind(
    SPELLS, "benefits_unemploymentspell", "staged_spell", ("start", "end"),
    """r."start" = s."start" AND coalesce(r."end", 'infinity') = coalesce(s."end", 'infinity')""",
    """daterange(s."start", s."end", '[]') && daterange(r."start", r."end", '[]')""",
    "DISTINCT",
)  # fmt: skip
PAYMENT_ROWS = RowKind(
    PAYMENTS, "benefits_paymentperiod", "staged_payment",
    ("benefit", "basis", "start", "end", "paid_days"),
    """r.benefit = s.benefit AND r.basis = s.basis AND r."start" = s."start"
    AND r."end" = s."end" AND coalesce(r.paid_days, -1) = coalesce(s.paid_days, -1)""",
    """s.benefit = r.benefit
    AND daterange(s."start", s."end", '[]') && daterange(r."start", r."end", '[]')""",
)  # fmt: skip


def read_codes(work: ImportWork, cursor: Any, known: tuple[str, ...]) -> None:
    """Every identity code of the two files once: its hash, its mask, or what is wrong."""
    read = CodeReader(work.today)

    def judged(raw: str) -> tuple[str, str | None, str, str]:
        try:
            code = read(raw)
        except InvalidRow as bad:
            return raw, None, bad.value, bad.reason
        return raw, search_hash(code), mask(code), ""

    _once_each(work, cursor, ["hetu"], "staged_code (raw, code_hash, masked, reason)", judged)
    for statement in known:
        cursor.execute(statement)
    cursor.execute("ANALYZE staged_code")


def read_days(work: ImportWork, cursor: Any) -> None:
    """Every date of the two files once; what is no date stands for NULL."""

    def judged(raw: str) -> tuple[str, date | None]:
        try:
            return raw, day(raw, "")
        except InvalidRow:
            return raw, None

    _once_each(work, cursor, ["start", "end"], "staged_day (raw, day)", judged)
    cursor.execute("ANALYZE staged_day")


def _once_each(
    work: ImportWork,
    cursor: Any,
    columns: list[str],
    into: str,
    judged: Callable[[str], tuple[Any, ...]],
) -> None:
    cells = " UNION ".join(
        f"SELECT DISTINCT {s.cell(column)} FROM {s.table}"
        for s in work.staged.values()
        for column in columns
    )
    cursor.execute(f"DECLARE cells NO SCROLL CURSOR FOR {cells}")
    while True:
        cursor.execute(f"FETCH {_EVERY} FROM cells")
        found = cursor.fetchall()
        if not found:
            break
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for (raw,) in found:
                copy.write_row(judged(raw))
    cursor.execute("CLOSE cells")


def judge_rows(work: ImportWork, cursor: Any) -> None:
    """Judge every line of the two files, and turn away what is wrong with one or with its like."""
    spells, payments = work.staged[SPELLS], work.staged[PAYMENTS]
    cursor.execute(
        JUDGE_SPELLS.format(
            table=spells.table, **{c: spells.cell(c) for c in ("hetu", "start", "end")}
        ),
        {"today": work.today},
    )
    columns = ("hetu", "benefit", "basis", "start", "end", "paid_days")
    cursor.execute(
        JUDGE_PAYMENTS.format(
            table=payments.table,
            **{c: payments.cell(c) for c in columns},
        ),
        {
            "benefits": list(Benefit.values),
            "bases": ["", *PaymentBasis.values],
            "five": weekday_benefits(),
            "six": six_day_benefits(),
            "limited": [*weekday_benefits(), *six_day_benefits()],
            "today": work.today,
        },
    )
    for kind in (SPELL_ROWS, PAYMENT_ROWS):
        _reject_bad(work, cursor, kind)
    _reject_overlaps(work, cursor)
    for table in ("staged_spell", "staged_payment", "staged_touched"):
        cursor.execute(f"ANALYZE {table}")


def _reject_bad(work: ImportWork, cursor: Any, kind: RowKind) -> None:
    """Turn away the lines judged bad and those that are no record, and note whose they may be.

    What may be told of a value is made here, out of the line as it stands.
    """
    cursor.execute(f"SELECT count(*) FROM {kind.staged}")
    rows = cursor.fetchone()[0]
    cursor.execute(
        f"""WITH bad AS (DELETE FROM {kind.staged} WHERE bad_column <> ''
          RETURNING line, person_id, bad_column, reason, value)
        SELECT bad.*, raw.text, {work.staged[kind.file].cell("hetu")}
        FROM bad JOIN {work.staged[kind.file].table} raw ON raw.line = bad.line"""
    )
    touched: list[tuple[str, Any, str | None, bool]] = []
    maybe: set[frozenset[str]] = set()
    for line, person, column, reason, value, text, hetu in cursor.fetchall():
        told = value if column == "hetu" else masked_value(column, value or "")
        if reason == "unknown_person":
            said = reason if work.network_id is None else RowFault.NOT_IN_PERSONS.value
            work.report.rejected.append(Rejection(kind.file, line, column, said, told))
            continue
        work.report.rejected.append(Rejection(kind.file, line, column, reason, told))
        if person:
            touched.append((kind.file, person, None, True))
        touched += _whose(work, kind.file, affected_by(hetu, text), maybe)
    faults = faults_of(kind.file)
    for line, column, reason, value, whose in faults:
        work.report.rejected.append(Rejection(kind.file, line, column, reason, value))
        touched += _whose(work, kind.file, whose, maybe)
    work.report.rows[kind.file] = rows + len(faults)
    with cursor.copy("COPY staged_touched (file, person_id, code_hash, sure) FROM STDIN") as to:
        for row in touched:
            to.write_row(row)
    cursor.execute(
        """UPDATE staged_touched t SET person_id = p.id FROM people_person p
        WHERE t.person_id IS NULL AND p.identity_code_hash = t.code_hash"""
    )
    cursor.execute(
        """UPDATE staged_touched t SET person_id = f.person_id FROM people_formercode f
        WHERE t.person_id IS NULL AND f.identity_code_hash = t.code_hash"""
    )
    if maybe:
        # Codes one slip away that nobody here has say nothing: it may be about anybody.
        cursor.execute("SELECT file_hash FROM staged_person")
        here = {code_hash for (code_hash,) in cursor.fetchall()}
        if any(not (codes & here) for codes in maybe):
            work.anybody.add(kind.file)


def _whose(
    work: ImportWork, file: str, whose: AffectedPeople, maybe: set[frozenset[str]]
) -> Iterator[tuple[str, Any, str | None, bool]]:
    if whose.anybody:
        work.anybody.add(file)
    if whose.maybe and not whose.sure:
        maybe.add(whose.maybe)
    for code_hash in whose.sure:
        yield file, None, code_hash, True
    for code_hash in whose.maybe:
        yield file, None, code_hash, False


def _reject_overlaps(work: ImportWork, cursor: Any) -> None:
    """A payment period that overlaps an earlier row taken of the same person, benefit, basis.

    The database finds the groups in which anything overlaps; only those are looked at
    row by row, in the order of the file.
    """
    cursor.execute(
        """WITH marked AS (
          SELECT person_id, benefit, basis, "start" <= max("end") OVER (
            PARTITION BY person_id, benefit, basis ORDER BY "start", line
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS clashes FROM staged_payment)
        SELECT person_id, benefit, basis, line, "start", "end", masked FROM staged_payment
        WHERE (person_id, benefit, basis) IN
          (SELECT person_id, benefit, basis FROM marked WHERE clashes)
        ORDER BY line"""
    )
    taken: defaultdict[tuple[Any, ...], list[tuple[date, date]]] = defaultdict(list)
    lines: list[int] = []
    touched: set[UUID] = set()
    for person, benefit, basis, line, start, end, masked in cursor.fetchall():
        group = taken[person, benefit, basis]
        if any(start <= last and first <= end for first, last in group):
            lines.append(line)
            touched.add(person)
            work.report.rejected.append(
                Rejection(PAYMENTS, line, "start", RowFault.OVERLAP.value, masked)
            )
        else:
            group.append((start, end))
    if lines:
        cursor.execute("DELETE FROM staged_payment WHERE line = ANY(%s)", [lines])
        cursor.execute(
            "INSERT INTO staged_touched SELECT %s, unnest(%s::uuid[])",
            [PAYMENTS, sorted(touched)],
        )


def replace_rows(work: ImportWork, cursor: Any, kind: RowKind) -> None:
    """Put the lines that were taken in place of what stood, and count what closed, stayed, came."""
    parts = {
        "table": kind.table,
        "staged": kind.staged,
        "columns": ", ".join(f'"{c}"' for c in kind.columns),
        "values": ", ".join(f's."{c}"' for c in kind.columns),
        "same": kind.same,
        "in_its_place": kind.in_its_place,
        "distinct": kind.distinct,
    }
    values = {
        "now": work.now,
        "run": work.run.pk,
        "file": kind.file,
        "anybody": kind.file in work.anybody,
    }
    cursor.execute(CLOSE.format(**parts), values)
    work.report.changes[f"{kind.file}_closed"] = cursor.fetchone()[0]
    work.report.changes[f"{kind.file}_kept"] = 0
    if any(bad.file == kind.file for bad in work.report.rejected):
        cursor.execute(KEPT.format(**parts))
        work.report.changes[f"{kind.file}_kept"] = cursor.fetchone()[0]
    cursor.execute(ADD.format(**parts), values)
    work.report.changes[f"{kind.file}_added"] = cursor.fetchone()[0]


def newest_reached(work: ImportWork, cursor: Any, query: str) -> date | None:
    """The newest day that rows reach. In a register of many, one person's alone does not tell.

    So one slip in one line, which makes a day newer than all others, moves nobody's day asked.
    """
    cursor.execute(query, {"today": work.today})
    reached = cursor.fetchall()
    cursor.execute("SELECT count(*) FROM staged_person")
    if reached and cursor.fetchone()[0] >= _MANY:
        first = reached[0][1]
        reached = [(day, person) for day, person in reached if person != first] or reached
    return reached[0][0] if reached else None
