"""An import from a page: asked for, checked by a dry run, confirmed by a second person, written.

It is the import of the director's network: lines about other municipalities are turned away, and
the dry run is told from the files alone, so that nobody learns from a file of guesses what the
register holds. Who confirms it: ``benefits.access.get_import_to_confirm``.

The reading is done by a task and may be killed at any moment: the state says how far it is, and
asking again goes on. Uploaded files are personal data: they lie in a closed folder of the
installation and are deleted once they are written or thrown away.
"""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.models import AuditRow
from audit.services import record_change
from benefits.access import can_import, get_import, get_import_to_confirm
from benefits.models import ImportState, RegisterImport
from benefits.services.evaluation import evaluate
from benefits.services.register import (
    Cancelled,
    ImportReport,
    run_import,
    try_lock_imports,
)
from benefits.services.register_report import keep_rejected
from benefits.services.staging import clear
from benefits.signals import import_asked
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from common.ids import new_id
from statutes.reader import law_on

logger = logging.getLogger(__name__)
FILES = ("persons.csv", "unemployment.csv", "benefits.csv")
_GOES_ON = {ImportState.WAITING, ImportState.READING, ImportState.FAILED, ImportState.CANCELLED}


class Upload(Protocol):
    """A file on its way in, a block at a time."""

    def chunks(self) -> Any: ...


@transaction.atomic
def ask_for_import(
    *,
    actor: Actor,
    now: datetime,
    uploads: dict[str, Upload] | None = None,
    folder: str = "",
) -> RegisterImport:
    """Take three uploaded files, or a folder the installation lists; a task checks them.

    Raises ``NotAllowed``, and :class:`Refused` for a folder that is not listed, or where this
    person has had too many checked since yesterday: extracts come a few times a month.
    """
    can_import(actor).require()
    _require_not_too_many(actor, now)
    run = RegisterImport(
        id=new_id(),
        started_at=now,
        imported_by=actor.label,
        network_id=actor.working_network_id,
    )
    if uploads:
        where = settings.VAR_DIR / "imports" / str(run.pk)
        where.mkdir(mode=0o700, parents=True)
        for name in FILES:
            with (where / name).open("wb") as stream:
                for block in uploads[name].chunks():
                    stream.write(block)
        run.folder = str(where)
    else:
        if folder not in settings.IMPORT_FOLDERS:
            raise Refused(_("Choose one of the folders, or give three files."), field="folder")
        run.folder = folder
    run.save()
    _record(actor, "import_asked", run, now)
    import_asked.send(sender=None, run_id=run.pk, commit=False)
    return run


def _require_not_too_many(actor: Actor, now: datetime) -> None:
    """Each one counts, also what was thrown away: the log remembers."""
    most = law_on(day_of(now)).figure("imports_a_day").value
    asked = AuditRow.objects.filter(
        action="import_asked", actor=actor.label, at__gt=now - timedelta(days=1)
    )
    if asked.count() >= most:
        raise Refused(
            _(
                "%(count)s extracts have been checked since yesterday. Go on tomorrow, or ask "
                "whoever keeps the installation to import them."
            )
            % {"count": most},
            field="persons",
        )


@transaction.atomic
def go_on_with_import(*, actor: Actor, run_id: UUID, now: datetime) -> None:
    """Have an import that stopped, or was killed, go on where it is. Twice does no harm."""
    run = get_import(actor, run_id, lock=True)
    if run.state == ImportState.WRITING:
        import_asked.send(sender=None, run_id=run.pk, commit=True)
    elif run.state in _GOES_ON:
        run.state, run.cancelled = ImportState.WAITING, False
        run.save(update_fields=["state", "cancelled"])
        import_asked.send(sender=None, run_id=run.pk, commit=False)
    else:
        raise Refused(_("There is nothing to go on with."))
    _record(actor, "import_went_on", run, now)


@transaction.atomic
def stop_import(*, actor: Actor, run_id: UUID, now: datetime) -> None:
    """Stop the reading at the next block; what was laid down stays for going on."""
    run = get_import(actor, run_id, lock=True)
    if run.state not in {ImportState.WAITING, ImportState.READING}:
        raise Refused(_("It can be stopped only while it is being read."))
    run.cancelled = True
    run.save(update_fields=["cancelled"])
    _record(actor, "import_stopped", run, now)


@transaction.atomic
def propose_import(*, actor: Actor, run_id: UUID, now: datetime) -> None:
    """Ask a second person to confirm what was checked; it waits on their page."""
    run = get_import(actor, run_id, lock=True)
    if run.state != ImportState.CHECKED:
        raise Refused(_("Only an import that has been checked can be written."))
    run.state, run.proposed_at = ImportState.PROPOSED, now
    run.save(update_fields=["state", "proposed_at"])
    _record(actor, "import_proposed", run, now)


