"""The register import: three extracts in, one transaction, a report of what was not taken.

The lines of the large files are laid down block by block (``staging``), then judged and written
set by set. Codes and dates are read once each, however many rows they stand in, by the same
functions as a single row (``extract``). An extract states the whole present truth of each person
in its ``persons.csv``: what it no longer states is closed as corrected.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from benefits.models import (
    Benefit,
    ImportState,
    PaymentBasis,
    RegisterImport,
    RejectedRow,
)
from benefits.services.extract import (
    BadExtract,
    CodeReader,
    ExtractFile,
    Reject,
    Rejection,
    day,
    six_day_benefits,
    weekday_benefits,
)
from benefits.services.staging import Cancelled, Staged, clear, stage
from common.actor import Actor
from common.crypto import encrypt, search_hash
from common.identity_code import birth_date, mask
from common.ids import new_id
from common.names import sort_key
from common.transactions import name_actor
from people.models import Language, Municipality

__all__ = ["BadExtract", "Cancelled", "ImportReport", "import_register", "run_import"]

Progress = Callable[[str, int], None]
PERSONS, SPELLS, PAYMENTS = "persons.csv", "unemployment.csv", "benefits.csv"
_LOCK = "benefits.register"
_EVERY = 10_000


@dataclass(slots=True)
class ImportReport:
    """What an import did, or, as a dry run, would do."""

    committed: bool
    rows: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    unknown_municipalities: dict[str, int] = field(default_factory=dict)
    newest_day: date | None = None
    bad_file: BadExtract | None = None

    @property
    def exit_status(self) -> int:
        """0 all in, 1 some rows rejected, 2 nothing imported."""
        if self.bad_file:
            return 2
        return 1 if self.rejected else 0


class _DryRun(Exception):
    pass


def import_register(
    *, actor: Actor, folder: Path, commit: bool, now: datetime, progress: Progress | None = None
) -> ImportReport:
    """Import the extracts in ``folder``; without ``commit`` everything is tried and undone.

    A bad file imports nothing and is told in the report; bad rows are left out and told.
    """
    run = RegisterImport.objects.create(
        started_at=now, imported_by=actor.label, state=ImportState.READING
    )
    try:
        return run_import(
            run=run, folder=folder, commit=commit, now=now, actor=actor, progress=progress
        )
    finally:
        if not RegisterImport.objects.filter(pk=run.pk, state=ImportState.DONE).exists():
            run.delete()


def run_import(
    *,
    run: RegisterImport,
    folder: Path,
    commit: bool,
    now: datetime,
    actor: Actor,
    progress: Progress | None = None,
    keep_lines: bool = False,
) -> ImportReport:
    """Read, judge and, with ``commit``, write the extracts of a recorded import.

    What a killed or checked run has laid down already is not read again. Two imports follow each
    other. The register's own rows change in one transaction at the end. The lines laid down are
    forgotten unless ``keep_lines``, for a check that may be followed. Raises ``Cancelled``.
    """
    report = ImportReport(committed=commit)
    said = progress or (lambda _text, _n: None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [_LOCK])
    try:
        files = {name: ExtractFile.open(folder, name) for name in (PERSONS, SPELLS, PAYMENTS)}
        report.unknown_columns = {n: f.unknown_columns for n, f in files.items()}
        # The tables hold one import's lines: whoever comes next lays down their own.
        RegisterImport.objects.exclude(pk=run.pk).exclude(progress={}).update(progress={})
        staged = {name: stage(run, files[name], said) for name in (SPELLS, PAYMENTS)}
        with transaction.atomic():
            name_actor(actor)
            _Import(run, files, staged, now, report, said).write(commit=commit)
            if not commit:
                raise _DryRun
    except _DryRun:
        pass
    except BadExtract as bad:
        report.bad_file, report.committed = bad, False
    finally:
        if not connection.needs_rollback:
            if not keep_lines:
                clear()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [_LOCK])
    return report


def is_alone() -> bool:
    """Keep other imports waiting for the rest of the transaction; False where one is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        alone: bool = cursor.fetchone()[0]
    return alone


