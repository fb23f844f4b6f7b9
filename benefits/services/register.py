"""The register import: three extracts in, one transaction, a report of what was not taken.

The files stream through COPY into temporary tables; what needs other rows or the database
is judged there, and the changes are written set by set. An extract states the whole present
truth of each person in its ``persons.csv``: what it no longer states is closed as corrected.
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

from benefits.models import RegisterImport, RejectedRow
from benefits.services.extract import (
    BadExtract,
    CodeReader,
    ExtractFile,
    Reject,
    Rejection,
    payment,
    spell,
)
from common.actor import Actor
from common.crypto import encrypt, search_hash
from common.identity_code import birth_date, mask
from common.ids import new_id
from common.names import sort_key
from people.models import Language, Municipality

__all__ = ["BadExtract", "ImportReport", "import_register"]

Progress = Callable[[str, int], None]
PERSONS, SPELLS, PAYMENTS = "persons.csv", "unemployment.csv", "benefits.csv"
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
    report = ImportReport(committed=commit)
    try:
        with transaction.atomic():
            _Import(actor, folder, now, report, progress or (lambda _text, _n: None)).run()
            if not commit:
                raise _DryRun
    except _DryRun:
        pass
    except BadExtract as bad:
        report.bad_file, report.committed = bad, False
    return report


_STAGING = """
DROP TABLE IF EXISTS staged_person, staged_spell, staged_payment, staged_touched;
CREATE TEMPORARY TABLE staged_person (
  line int, id uuid, code_hash text, code_encrypted bytea, birth_date date, last_name text,
  first_names text, sort_key text, language text, municipality text, email text, phone text,
  non_disclosure boolean) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_spell (
  line int, code_hash text, masked text, "start" date, "end" date) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_payment (
  line int, code_hash text, masked text, benefit text, "start" date, "end" date,
  paid_days int, basis text) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_touched (file text, code_hash text) ON COMMIT DROP;
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

_MENTION = """
INSERT INTO benefits_mention (person_id, last_import_id)
SELECT p.id, %(run)s::uuid FROM staged_person s
JOIN people_person p ON p.identity_code_hash = s.code_hash
ON CONFLICT (person_id) DO UPDATE SET last_import_id = excluded.last_import_id
"""

# Rows of people this extract speaks for, that it no longer states. Where one of a person's
# rows in the file was rejected, what stood for them in that file is left as it was.
_CLOSE = """
UPDATE {table} AS r SET corrected_at = %(now)s, corrected_by_import_id = %(run)s
FROM people_person p JOIN staged_person sp ON sp.code_hash = p.identity_code_hash
WHERE r.person_id = p.id AND r.corrected_at IS NULL
  AND NOT EXISTS (SELECT FROM staged_touched t
                  WHERE t.file = %(file)s AND t.code_hash = p.identity_code_hash)
  AND NOT EXISTS (SELECT FROM {staged} s WHERE s.code_hash = p.identity_code_hash
                  AND ({staged_values}) IS NOT DISTINCT FROM ({standing_values}))
"""

_ADD = """
INSERT INTO {table} (person_id, first_import_id, {columns})
SELECT DISTINCT p.id, %(run)s::uuid, {staged_values}
FROM {staged} s JOIN people_person p ON p.identity_code_hash = s.code_hash
ON CONFLICT DO NOTHING
"""


