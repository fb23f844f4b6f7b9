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

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from audit.services import record_change_for_each_person
from benefits.models import ImportState, RegisterImport
from benefits.models.faults import RowFault
from benefits.services.extract import BadExtract, ExtractFile
from benefits.services.register_people import (
    change_codes,
    read_people,
    reject_people,
    turn_away,
    write_people,
)
from benefits.services.register_report import (
    PAYMENTS,
    PERSONS,
    PROTECTION_KEPT,
    SPELLS,
    ImportReport,
    ImportWork,
    Progress,
    keep_rejected,
)
from benefits.services.register_rows import (
    PAYMENT_ROWS,
    SPELL_ROWS,
    judge_rows,
    newest_reached,
    read_codes,
    read_days,
    replace_rows,
)
from benefits.services.register_statements import (
    FORMER_OF_ANOTHER,
    FORMER_TWICE,
    KNOWN,
    LEAVE_OUT,
    MENTION,
    NAMED,
    NEWEST,
    NEWEST_OF_FILE,
    OTHERS,
    REGISTERED,
    SAME_PERSON,
    TEMPORARY,
    TWICE,
)
from benefits.services.staging import Cancelled, clear, stage
from common.actor import Actor
from common.clock import day_of
from common.transactions import set_database_actor
from people.selectors import towns_on

__all__ = ["BadExtract", "Cancelled", "ImportReport", "import_register", "run_import"]

_LOCK = "benefits.register"


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
            _write(ImportWork(run, files, staged, actor, now, report, said), commit=commit)
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


def _write(work: ImportWork, *, commit: bool) -> None:
    """Judge every row and bring the register to what the extract states."""
    # Read before the COPY begins: nothing else runs on the connection meanwhile.
    networks = dict(towns_on(day_of(work.now)).network_of)
    with connection.cursor() as cursor:
        for statement in TEMPORARY.split(";"):
            cursor.execute(statement)
        with cursor.copy(
            "COPY staged_person (line, id, code_hash, file_hash, former_hash, masked,"
            " code_encrypted, birth_date, last_name, first_names, sort_key, language,"
            " municipality, email, phone, protection, died_on) FROM STDIN"
        ) as copy:
            for row in read_people(work, work.files[PERSONS], networks):
                copy.write_row(row)
        turn_away(work, cursor, FORMER_TWICE, "former_hetu", RowFault.FORMER_TWICE)
        cursor.execute("CREATE INDEX ON staged_person (code_hash)")
        cursor.execute("ANALYZE staged_person")
        if work.network_id is None:
            _write_of_operator(work, cursor, commit=commit)
        else:
            _write_of_network(work, cursor, networks, commit=commit)
        work.report.rejected.sort(key=lambda r: (r.file, r.line))
        if commit:
            cursor.execute(MENTION, {"run": work.run.pk})
    if commit:
        record_change_for_each_person(
            actor=work.actor,
            action="register_imported",
            subject_type="register_import",
            subject_id=work.run.pk,
            people_in="staged_changed",
            now=work.now,
        )
        _record(work)


def _write_of_operator(work: ImportWork, cursor: Any, *, commit: bool) -> None:
    """By the operator: everybody, checked against all that stands."""
    cursor.execute(SAME_PERSON)
    for line in change_codes(work, cursor):
        reject_people(work, cursor, [line], "former_hetu", RowFault.BOTH_CODES_KNOWN)
    turn_away(work, cursor, FORMER_OF_ANOTHER, "former_hetu", RowFault.FORMER_OF_ANOTHER)
    turn_away(work, cursor, TWICE, "hetu", RowFault.DUPLICATE_PERSON)
    write_people(work, cursor)
    read_codes(work, cursor, KNOWN)
    read_days(work, cursor)
    work.said("judging", 0)
    judge_rows(work, cursor)
    work.said("writing", 0)
    for kind in (SPELL_ROWS, PAYMENT_ROWS):
        replace_rows(work, cursor, kind)
    work.report.newest_day = newest_reached(work, cursor, NEWEST)


def _write_of_network(
    work: ImportWork, cursor: Any, networks: dict[str, UUID], *, commit: bool
) -> None:
    """From a page: judged by the files alone; what the register adds to it is left unsaid."""
    read_codes(work, cursor, NAMED)
    read_days(work, cursor)
    work.said("judging", 0)
    judge_rows(work, cursor)
    work.report.newest_day = newest_reached(work, cursor, NEWEST_OF_FILE)
    if not commit:
        return
    work.said("writing", 0)
    own = [code for code, network in networks.items() if network == work.network_id]
    cursor.execute(SAME_PERSON)
    cursor.execute(LEAVE_OUT, [own])
    for statement in (FORMER_OF_ANOTHER, TWICE):
        cursor.execute(f"UPDATE staged_person SET left_out = true WHERE line IN ({statement})")
    for line in change_codes(work, cursor):
        cursor.execute("UPDATE staged_person SET left_out = true WHERE line = %s", [line])
    write_people(work, cursor)
    for kind in (SPELL_ROWS, PAYMENT_ROWS):
        cursor.execute(OTHERS.format(staged=kind.staged))
        cursor.execute(REGISTERED.format(staged=kind.staged))
        cursor.execute(REGISTERED.format(staged="staged_touched"))
        replace_rows(work, cursor, kind)
    work.report.newest_day = newest_reached(work, cursor, NEWEST)


def _record(work: ImportWork) -> None:
    report = work.report
    work.run.newest_day = report.newest_day
    work.run.counts = {
        **report.rows,
        **report.changes,
        "rejected": len(report.rejected),
        PROTECTION_KEPT: report.protection_kept,
    }
    work.run.state, work.run.finished_at = ImportState.DONE, work.now
    work.run.save()
    keep_rejected(work.run, report.rejected)