_TEMPORARY = """
DROP TABLE IF EXISTS staged_person, staged_code, staged_day, staged_spell, staged_payment,
  staged_touched;
CREATE TEMPORARY TABLE staged_person (
  id uuid, code_hash text, code_encrypted bytea, birth_date date, last_name text,
  first_names text, sort_key text, language text, municipality text, email text, phone text,
  non_disclosure boolean) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_code (
  raw text, code_hash text, masked text, reason text, person_id uuid) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_day (raw text, day date) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_touched (file text, person_id uuid) ON COMMIT DROP
"""

_UPSERT_PERSONS = """
INSERT INTO people_person (id, identity_code_encrypted, identity_code_hash, birth_date, last_name,
  first_names, sort_key, language, municipality_code, email, phone, non_disclosure)
SELECT id, code_encrypted, code_hash, birth_date, last_name, first_names, sort_key, language,
  municipality, email, phone, non_disclosure FROM staged_person
ON CONFLICT (identity_code_hash) DO UPDATE SET
  last_name = excluded.last_name, first_names = excluded.first_names,
  sort_key = excluded.sort_key, language = excluded.language,
  municipality_code = excluded.municipality_code, email = excluded.email,
  phone = excluded.phone, non_disclosure = excluded.non_disclosure
WHERE (people_person.last_name, people_person.first_names, people_person.language,
       people_person.municipality_code, people_person.email, people_person.phone,
       people_person.non_disclosure)
  IS DISTINCT FROM (excluded.last_name, excluded.first_names, excluded.language,
       excluded.municipality_code, excluded.email, excluded.phone, excluded.non_disclosure)
"""

_KNOWN = """
UPDATE staged_code c SET person_id = p.id FROM people_person p
WHERE p.identity_code_hash = c.code_hash
"""

_MENTION = """
INSERT INTO benefits_mention (person_id, last_import_id)
SELECT p.id, %(run)s::uuid FROM staged_person s
JOIN people_person p ON p.identity_code_hash = s.code_hash
ON CONFLICT (person_id) DO UPDATE SET last_import_id = excluded.last_import_id
"""

# A row that is wrong is told by its first wrong column, in the order in which a row is read.
_JUDGE_SPELLS = """
CREATE TEMPORARY TABLE staged_spell ON COMMIT DROP AS
SELECT line, c.person_id, c.masked, s.day AS "start", e.day AS "end",
  CASE WHEN c.reason <> '' THEN 'hetu' WHEN s.day IS NULL THEN 'start'
    WHEN r."end" <> '' AND (e.day IS NULL OR e.day < s.day) THEN 'end'
    WHEN c.person_id IS NULL THEN 'hetu' END AS bad_column,
  CASE WHEN c.reason <> '' THEN c.reason WHEN s.day IS NULL THEN 'date'
    WHEN r."end" <> '' AND e.day IS NULL THEN 'date'
    WHEN r."end" <> '' AND e.day < s.day THEN 'end_before_start'
    ELSE 'unknown_person' END AS reason,
  CASE WHEN c.reason <> '' THEN c.masked WHEN s.day IS NULL THEN r."start"
    WHEN r."end" <> '' AND (e.day IS NULL OR e.day < s.day) THEN r."end"
    ELSE c.masked END AS value
FROM (SELECT line, {hetu} AS hetu, {start} AS "start", {end} AS "end" FROM {table} OFFSET 0) AS r
JOIN staged_code c ON c.raw = r.hetu
LEFT JOIN staged_day s ON s.raw = r."start"
LEFT JOIN staged_day e ON e.raw = r."end"
"""