class _Import:
    def __init__(
        self,
        actor: Actor,
        folder: Path,
        now: datetime,
        report: ImportReport,
        progress: Progress,
    ) -> None:
        self.actor = actor
        self.folder = folder
        self.now = now
        self.report = report
        self.progress = progress
        self.hash_of = _Hashes()
        self._touched: defaultdict[str, set[str]] = defaultdict(set)

    def run(self) -> None:
        files = {name: ExtractFile.open(self.folder, name) for name in (PERSONS, SPELLS, PAYMENTS)}
        self.report.unknown_columns = {n: f.unknown_columns for n, f in files.items()}
        # Read before the COPY begins: nothing else runs on the connection meanwhile.
        self.in_a_network = set(
            Municipality.objects.filter(network__isnull=False).values_list("code", flat=True)
        )
        with connection.cursor() as cursor:
            for statement in _STAGING.split(";"):
                if statement.strip():
                    cursor.execute(statement)
            self._copy(
                cursor,
                "staged_person (line, id, code_hash, code_encrypted, birth_date, last_name, "
                "first_names, sort_key, language, municipality, email, phone, non_disclosure)",
                self._persons(files[PERSONS]),
            )
            self._copy(
                cursor,
                'staged_spell (line, code_hash, masked, "start", "end")',
                self._spells(files[SPELLS]),
            )
            self._copy(
                cursor,
                'staged_payment (line, code_hash, masked, benefit, "start", "end", paid_days, '
                "basis)",
                self._payments(files[PAYMENTS]),
            )
            self._reject_unknown(cursor, SPELLS, "staged_spell")
            self._reject_unknown(cursor, PAYMENTS, "staged_payment")
            self._reject_overlaps(cursor)
            self._note_touched(cursor)
            self._write(cursor)

    def _persons(self, file: ExtractFile) -> Iterator[tuple[Any, ...]]:
        read, seen = CodeReader(), set()
        strange: Counter[str] = Counter()
        for line, row in self._counted(file):
            try:
                code = read(row["hetu"])
                hashed = self.hash_of(code)
                if hashed in seen:
                    raise Reject("hetu", "duplicate_person", mask(code))
                municipality = row["municipality"]
                if not (
                    len(municipality) == 3 and municipality.isascii() and municipality.isdigit()
                ):
                    raise Reject("municipality", "municipality", municipality)
            except Reject as rejected:
                self._reject(rejected.at(PERSONS, line))
                continue
            seen.add(hashed)
            if municipality not in self.in_a_network:
                strange[municipality] += 1
            yield (
                line,
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
        self.report.unknown_municipalities = dict(sorted(strange.items()))

    def _spells(self, file: ExtractFile) -> Iterator[tuple[Any, ...]]:
        read = CodeReader()
        for line, row in self._counted(file):
            code = ""
            try:
                code = read(row["hetu"])
                yield (line, self.hash_of(code), mask(code), *spell(row))
            except Reject as rejected:
                self._reject(rejected.at(SPELLS, line), code)

    def _payments(self, file: ExtractFile) -> Iterator[tuple[Any, ...]]:
        read = CodeReader()
        for line, row in self._counted(file):
            code = ""
            try:
                code = read(row["hetu"])
                yield (line, self.hash_of(code), mask(code), *payment(row))
            except Reject as rejected:
                self._reject(rejected.at(PAYMENTS, line), code)

    def _counted(self, file: ExtractFile) -> Iterator[tuple[int, dict[str, str]]]:
        count = 0
        for item in file.rows():
            count += 1
            if count % _EVERY == 0:
                self.progress(file.name, count)
            yield item
        self.report.rows[file.name] = count
        self.progress(file.name, count)

    def _reject(self, rejection: Rejection, code: str = "") -> None:
        self.report.rejected.append(rejection)
        if code:
            self._touched[rejection.file].add(self.hash_of(code))

    def _copy(self, cursor: Any, into: str, rows: Iterator[tuple[Any, ...]]) -> None:
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def _reject_unknown(self, cursor: Any, file: str, staged: str) -> None:
        """Rows of people neither taken from persons.csv nor known before."""
        cursor.execute(
            f"""DELETE FROM {staged} s
            WHERE NOT EXISTS (SELECT FROM staged_person p WHERE p.code_hash = s.code_hash)
              AND NOT EXISTS (SELECT FROM people_person p WHERE p.identity_code_hash = s.code_hash)
            RETURNING line, masked"""  # noqa: S608
        )
        for line, masked in cursor.fetchall():
            self._reject(Rejection(file, line, "hetu", "unknown_person", masked))

    def _reject_overlaps(self, cursor: Any) -> None:
        """A payment period that overlaps an earlier row taken of the same person, benefit, basis.

        The database finds the groups in which anything overlaps; only those are looked at
        row by row, in the order of the file.
        """
        cursor.execute(
            """WITH marked AS (
              SELECT code_hash, benefit, basis, "start" <= max("end") OVER (
                PARTITION BY code_hash, benefit, basis ORDER BY "start", line
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS clashes FROM staged_payment)
            SELECT code_hash, benefit, basis, line, "start", "end", masked FROM staged_payment
            WHERE (code_hash, benefit, basis) IN
              (SELECT code_hash, benefit, basis FROM marked WHERE clashes)
            ORDER BY line"""
        )
        taken: defaultdict[tuple[str, ...], list[tuple[date, date]]] = defaultdict(list)
        lines = []
        for hashed, benefit, basis, line, start, end, masked in cursor.fetchall():
            group = taken[hashed, benefit, basis]
            if any(start <= last and first <= end for first, last in group):
                lines.append(line)
                self._touched[PAYMENTS].add(hashed)
                self._reject(Rejection(PAYMENTS, line, "start", "overlap", masked))
            else:
                group.append((start, end))
        cursor.execute("DELETE FROM staged_payment WHERE line = ANY(%s)", [lines])

    def _note_touched(self, cursor: Any) -> None:
        with cursor.copy("COPY staged_touched (file, code_hash) FROM STDIN") as copy:
            for file, hashes in self._touched.items():
                for hashed in hashes:
                    copy.write_row((file, hashed))
        for table in ("staged_person", "staged_spell", "staged_payment", "staged_touched"):
            cursor.execute(f"CREATE INDEX ON {table} (code_hash)")
            cursor.execute(f"ANALYZE {table}")

    def _write(self, cursor: Any) -> None:
        run = RegisterImport.objects.create(started_at=self.now, imported_by=self.actor.label)
        changes = self.report.changes
        cursor.execute(_UPSERT_PERSONS)
        changes["persons_changed"] = cursor.rowcount
        cursor.execute(_MENTION, {"run": run.pk})
        self._replace(
            cursor, run.pk, SPELLS, "benefits_unemploymentspell", "staged_spell", ["start", "end"]
        )
        self._replace(
            cursor,
            run.pk,
            PAYMENTS,
            "benefits_paymentperiod",
            "staged_payment",
            ["benefit", "basis", "start", "end", "paid_days"],
        )
        cursor.execute(
            """SELECT max(d) FROM (
              SELECT max(greatest("start", "end")) AS d FROM benefits_unemploymentspell
              WHERE corrected_at IS NULL
              UNION ALL SELECT max("end") FROM benefits_paymentperiod
              WHERE corrected_at IS NULL AND basis <> '') AS days"""
        )
        run.newest_day = self.report.newest_day = cursor.fetchone()[0]
        run.counts = {**self.report.rows, **changes, "rejected": len(self.report.rejected)}
        run.finished_at = self.now
        run.save()
        self.report.rejected.sort(key=lambda r: (r.file, r.line))
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
                for r in self.report.rejected
            ),
            batch_size=5000,
        )

    def _replace(
        self, cursor: Any, run: UUID, file: str, table: str, staged: str, columns: list[str]
    ) -> None:
        parts = {
            "table": table,
            "staged": staged,
            "columns": ", ".join(f'"{c}"' for c in columns),
            "staged_values": ", ".join(f's."{c}"' for c in columns),
            "standing_values": ", ".join(f'r."{c}"' for c in columns),
        }
        values = {"now": self.now, "run": run, "file": file}
        cursor.execute(_CLOSE.format(**parts), values)
        self.report.changes[f"{file}_closed"] = cursor.rowcount
        cursor.execute(_ADD.format(**parts), values)
        self.report.changes[f"{file}_added"] = cursor.rowcount


class _Hashes:
    """Keyed hashes of identity codes; remembers the last, as rows come person by person."""

    def __init__(self) -> None:
        self._code = self._hash = ""

    def __call__(self, code: str) -> str:
        if code != self._code:
            self._code, self._hash = code, search_hash(code)
        return self._hash
