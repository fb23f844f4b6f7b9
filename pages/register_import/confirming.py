"""Imports that a second person confirms before they are written: the officer or an office's leader.

They see what the files say, as the director does, and nothing of what the register holds.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from benefits.access import get_import_to_confirm
from benefits.selectors import asked_by, imports_to_confirm
from benefits.services import confirm_import, turn_down_import
from common.actor import ActorKind
from common.decision import Refused
from pages.register_import.forms import TurnDownForm
from pages.register_import.views import what_the_files_say
from pages.responses import redirect_refused, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

second_person = only_for(ActorKind.OFFICER, ActorKind.WORKER)


@second_person
@get_only
def imports_waiting(request: HttpRequest) -> HttpResponse:
    """The imports that wait for this second person."""
    ctx = context_of(request)
    found = imports_to_confirm(ctx.actor, now=ctx.now)
    return render(request, "pages/register_import/imports_waiting.html", {"imports": found})


@second_person
def import_to_confirm(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One import as its files say, to confirm or to turn down with words."""
    ctx = context_of(request)
    run = get_import_to_confirm(ctx.actor, run_id, now=ctx.now)
    form = TurnDownForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            turn_down_import(
                actor=ctx.actor, run_id=run_id, reason=form.cleaned_data["reason"], now=ctx.now
            )
            said = _("Turned down. Whoever asked for it reads why.")
            return redirect_saved(request, said, "pages:imports_waiting")
    context = {"run": run, "form": form, "asked_by": asked_by(run), **what_the_files_say(run)}
    return render(request, "pages/register_import/import_to_confirm.html", context)


@second_person
@post_only
def import_confirm(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Have it written."""
    ctx = context_of(request)
    try:
        confirm_import(actor=ctx.actor, run_id=run_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:import_to_confirm", run_id)
    return redirect_saved(
        request, _("Confirmed. It is being written now."), "pages:imports_waiting"
    )