_JUDGE_PAYMENTS = """
CREATE TEMPORARY TABLE staged_payment ON COMMIT DROP AS
SELECT line, person_id, masked, benefit, basis, "start", "end",
  CASE WHEN paid ~ '^[0-9]{{1,6}}$' THEN paid::int END AS paid_days,
  split_part(bad, ' ', 1) AS bad_column, split_part(bad, ' ', 2) AS reason,
  CASE split_part(bad, ' ', 1) WHEN 'hetu' THEN masked WHEN 'benefit' THEN benefit
    WHEN 'basis' THEN basis WHEN 'start' THEN start_text WHEN 'end' THEN end_text
    WHEN 'paid_days' THEN paid END AS value
FROM (
  SELECT r.*, c.person_id, c.masked, s.day AS "start", e.day AS "end", CASE
    WHEN c.reason <> '' THEN 'hetu ' || c.reason
    WHEN NOT benefit = ANY(%(benefits)s) THEN 'benefit unknown_benefit'
    WHEN NOT basis = ANY(%(bases)s) THEN 'basis unknown_basis'
    WHEN s.day IS NULL THEN 'start date'
    WHEN e.day IS NULL THEN 'end date'
    WHEN e.day < s.day THEN 'end end_before_start'
    WHEN paid = '' AND NOT benefit = ANY(%(limited)s) THEN
      CASE WHEN c.person_id IS NULL THEN 'hetu unknown_person' END
    WHEN paid !~ '^[0-9]{{1,6}}$' THEN 'paid_days paid_days'
    WHEN benefit = ANY(%(five)s) AND paid::int > weekdays_to(e.day) - weekdays_to(s.day - 1)
      THEN 'paid_days too_many_paid_days'
    WHEN benefit = ANY(%(six)s) AND paid::int > weekdays_to(e.day, 6) - weekdays_to(s.day - 1, 6)
      THEN 'paid_days too_many_paid_days'
    WHEN c.person_id IS NULL THEN 'hetu unknown_person' END AS bad
  FROM (
    SELECT line, {hetu} AS hetu, {benefit} AS benefit, {basis} AS basis, {start} AS start_text,
      {end} AS end_text, {paid_days} AS paid
    FROM {table} OFFSET 0) AS r
  JOIN staged_code c ON c.raw = r.hetu
  LEFT JOIN staged_day s ON s.raw = r.start_text
  LEFT JOIN staged_day e ON e.raw = r.end_text
  OFFSET 0) AS judged
"""

# Rows of people this extract speaks for, that it no longer states. Where one of a person's
# rows in the file was rejected, what stood for them in that file is left as it was.
_CLOSE = """
UPDATE {table} AS r SET corrected_at = %(now)s, corrected_by_import_id = %(run)s
FROM people_person p JOIN staged_person sp ON sp.code_hash = p.identity_code_hash
WHERE r.person_id = p.id AND r.corrected_at IS NULL
  AND NOT EXISTS (SELECT FROM staged_touched t
                  WHERE t.file = %(file)s AND t.person_id = p.id)
  AND NOT EXISTS (SELECT FROM {staged} s WHERE s.person_id = r.person_id AND {same})
"""

