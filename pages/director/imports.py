"""The import of register extracts: asked for, checked first, then written or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from benefits.access import get_import
from benefits.selectors import folders, imports_of, progress_of, rejected_of
from benefits.services import (
    ask_for_import,
    discard_import,
    go_on_with_import,
    stop_import,
    write_import,
)
from common.actor import ActorKind
from common.decision import Refused
from pages.answers import csv_file, done, form_page, not_done
from pages.forms.parts import saved
from pages.forms.register import ImportForm
from web.access import only_for
from web.drawing import Column
from web.requests import actor_of, now_of

director = only_for(ActorKind.DIRECTOR)


@director
def imports(request: HttpRequest) -> HttpResponse:
    """The newest imports and how far each is."""
    return render(
        request, "pages/director/imports.html", {"imports": imports_of(actor_of(request))}
    )


@director
def import_new(request: HttpRequest) -> HttpResponse:
    """Give three files, or choose a folder of the installation: a dry run follows."""
    form = ImportForm(request.POST or None, request.FILES or None, folders=folders())
    asked: list[UUID] = []

    def write(uploads: dict[str, Any] | None, folder: str) -> None:
        run = ask_for_import(
            actor=actor_of(request), uploads=uploads, folder=folder, now=now_of(request)
        )
        asked.append(run.pk)

    if saved(form, write):
        return done(request, _("Being checked. Nothing is written yet."), "pages:import", *asked)
    return form_page(
        request,
        form,
        heading=_("Import register extracts"),
        intro=_("First everything is only checked. You see what would change, then decide."),
        button=_("Check the files"),
        back=reverse("pages:imports"),
    )


@director
def import_one(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far an import is, then what it found and the two buttons."""
    run = get_import(actor_of(request), run_id)
    progress = progress_of(run, now=now_of(request))
    context = {
        "run": run,
        "report": run.report,
        "progress": progress,
        "left": _left(progress.seconds_left) if progress else "",
        "is_working": run.state in {"waiting", "reading", "writing"},
        "changes": [(_CHANGES.get(k, k), v) for k, v in run.report.get("changes", {}).items()],
        "change_columns": [Column(_("What")), Column(_("How many"), number=True)],
        "rejected": [
            (file, column, _REASONS.get(reason, reason), count)
            for file, column, reason, count in run.report.get("rejected", [])
        ],
        "rejected_columns": [
            Column(_("File")), Column(_("Column")), Column(_("Why")),
            Column(_("Rows"), number=True),
        ],
        "rejected_count": sum(row[3] for row in run.report.get("rejected", [])),
        "bad_reason": _bad(run.report.get("bad_file")),
    }  # fmt: skip
    return render(request, "pages/director/import.html", context)


@director
def import_rejected(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The rows not taken, as CSV; identity codes are masked."""
    run = get_import(actor_of(request), run_id)
    return csv_file(
        "rejected.csv",
        ["file", "line", "column", "reason", "value"],
        [(row.file, row.line, row.column, row.reason, row.value) for row in rejected_of(run)],
    )


def _step(service: Callable[..., object], said: Any, to: str = "pages:import") -> Any:
    """A view that takes one step of an import; a refusal is said on its page."""

    @director
    @require_POST
    def view(request: HttpRequest, run_id: UUID) -> HttpResponse:
        try:
            service(actor=actor_of(request), run_id=run_id, now=now_of(request))
        except Refused as refusal:
            return not_done(request, refusal, "pages:import", run_id)
        return done(request, said, to, *([run_id] if to == "pages:import" else []))

    return view


import_write = _step(write_import, _("Being written. The register shows it all at once."))
import_discard = _step(discard_import, _("Thrown away, with its files."), "pages:imports")
import_stop = _step(stop_import, _("It stops at the next block."))
import_go_on = _step(go_on_with_import, _("It goes on where it was."))


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
    said = {
        "missing_file": _("%(file)s is missing."),
        "missing_column": _("%(file)s has no column %(column)s."),
        "nul_bytes": _("%(file)s is not a text file."),
    }[kind]
    return str(said) % {"file": file, "column": column}


_CHANGES = {
    "persons_changed": _("Persons new or changed"),
    "unemployment.csv_closed": _("Unemployment spells closed as corrected"),
    "unemployment.csv_added": _("Unemployment spells added"),
    "benefits.csv_closed": _("Payment periods closed as corrected"),
    "benefits.csv_added": _("Payment periods added"),
}
_REASONS = {
    "identity_code": _("not an identity code"),
    "identity_code_date": _("the date in the identity code does not exist"),
    "identity_code_check_character": _("the identity code's check character is wrong"),
    "duplicate_person": _("the same person twice"),
    "municipality": _("not a municipality code of three digits"),
    "date": _("not a date"),
    "end_before_start": _("ends before it begins"),
    "unknown_benefit": _("a benefit that is not known"),
    "unknown_basis": _("a basis that is not known"),
    "paid_days": _("not a number of paid days"),
    "too_many_paid_days": _("more paid days than the period has"),
    "overlap": _("overlaps an earlier row of the same benefit"),
    "unknown_person": _("the person is not known"),
}
