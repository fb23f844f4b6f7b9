"""Staff from a file: checked first, then written by the leader, or decided by an officer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import Refused
from components.chart_data import Column
from pages.forms import Form
from pages.responses import csv_file, form_page, redirect_refused, redirect_saved
from people import services
from people.access import can_decide_staff_file, can_give_staff_file, get_office, get_staff_file
from people.models import StaffFile, StaffFileState
from people.models.faults import StaffFault
from people.selectors import staff_files_waiting
from web.access import get_only, only_for, post_only
from web.requests import Context, context_of

reader = only_for(ActorKind.WORKER, ActorKind.KEEPER, ActorKind.OFFICER)


class StaffFileForm(Form):
    file = forms.FileField(label=_("CSV file"))


@only_for(ActorKind.WORKER)
def staff_file_new(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """The leader of an office gives a file of its staff."""
    ctx = context_of(request)
    office = get_office(ctx.actor, office_id, now=ctx.now)
    can_give_staff_file(ctx.actor, office, now=ctx.now).require()
    heading = _("Staff of %(office)s from a file") % {"office": office.name}
    return _give(request, ctx, office_id, heading, reverse("pages:office", args=[office_id]))


@only_for(ActorKind.KEEPER)
def staff_files_new(request: HttpRequest) -> HttpResponse:
    """The keeper gives a file of several offices' staff; an officer decides it."""
    ctx = context_of(request)
    return _give(request, ctx, None, _("Staff of several offices from a file"),
                 reverse("pages:staff_files"))  # fmt: skip


def _give(
    request: HttpRequest, ctx: Context, office_id: UUID | None, heading: Any, back: str
) -> HttpResponse:
    form = StaffFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            made = services.check_staff_file(
                actor=ctx.actor, content=form.cleaned_data["file"].read(), office_id=office_id,
                now=ctx.now,
            )  # fmt: skip
            return redirect_saved(
                request, _("Checked. Nothing is written yet."), "pages:staff_file", made.pk
            )
    return form_page(
        request,
        form,
        heading=heading,
        intro=_WHAT_IT_HOLDS if office_id else _WHAT_IT_HOLDS_OF_SEVERAL,
        button=_("Check the file"),
        back=back,
    )


_WHAT_IT_HOLDS = _(
    "The first line names the columns: username, first_name, last_name, title, email, and where "
    "you have them phone and language. A file adds caseworkers; who leads is named on their page. "
    "First everything is only checked. You see what would change, then decide."
)
_WHAT_IT_HOLDS_OF_SEVERAL = _(
    "The first line names the columns: username, first_name, last_name, title, email, office, and "
    "where you have them phone, language and network. A file adds caseworkers and names no other "
    "role. First everything is only checked; then a data-protection officer decides."
)


@only_for(ActorKind.KEEPER, ActorKind.OFFICER)
@get_only
def staff_files(request: HttpRequest) -> HttpResponse:
    """The files of several offices' staff that wait."""
    ctx = context_of(request)
    context = {
        "files": staff_files_waiting(ctx.actor, now=ctx.now), "is_keeper": ctx.actor.is_keeper
    }  # fmt: skip
    return render(request, "pages/staff/staff_files.html", context)


@reader
@get_only
def staff_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What a file would do, line by line, and the buttons; once done, how much it did."""
    ctx = context_of(request)
    file = get_staff_file(ctx.actor, file_id, now=ctx.now)
    is_open = file.state in (StaffFileState.CHECKED, StaffFileState.WAITING)
    plan = services.plan_of(file, now=ctx.now) if is_open else None
    own = file.asked_by_id == ctx.actor.user_id
    decides = is_open and can_decide_staff_file(ctx.actor, file, now=ctx.now).allowed
    context = {
        "file": file,
        "plan": plan,
        "counts": plan.counts if plan else file.counts,
        "groups": [(label, plan.of(what)) for what, label in _GROUPS] if plan else [],
        "columns": [Column(_("Line"), number=True), Column(_("Column")), Column(_("Why"))],
        "faults": _faults(file, ctx)[:50],
        "decides": decides,
        "may_propose": own and not decides and file.state == StaffFileState.CHECKED,
        "may_discard": is_open and (own or decides),
    }
    return render(request, "pages/staff/staff_file.html", context)


_GROUPS = (
    ("new", _("Begin here")),
    ("back", _("Work here again")),
    ("changed", _("Reached otherwise")),
    ("same", _("As before")),
)


@reader
@get_only
def staff_file_faults(request: HttpRequest, file_id: UUID) -> StreamingHttpResponse:
    """The lines that are not taken, as CSV: line, column and reason, nobody's words."""
    ctx = context_of(request)
    file = get_staff_file(ctx.actor, file_id, now=ctx.now)
    return csv_file("faults.csv", ["line", "column", "reason"], _faults(file, ctx))


def _faults(file: StaffFile, ctx: Context) -> list[tuple[int, str, str]]:
    is_open = file.state in (StaffFileState.CHECKED, StaffFileState.WAITING)
    found = services.plan_of(file, now=ctx.now).faults if is_open else file.faults
    return [(line, column, str(StaffFault(fault).label)) for line, column, fault in found]


def _step(service: Callable[..., object], said: Any) -> Any:
    @reader
    @post_only
    def view(request: HttpRequest, file_id: UUID) -> HttpResponse:
        ctx = context_of(request)
        try:
            service(actor=ctx.actor, file_id=file_id, now=ctx.now)
        except Refused as refusal:
            return redirect_refused(request, refusal, "pages:staff_file", file_id)
        return redirect_saved(request, said, "pages:staff_file", file_id)

    return view


staff_file_write = _step(services.write_staff_file, _("Written."))
staff_file_propose = _step(
    services.propose_staff_file, _("Proposed. A data-protection officer decides it.")
)
staff_file_discard = _step(services.discard_staff_file, _("Discarded."))


@only_for(ActorKind.WORKER)
@post_only
def staff_missing_stays(request: HttpRequest, missing_id: UUID) -> HttpResponse:
    """They work on though a file no longer names them."""
    ctx = context_of(request)
    office = services.keep_missing(actor=ctx.actor, missing_id=missing_id, now=ctx.now)
    return redirect_saved(request, _("They work on here."), "pages:office", office.pk)