@transaction.atomic
def confirm_import(*, actor: Actor, run_id: UUID, now: datetime) -> None:
    """The second person has it written. Raises ``NotVisible`` for whoever asked for it."""
    run = get_import_to_confirm(actor, run_id, now=now, lock=True)
    if run.state != ImportState.PROPOSED:
        raise Refused(_("Somebody has answered this already."))
    run.state = ImportState.WRITING
    run.decided_by_id, run.decided_at = actor.writer_id, now
    run.save(update_fields=["state", "decided_by", "decided_at"])
    _record(actor, "import_confirmed", run, now)
    import_asked.send(sender=None, run_id=run.pk, commit=True)


@transaction.atomic
def turn_down_import(*, actor: Actor, run_id: UUID, reason: str, now: datetime) -> None:
    """The second person does not want it written, and says why: whoever asked reads it."""
    run = get_import_to_confirm(actor, run_id, now=now, lock=True)
    if run.state != ImportState.PROPOSED:
        raise Refused(_("Somebody has answered this already."))
    if not reason.strip():
        raise Refused(_("Write why it is not to be imported."), field="reason")
    run.state, run.turned_down_because = ImportState.TURNED_DOWN, reason.strip()
    run.decided_by_id, run.decided_at = actor.writer_id, now
    run.save(update_fields=["state", "decided_by", "decided_at", "turned_down_because"])
    _record(actor, "import_turned_down", run, now)


@transaction.atomic
def discard_import(*, actor: Actor, run_id: UUID, now: datetime) -> None:
    """Throw an import away that has not been written, with its files."""
    run = get_import(actor, run_id, lock=True)
    if run.state in {ImportState.WRITING, ImportState.DONE, ImportState.READING}:
        raise Refused(_("It cannot be discarded now."))
    _record(actor, "import_discarded", run, now)
    if run.progress and try_lock_imports():
        clear()
    transaction.on_commit(lambda: _delete_files(run.folder))
    run.delete()


def work_on_import(*, actor: Actor, run_id: UUID, commit: bool, now: datetime) -> None:
    """The task's work: check or write an import, and keep what was found on its record.

    Not one transaction: blocks are committed as they are laid down, and everything the register
    shows changes in one at the end. Doing it again for a run that has gone further does nothing.
    """
    run = RegisterImport.objects.filter(pk=run_id).first()
    expected = {ImportState.WRITING} if commit else {ImportState.WAITING, ImportState.READING}
    if run is None or run.state not in expected:
        return
    if not commit:
        run.state = ImportState.READING
        run.save(update_fields=["state"])
    try:
        report = run_import(
            run=run,
            folder=Path(run.folder),
            commit=commit,
            now=now,
            actor=actor,
            keep_lines=not commit,
        )
    except Cancelled:
        RegisterImport.objects.filter(pk=run_id).update(state=ImportState.CANCELLED)
        return
    except Exception as error:
        # The class alone: the message of an error may carry what stands in a register.
        logger.error("An import failed: %s", type(error).__name__)
        RegisterImport.objects.filter(pk=run_id).update(state=ImportState.FAILED)
        return
    with transaction.atomic():
        run.refresh_from_db()
        if not report.committed:
            run.report = _told(report)
        if report.bad_file:
            run.state = ImportState.REFUSED
        elif not commit:
            run.state = ImportState.CHECKED
            keep_rejected(run, report.rejected)
        run.save()
    if report.committed:
        _delete_files(run.folder)
        evaluate(actor=actor, on=day_of(now), now=now, changed_only=True)


def _told(report: ImportReport) -> dict[str, Any]:
    """What the page tells: what the files say, and nothing that the register adds to it."""
    reasons = Counter((r.file, r.column, r.reason) for r in report.rejected)
    return {
        "rows": dict(report.rows),
        "newest_day": report.newest_day.isoformat() if report.newest_day else None,
        "rejected": [[*what, count] for what, count in sorted(reasons.items())],
        "unknown_columns": {n: c for n, c in report.unknown_columns.items() if c},
        "bad_file": [report.bad_file.file, report.bad_file.reason] if report.bad_file else None,
    }


def _delete_files(folder: str) -> None:
    """Delete uploaded files; a folder of the installation's own is left as it is."""
    if folder and folder not in settings.IMPORT_FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


def _record(actor: Actor, action: str, run: RegisterImport, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="register_import", subject_id=run.pk, now=now
    )
