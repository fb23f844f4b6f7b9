"""The import of register extracts: asked for, checked first, then written or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from benefits.access import get_import
from benefits.models import RegisterImport
from benefits.models.faults import FileFault, RowFault
from benefits.selectors import folders, imports_of, progress_of, rejected_of
from benefits.services import (
    ask_for_import,
    discard_import,
    go_on_with_import,
    propose_import,
    stop_import,
)
from common.actor import ActorKind
from common.decision import Refused
from components.chart_data import Column
from pages.register_import.forms import ImportForm
from pages.responses import csv_file, form_page, redirect_refused, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

director = only_for(ActorKind.DIRECTOR)


@director
@get_only
def imports(request: HttpRequest) -> HttpResponse:
    """The newest imports and how far each is."""
    return render(
        request,
        "pages/register_import/imports.html",
        {"imports": imports_of(context_of(request).actor)},
    )


@director
def import_new(request: HttpRequest) -> HttpResponse:
    """Give three files, or choose a folder of the installation: a dry run follows."""
    ctx = context_of(request)
    form = ImportForm(request.POST or None, request.FILES or None, folders=folders())
    if form.is_valid():
        with form.refusals():
            run = ask_for_import(
                actor=ctx.actor,
                uploads=form.cleaned_data["uploads"],
                folder=form.cleaned_data["folder"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Being checked. Nothing is written yet."), "pages:import", run.pk
            )
    return form_page(
        request,
        form,
        heading=_("Import register extracts"),
        intro=_("First everything is only checked. You see what would change, then decide."),
        button=_("Check the files"),
        back=reverse("pages:imports"),
    )


@director
@get_only
def import_one(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far an import is, then what it found and the two buttons."""
    ctx = context_of(request)
    run = get_import(ctx.actor, run_id)
    progress = progress_of(run, now=ctx.now)
    context = {
        "run": run,
        "progress": progress,
        "left": _left(progress.seconds_left) if progress else "",
        "is_working": run.state in {"waiting", "reading", "writing"},
        "bad_reason": _bad(run.report.get("bad_file")),
        **what_the_files_say(run),
    }
    return render(request, "pages/register_import/import.html", context)


def what_the_files_say(run: RegisterImport) -> dict[str, Any]:
    """For a page: what the check found in the files, whoever reads it. Nothing of the register."""
    rejected = run.report.get("rejected", [])
    newest = run.report.get("newest_day")
    return {
        "report": run.report,
        "newest_day": date.fromisoformat(newest) if newest else None,
        "file_columns": [Column(_("File")), Column(_("Rows"), number=True)],
        "file_rows": list(run.report.get("rows", {}).items()),
        "rejected": [
            (file, column, RowFault(reason).label, count)
            for file, column, reason, count in rejected
        ],
        "rejected_columns": [
            Column(_("File")), Column(_("Column")), Column(_("Why")),
            Column(_("Rows"), number=True),
        ],
        "rejected_count": sum(row[3] for row in rejected),
    }  # fmt: skip


@director
@get_only
def import_rejected(request: HttpRequest, run_id: UUID) -> StreamingHttpResponse:
    """The rows not taken, as CSV; identity codes are masked."""
    run = get_import(context_of(request).actor, run_id)
    return csv_file(
        "rejected.csv",
        ["file", "line", "column", "reason", "value"],
        [(row.file, row.line, row.column, row.reason, row.value) for row in rejected_of(run)],
    )


@director
@post_only
def import_propose(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A second person is asked to confirm an import that was checked."""
    said = _("A second person is asked to confirm it. Nothing is written before that.")
    return _taken(request, run_id, propose_import, said)


@director
@post_only
def import_discard(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """An import is not to be: its files go."""
    return _taken(request, run_id, discard_import, _("Discarded, with its files."), there=False)


@director
@post_only
def import_stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """An import at work stops, and can go on."""
    return _taken(request, run_id, stop_import, _("It stops at the next block."))


@director
@post_only
def import_go_on(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """An import that stopped goes on."""
    return _taken(request, run_id, go_on_with_import, _("It goes on where it was."))


def _taken(
    request: HttpRequest,
    run_id: UUID,
    service: Callable[..., object],
    said: Any,
    *,
    there: bool = True,
) -> HttpResponse:
    """Take one step of an import; a refusal is said on its page. ``there``: it has one still."""
    ctx = context_of(request)
    try:
        service(actor=ctx.actor, run_id=run_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:import", run_id)
    if there:
        return redirect_saved(request, said, "pages:import", run_id)
    return redirect_saved(request, said, "pages:imports")


def _left(seconds: int | None) -> str:
    if seconds is None:
        return ""
    minutes = seconds // 60 + 1
    return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {
        "count": minutes
    }


def _bad(bad_file: list[str] | None) -> str:
    if not bad_file:
        return ""
    file, reason = bad_file
    kind, _space, column = reason.partition(" ")
    return str(FileFault(kind).label) % {"file": file, "column": column}
