"""The register import: three extracts in, one transaction, a report of what was not taken.

The lines of the large files are laid down block by block (``staging``), then judged and written
set by set. Codes and dates are read once each, however many rows they stand in, by the same
functions as a single row (``extract``). An extract states the whole present truth of each person
in its ``persons.csv``: what it no longer states is closed as corrected.

A line that is not taken leaves what stood. Of whoever it names, nothing in that file is closed.
Where it names nobody that can be told, it may have been about anyone (about those with a code one
slip away, where there are any): of them a row is closed only where the file states another in its
place, for the same days. What stays for it is counted (``kept``).
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

from audit.services import record_change_for_each_person
from benefits.models import (
    Benefit,
    ImportState,
    PaymentBasis,
    RegisterImport,
    RejectedRow,
)
from benefits.models.faults import RowFault
from benefits.services.extract import BadExtract, ExtractFile, InvalidRow, Rejection, masked_value
from benefits.services.extract_rows import (
    CodeReader,
    day,
    parse_person_line,
    six_day_benefits,
    weekday_benefits,
)
from benefits.services.register_statements import (
    ADD,
    CHANGED_CODES,
    CLOSE,
    DEATHS,
    FORMER_OF_ANOTHER,
    FORMER_TWICE,
    JUDGE_PAYMENTS,
    JUDGE_SPELLS,
    KEPT,
    KNOWN,
    LEAVE_OUT,
    LIVES,
    MENTION,
    NAMED,
    NEWEST,
    NEWEST_OF_FILE,
    NO_QUESTION,
    OTHERS,
    QUESTIONS,
    REGISTERED,
    SAME_PERSON,
    TEMPORARY,
    TWICE,
    UPSERT_PERSONS,
)
from benefits.services.staging import (
    AffectedPeople,
    Cancelled,
    Staged,
    affected_by,
    clear,
    faults_of,
    stage,
)
from cases.lifecycle import ENDS_IMMEDIATELY
from common.actor import Actor
from common.clock import day_of
from common.crypto import decrypt, encrypt, search_hash
from common.decision import Refused
from common.identity_code import birth_date, mask
from common.ids import new_id
from common.names import sort_key
from common.transactions import set_database_actor
from people.models import LifeKind, Municipality, Person
from people.services.life import apply_change, propose_change

__all__ = ["BadExtract", "Cancelled", "ImportReport", "import_register", "run_import"]

Progress = Callable[[str, int], None]
PERSONS, SPELLS, PAYMENTS = "persons.csv", "unemployment.csv", "benefits.csv"
_LOCK = "benefits.register"
_EVERY = 10_000
# From so many people on, a day that the rows of one alone reach is not the newest of the register.
_MANY = 20
PROTECTION_KEPT = "protection kept"


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
    protection_kept: int = 0
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

    An import of a network (from a page) takes only lines about its own municipalities, and is
    checked against nothing but the files: what the register holds can't be told from the answer.
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
        today = day_of(now)
        staged = {name: stage(run, files[name], today, said) for name in (SPELLS, PAYMENTS)}
        with transaction.atomic():
            set_database_actor(actor)
            _Import(run, files, staged, actor, now, report, said).write(commit=commit)
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


def try_lock_imports() -> bool:
    """Keep other imports waiting for the rest of the transaction; False where one is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        alone: bool = cursor.fetchone()[0]
    return alone


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the two large files: its tables, and which columns make a row the same."""

    file: str
    table: str
    staged: str
    columns: tuple[str, ...]
    same: str
    in_its_place: str
    distinct: str = ""


# Two equal rows of unemployment.csv are one; of benefits.csv the later one overlaps.
_SPELL = _Kind(
    SPELLS, "benefits_unemploymentspell", "staged_spell", ("start", "end"),
    """r."start" = s."start" AND coalesce(r."end", 'infinity') = coalesce(s."end", 'infinity')""",
    """daterange(s."start", s."end", '[]') && daterange(r."start", r."end", '[]')""",
    "DISTINCT",
)  # fmt: skip
_PAYMENT = _Kind(
    PAYMENTS, "benefits_paymentperiod", "staged_payment",
    ("benefit", "basis", "start", "end", "paid_days"),
    """r.benefit = s.benefit AND r.basis = s.basis AND r."start" = s."start"
    AND r."end" = s."end" AND coalesce(r.paid_days, -1) = coalesce(s.paid_days, -1)""",
    """s.benefit = r.benefit
    AND daterange(s."start", s."end", '[]') && daterange(r."start", r."end", '[]')""",
)  # fmt: skip


class _Import:
    def __init__(
        self,
        run: RegisterImport,
        files: dict[str, ExtractFile],
        staged: dict[str, Staged],
        actor: Actor,
        now: datetime,
        report: ImportReport,
        said: Progress,
    ) -> None:
        self.run = run
        self.files = files
        self.staged = staged
        self.actor = actor
        self.now = now
        self.today = day_of(now)
        self.report = report
        self.said = said
        self.network_id = run.network_id
        # The files with a line that may be about anybody.
        self.anybody: set[str] = set()

    def write(self, *, commit: bool) -> None:
        """Judge every row and bring the register to what the extract states."""
        # Read before the COPY begins: nothing else runs on the connection meanwhile.
        networks = dict(
            Municipality.objects.filter(network__isnull=False).values_list("code", "network_id")
        )
        with connection.cursor() as cursor:
            for statement in TEMPORARY.split(";"):
                cursor.execute(statement)
            with cursor.copy(
                "COPY staged_person (line, id, code_hash, file_hash, former_hash, masked,"
                " code_encrypted, birth_date, last_name, first_names, sort_key, language,"
                " municipality, email, phone, protection, died_on) FROM STDIN"
            ) as copy:
                for row in self._persons(self.files[PERSONS], networks):
                    copy.write_row(row)
            self._turn_away(cursor, FORMER_TWICE, "former_hetu", RowFault.FORMER_TWICE)
            cursor.execute("CREATE INDEX ON staged_person (code_hash)")
            cursor.execute("ANALYZE staged_person")
            if self.network_id is None:
                self._write(cursor, commit=commit)
            else:
                self._write_of_network(cursor, networks, commit=commit)
            self.report.rejected.sort(key=lambda r: (r.file, r.line))
            if commit:
                cursor.execute(MENTION, {"run": self.run.pk})
        if commit:
            record_change_for_each_person(
                actor=self.actor,
                action="register_imported",
                subject_type="register_import",
                subject_id=self.run.pk,
                people_in="staged_changed",
                now=self.now,
            )
            self._record()

    def _write(self, cursor: Any, *, commit: bool) -> None:
        """By the operator: everybody, checked against all that stands."""
        cursor.execute(SAME_PERSON)
        for line in self._change_codes(cursor):
            self._reject_persons(cursor, [line], "former_hetu", RowFault.BOTH_CODES_KNOWN)
        self._turn_away(cursor, FORMER_OF_ANOTHER, "former_hetu", RowFault.FORMER_OF_ANOTHER)
        self._turn_away(cursor, TWICE, "hetu", RowFault.DUPLICATE_PERSON)
        self._upsert(cursor)
        self._read_codes(cursor, KNOWN)
        self._read_days(cursor)
        self.said("judging", 0)
        self._judge(cursor)
        self.said("writing", 0)
        for kind in (_SPELL, _PAYMENT):
            self._replace(cursor, kind)
        self.report.newest_day = self._newest(cursor, NEWEST)

    def _write_of_network(self, cursor: Any, networks: dict[str, UUID], *, commit: bool) -> None:
        """From a page: judged by the files alone; what the register adds to it is left unsaid."""
        self._read_codes(cursor, NAMED)
        self._read_days(cursor)
        self.said("judging", 0)
        self._judge(cursor)
        self.report.newest_day = self._newest(cursor, NEWEST_OF_FILE)
        if not commit:
            return
        self.said("writing", 0)
        own = [code for code, network in networks.items() if network == self.network_id]
        cursor.execute(SAME_PERSON)
        cursor.execute(LEAVE_OUT, [own])
        for statement in (FORMER_OF_ANOTHER, TWICE):
            cursor.execute(f"UPDATE staged_person SET left_out = true WHERE line IN ({statement})")
        for line in self._change_codes(cursor):
            cursor.execute("UPDATE staged_person SET left_out = true WHERE line = %s", [line])
        self._upsert(cursor)
        for kind in (_SPELL, _PAYMENT):
            cursor.execute(OTHERS.format(staged=kind.staged))
            cursor.execute(REGISTERED.format(staged=kind.staged))
            cursor.execute(REGISTERED.format(staged="staged_touched"))
            self._replace(cursor, kind)
        self.report.newest_day = self._newest(cursor, NEWEST)

    def _upsert(self, cursor: Any) -> None:
        values = {"now": self.now}
        lives = self._change_lives(cursor)
        cursor.execute(UPSERT_PERSONS, {"lives": lives})
        self.report.changes["persons_changed"] = cursor.rowcount
        self._write_deaths(cursor)
        cursor.execute(NO_QUESTION)
        cursor.execute(QUESTIONS, values)
        cursor.execute(
            """SELECT count(*) FROM staged_person s
            JOIN people_person p ON p.identity_code_hash = s.code_hash
            WHERE s.protection = false AND p.non_disclosure AND NOT s.left_out"""
        )
        self.report.protection_kept = cursor.fetchone()[0]

    def _change_lives(self, cursor: Any) -> list[UUID]:
        """Names, moves and protections of whoever has a case, each as an act. Returns whose."""
        cursor.execute(LIVES)
        found = cursor.fetchall()
        for person_id, is_named, has_moved, is_protected, last, first, key, municipality in found:
            if is_protected:
                self._act(person_id, LifeKind.PROTECTED, {"non_disclosure": True})
            if is_named:
                named = {"last_name": last, "first_names": first, "sort_key": key}
                self._act(person_id, LifeKind.NAME, named)
            if has_moved:
                self._act(person_id, LifeKind.MOVED, {"municipality_code": municipality})
        return [person_id for person_id, *_ in found]

    def _write_deaths(self, cursor: Any) -> None:
        cursor.execute(DEATHS, [[state.value for state, _to in ENDS_IMMEDIATELY]])
        for person_id, died_on, has_case in cursor.fetchall():
            change = {"died_on": died_on.isoformat()}
            act = propose_change if has_case else apply_change
            self._act(person_id, LifeKind.DIED, change, on=died_on, act=act)
            cursor.execute("INSERT INTO staged_changed VALUES (%s)", [person_id])

    def _act(
        self,
        person_id: UUID,
        kind: LifeKind,
        change: dict[str, Any],
        on: date | None = None,
        act: Callable[..., object] = apply_change,
    ) -> Person:
        person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
        act(actor=self.actor, person=person, kind=kind, change=change, on=on, now=self.now)
        return person

    def _change_codes(self, cursor: Any) -> list[int]:
        """Give whoever has a new code that code. Returns the lines whose two codes both stand."""
        cursor.execute(CHANGED_CODES)
        both = []
        for line, person_id, encrypted, is_both in cursor.fetchall():
            try:
                if is_both:
                    raise Refused("")
                code = {"code": decrypt(encrypted)}
                changed = self._act(person_id, LifeKind.IDENTITY_CODE, code)
            except Refused:
                both.append(line)
                continue
            cursor.execute(
                "UPDATE staged_person SET code_hash = %s WHERE line = %s",
                [changed.identity_code_hash, line],
            )
            cursor.execute("INSERT INTO staged_changed VALUES (%s)", [person_id])
        return both

    def _turn_away(self, cursor: Any, lines: str, column: str, fault: RowFault) -> None:
        """Reject the lines of persons.csv that a query finds."""
        cursor.execute(lines)
        found = [line for (line,) in cursor.fetchall()]
        if found:
            self._reject_persons(cursor, found, column, fault)

    def _reject_persons(self, cursor: Any, lines: list[int], column: str, fault: RowFault) -> None:
        cursor.execute(
            "DELETE FROM staged_person WHERE line = ANY(%s) RETURNING line, masked", [lines]
        )
        self.report.rejected += [
            Rejection(PERSONS, line, column, fault.value, masked if column == "hetu" else "")
            for line, masked in cursor.fetchall()
        ]

    def _newest(self, cursor: Any, query: str) -> date | None:
        """The newest day that rows reach. In a register of many, one person's alone does not tell.

        So one slip in one line, which makes a day newer than all others, moves nobody's day asked.
        """
        cursor.execute(query, {"today": self.today})
        reached = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM staged_person")
        if reached and cursor.fetchone()[0] >= _MANY:
            first = reached[0][1]
            reached = [(day, person) for day, person in reached if person != first] or reached
        return reached[0][0] if reached else None

    def _record(self) -> None:
        report = self.report
        self.run.newest_day = report.newest_day
        self.run.counts = {
            **report.rows,
            **report.changes,
            "rejected": len(report.rejected),
            PROTECTION_KEPT: report.protection_kept,
        }
        self.run.state, self.run.finished_at = ImportState.DONE, self.now
        self.run.save()
        keep_rejected(self.run, report.rejected)

    def _persons(self, file: ExtractFile, networks: dict[str, UUID]) -> Iterator[tuple[Any, ...]]:
        read, seen = CodeReader(self.today), set()
        strange: Counter[str] = Counter()
        count = 0
        for line, written in file.lines():
            try:
                row = file.row(written)
            except InvalidRow as rejected:
                count += 1
                self.report.rejected.append(rejected.at(PERSONS, line))
                continue
            if row is None:
                continue
            count += 1
            if count % _EVERY == 0:
                self.said(PERSONS, count)
            try:
                told = parse_person_line(row, read)
                hashed = search_hash(told.code)
                if hashed in seen:
                    raise InvalidRow("hetu", RowFault.DUPLICATE_PERSON, told.code)
                if self.network_id and networks.get(told.municipality) != self.network_id:
                    raise InvalidRow(
                        "municipality", RowFault.NOT_OF_THIS_NETWORK, told.municipality
                    )
            except InvalidRow as rejected:
                self.report.rejected.append(rejected.at(PERSONS, line))
                continue
            seen.add(hashed)
            if told.municipality not in networks:
                strange[told.municipality] += 1
            yield (
                line,
                new_id(),
                hashed,
                hashed,
                search_hash(told.former) if told.former else "",
                mask(told.code),
                encrypt(told.code),
                birth_date(told.code),
                told.last_name,
                told.first_names,
                sort_key(told.last_name, told.first_names)[:400],
                told.language,
                told.municipality,
                told.email,
                told.phone,
                told.protection,
                told.died_on,
            )
        self.report.rows[PERSONS] = count
        self.said(PERSONS, count)
        self.report.unknown_municipalities = dict(sorted(strange.items()))

    def _read_codes(self, cursor: Any, known: tuple[str, ...]) -> None:
        """Every identity code of the two files once: its hash, its mask, or what is wrong."""
        read = CodeReader(self.today)

        def judged(raw: str) -> tuple[str, str | None, str, str]:
            try:
                code = read(raw)
            except InvalidRow as bad:
                return raw, None, bad.value, bad.reason
            return raw, search_hash(code), mask(code), ""

        self._once_each(cursor, ["hetu"], "staged_code (raw, code_hash, masked, reason)", judged)
        for statement in known:
            cursor.execute(statement)
        cursor.execute("ANALYZE staged_code")

    def _read_days(self, cursor: Any) -> None:
        """Every date of the two files once; what is no date stands for NULL."""

        def judged(raw: str) -> tuple[str, date | None]:
            try:
                return raw, day(raw, "")
            except InvalidRow:
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
            JUDGE_SPELLS.format(
                table=spells.table, **{c: spells.cell(c) for c in ("hetu", "start", "end")}
            ),
            {"today": self.today},
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
                "today": self.today,
            },
        )
        for kind in (_SPELL, _PAYMENT):
            self._reject_bad(cursor, kind)
        self._reject_overlaps(cursor)
        for table in ("staged_spell", "staged_payment", "staged_touched"):
            cursor.execute(f"ANALYZE {table}")

    def _reject_bad(self, cursor: Any, kind: _Kind) -> None:
        """Turn away the lines judged bad and those that are no record, and note whose they may be.

        What may be told of a value is made here, out of the line as it stands.
        """
        cursor.execute(f"SELECT count(*) FROM {kind.staged}")
        rows = cursor.fetchone()[0]
        cursor.execute(
            f"""WITH bad AS (DELETE FROM {kind.staged} WHERE bad_column <> ''
              RETURNING line, person_id, bad_column, reason, value)
            SELECT bad.*, raw.text, {self.staged[kind.file].cell("hetu")}
            FROM bad JOIN {self.staged[kind.file].table} raw ON raw.line = bad.line"""
        )
        touched: list[tuple[str, Any, str | None, bool]] = []
        maybe: set[frozenset[str]] = set()
        for line, person, column, reason, value, text, hetu in cursor.fetchall():
            told = value if column == "hetu" else masked_value(column, value or "")
            if reason == "unknown_person":
                said = reason if self.network_id is None else RowFault.NOT_IN_PERSONS.value
                self.report.rejected.append(Rejection(kind.file, line, column, said, told))
                continue
            self.report.rejected.append(Rejection(kind.file, line, column, reason, told))
            if person:
                touched.append((kind.file, person, None, True))
            touched += self._whose(kind.file, affected_by(hetu, text), maybe)
        faults = faults_of(kind.file)
        for line, column, reason, value, whose in faults:
            self.report.rejected.append(Rejection(kind.file, line, column, reason, value))
            touched += self._whose(kind.file, whose, maybe)
        self.report.rows[kind.file] = rows + len(faults)
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
                self.anybody.add(kind.file)

    def _whose(
        self, file: str, whose: AffectedPeople, maybe: set[frozenset[str]]
    ) -> Iterator[tuple[str, Any, str | None, bool]]:
        if whose.anybody:
            self.anybody.add(file)
        if whose.maybe and not whose.sure:
            maybe.add(whose.maybe)
        for code_hash in whose.sure:
            yield file, None, code_hash, True
        for code_hash in whose.maybe:
            yield file, None, code_hash, False

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
                self.report.rejected.append(
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

    def _replace(self, cursor: Any, kind: _Kind) -> None:
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
            "now": self.now,
            "run": self.run.pk,
            "file": kind.file,
            "anybody": kind.file in self.anybody,
        }
        cursor.execute(CLOSE.format(**parts), values)
        self.report.changes[f"{kind.file}_closed"] = cursor.fetchone()[0]
        self.report.changes[f"{kind.file}_kept"] = 0
        if any(bad.file == kind.file for bad in self.report.rejected):
            cursor.execute(KEPT.format(**parts))
            self.report.changes[f"{kind.file}_kept"] = cursor.fetchone()[0]
        cursor.execute(ADD.format(**parts), values)
        self.report.changes[f"{kind.file}_added"] = cursor.fetchone()[0]


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