_ADD = """
INSERT INTO {table} (person_id, first_import_id, {columns})
SELECT {distinct} s.person_id, %(run)s::uuid, {values}
FROM {staged} s
WHERE NOT EXISTS (SELECT FROM {table} r
  WHERE r.corrected_at IS NULL AND r.person_id = s.person_id AND {same})
"""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the two large files: its tables, and which columns make a row the same."""

    file: str
    table: str
    staged: str
    columns: tuple[str, ...]
    same: str
    distinct: str = ""


# Two equal rows of unemployment.csv are one; of benefits.csv the later one overlaps.
_SPELL = _Kind(
    SPELLS, "benefits_unemploymentspell", "staged_spell", ("start", "end"),
    """r."start" = s."start" AND coalesce(r."end", 'infinity') = coalesce(s."end", 'infinity')""",
    "DISTINCT",
)  # fmt: skip
_PAYMENT = _Kind(
    PAYMENTS, "benefits_paymentperiod", "staged_payment",
    ("benefit", "basis", "start", "end", "paid_days"),
    """r.benefit = s.benefit AND r.basis = s.basis AND r."start" = s."start"
    AND r."end" = s."end" AND coalesce(r.paid_days, -1) = coalesce(s.paid_days, -1)""",
)  # fmt: skip


class _Import:
    def __init__(
        self,
        run: RegisterImport,
        files: dict[str, ExtractFile],
        staged: dict[str, Staged],
        now: datetime,
        report: ImportReport,
        said: Progress,
    ) -> None:
        self.run = run
        self.files = files
        self.staged = staged
        self.now = now
        self.report = report
        self.said = said

    def write(self, *, commit: bool) -> None:
        """Judge every row and bring the register to what the extract states."""
        # Read before the COPY begins: nothing else runs on the connection meanwhile.
        in_a_network = set(
            Municipality.objects.filter(network__isnull=False).values_list("code", flat=True)
        )
        with connection.cursor() as cursor:
            for statement in _TEMPORARY.split(";"):
                cursor.execute(statement)
            with cursor.copy(
                "COPY staged_person (id, code_hash, code_encrypted, birth_date, last_name,"
                " first_names, sort_key, language, municipality, email, phone, non_disclosure)"
                " FROM STDIN"
            ) as copy:
                for row in self._persons(self.files[PERSONS], in_a_network):
                    copy.write_row(row)
            cursor.execute(_UPSERT_PERSONS)
            self.report.changes["persons_changed"] = cursor.rowcount
            self._read_codes(cursor)
            self._read_days(cursor)
            self.said("judging", 0)
            self._judge(cursor)
            self.said("writing", 0)
            for kind in (_SPELL, _PAYMENT):
                self._replace(cursor, kind)
            cursor.execute(
                """SELECT max(d) FROM (
                  SELECT max(greatest("start", "end")) AS d FROM benefits_unemploymentspell
                  WHERE corrected_at IS NULL
                  UNION ALL SELECT max("end") FROM benefits_paymentperiod
                  WHERE corrected_at IS NULL AND basis <> '') AS days"""
            )
            self.report.newest_day = cursor.fetchone()[0]
            self.report.rejected.sort(key=lambda r: (r.file, r.line))
            if commit:
                cursor.execute(_MENTION, {"run": self.run.pk})
        if commit:
            self._record()

    def _record(self) -> None:
        report = self.report
        self.run.newest_day = report.newest_day
        self.run.counts = {**report.rows, **report.changes, "rejected": len(report.rejected)}
        self.run.state, self.run.finished_at = ImportState.DONE, self.now
        self.run.save()
        keep_rejected(self.run, report.rejected)

    def _persons(self, file: ExtractFile, in_a_network: set[str]) -> Iterator[tuple[Any, ...]]:
        read, seen = CodeReader(), set()
        strange: Counter[str] = Counter()
        count = 0
        for line, row in file.rows():
            count += 1
            if count % _EVERY == 0:
                self.said(PERSONS, count)
            try:
                code = read(row["hetu"])
                hashed = search_hash(code)
                if hashed in seen:
                    raise Reject("hetu", "duplicate_person", mask(code))
                municipality = row["municipality"]
                if not (
                    len(municipality) == 3 and municipality.isascii() and municipality.isdigit()
                ):
                    raise Reject("municipality", "municipality", municipality)
            except Reject as rejected:
                self.report.rejected.append(rejected.at(PERSONS, line))
                continue
            seen.add(hashed)
            if municipality not in in_a_network:
                strange[municipality] += 1
            yield (
                new_id(),
                hashed,
                encrypt(code),
                birth_date(code),
                row["last_name"][:100],
                row["first_names"][:100],
                sort_key(row["last_name"], row["first_names"])[:400],
                row["language"] if row["language"] in Language.values else Language.FINNISH.value,
                municipality,
                row["email"][:254],
                row["phone"][:30],
                row["non_disclosure"].lower() in {"1", "true", "yes"},
            )
        self.report.rows[PERSONS] = count
        self.said(PERSONS, count)
        self.report.unknown_municipalities = dict(sorted(strange.items()))

    def _read_codes(self, cursor: Any) -> None:
        """Every identity code of the two files once: its hash, its mask, or what is wrong."""
        read = CodeReader()

        def judged(raw: str) -> tuple[str, str | None, str, str]:
            try:
                code = read(raw)
            except Reject as bad:
                return raw, None, bad.value, bad.reason
            return raw, search_hash(code), mask(code), ""

        self._once_each(cursor, ["hetu"], "staged_code (raw, code_hash, masked, reason)", judged)
        cursor.execute(_KNOWN)
        cursor.execute("ANALYZE staged_code")

    def _read_days(self, cursor: Any) -> None:
        """Every date of the two files once; what is no date stands for NULL."""

        def judged(raw: str) -> tuple[str, date | None]:
            try:
                return raw, day(raw, "")
            except Reject:
                return raw, None

        self._once_each(cursor, ["start", "end"], "staged_day (raw, day)", judged)
        cursor.execute("ANALYZE staged_day")

    def _once_each(
        self, cursor: Any, columns: list[str], into: str, judged: Callable[[str], tuple[Any, ...]]
    ) -> None:
        cells = " UNION ".join(
            f"SELECT DISTINCT {s.cell(column)} FROM {s.table}"
            for s in self.staged.values()
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

    def _judge(self, cursor: Any) -> None:
        spells, payments = self.staged[SPELLS], self.staged[PAYMENTS]
        cursor.execute(
            _JUDGE_SPELLS.format(
                table=spells.table, **{c: spells.cell(c) for c in ("hetu", "start", "end")}
            )
        )
        columns = ("hetu", "benefit", "basis", "start", "end", "paid_days")
        cursor.execute(
            _JUDGE_PAYMENTS.format(
                table=payments.table,
                **{c: payments.cell(c) for c in columns},
            ),
            {
                "benefits": list(Benefit.values),
                "bases": ["", *PaymentBasis.values],
                "five": weekday_benefits(),
                "six": six_day_benefits(),
                "limited": [*weekday_benefits(), *six_day_benefits()],
            },
        )
        for kind in (_SPELL, _PAYMENT):
            cursor.execute(f"SELECT count(*) FROM {kind.staged}")
            self.report.rows[kind.file] = cursor.fetchone()[0]
            cursor.execute(
                f"""WITH bad AS (DELETE FROM {kind.staged} WHERE bad_column <> ''
                  RETURNING line, person_id, bad_column, reason, value),
                touched AS (INSERT INTO staged_touched
                  SELECT DISTINCT %s, person_id FROM bad WHERE person_id IS NOT NULL)
                SELECT line, bad_column, reason, value FROM bad""",
                [kind.file],
            )
            for line, column, reason, value in cursor.fetchall():
                self.report.rejected.append(
                    Rejection(kind.file, line, column, reason, (value or "")[:100])
                )
        self._reject_overlaps(cursor)
        cursor.execute("CREATE INDEX ON staged_person (code_hash)")
        for table in ("staged_person", "staged_spell", "staged_payment", "staged_touched"):
            cursor.execute(f"ANALYZE {table}")

    def _reject_overlaps(self, cursor: Any) -> None:
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
                self.report.rejected.append(Rejection(PAYMENTS, line, "start", "overlap", masked))
            else:
                group.append((start, end))
        if lines:
            cursor.execute("DELETE FROM staged_payment WHERE line = ANY(%s)", [lines])
            cursor.execute(
                "INSERT INTO staged_touched SELECT %s, unnest(%s::uuid[])",
                [PAYMENTS, sorted(touched)],
            )

    def _replace(self, cursor: Any, kind: _Kind) -> None:
        parts = {
            "table": kind.table,
            "staged": kind.staged,
            "columns": ", ".join(f'"{c}"' for c in kind.columns),
            "values": ", ".join(f's."{c}"' for c in kind.columns),
            "same": kind.same,
            "distinct": kind.distinct,
        }
        values = {"now": self.now, "run": self.run.pk, "file": kind.file}
        cursor.execute(_CLOSE.format(**parts), values)
        self.report.changes[f"{kind.file}_closed"] = cursor.rowcount
        cursor.execute(_ADD.format(**parts), values)
        self.report.changes[f"{kind.file}_added"] = cursor.rowcount


def keep_rejected(run: RegisterImport, rejected: list[Rejection]) -> None:
    """Keep the rejected rows of a run for its report, in place of those kept before."""
    run.rejected.all().delete()
    RejectedRow.objects.bulk_create(
        (
            RejectedRow(
                register_import=run,
                file=r.file,
                line=r.line,
                column=r.column,
                reason=r.reason,
                value=r.value,
            )
            for r in rejected
        ),
        batch_size=5000,
    )
