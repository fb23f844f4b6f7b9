"""Extracts for an evaluation: the director asks, the data-protection officer approves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import Refused
from evaluation.extracts import access, services
from evaluation.extracts.selectors import list_extracts, open_extract
from evaluation.models import ExtractUse
from pages.extracts.forms import ExtractForm, ExtractTurnDownForm
from pages.responses import form_page, redirect_refused, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

reader = only_for(ActorKind.DIRECTOR, ActorKind.OFFICER)
director = only_for(ActorKind.DIRECTOR)
officer = only_for(ActorKind.OFFICER)


@reader
@get_only
def extracts(request: HttpRequest) -> HttpResponse:
    """Every order that this reader answers for, the newest first."""
    ctx = context_of(request)
    context = {
        "orders": list_extracts(ctx.actor),
        "may_ask": access.can_ask_for_extract(ctx.actor).allowed,
    }
    return render(request, "pages/extracts/extracts.html", context)


@director
def extract_new(request: HttpRequest) -> HttpResponse:
    """Ask for an extract; a second person decides."""
    ctx = context_of(request)
    form = ExtractForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data | {"use": ExtractUse(form.cleaned_data["use"])}
            order = services.ask_for_extract(actor=ctx.actor, now=ctx.now, **given)
            said = _("Asked for. It is made once the data-protection officer has approved it.")
            return redirect_saved(request, said, "pages:extract", order.pk)
    return form_page(
        request,
        form,
        heading=_("Ask for an extract"),
        intro=_(
            "An extract tells of each case under a name that nobody can follow back: the "
            "background at the entry, services, versions of the plan, scores and what came of it. "
            "It holds no names, no days and no free text, and only what each of the three bodies "
            "may see."
        ),
        button=_("Ask for it"),
        back=reverse("pages:extracts"),
    )


@reader
def extract(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order: what it is for, where it stands, what is in the file; to turn down with words."""
    ctx = context_of(request)
    shown = open_extract(ctx.actor, order_id, now=ctx.now)
    form = ExtractTurnDownForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.turn_down_extract(
                actor=ctx.actor, order_id=order_id, reason=form.cleaned_data["reason"], now=ctx.now
            )
            said = _("Turned down. Whoever asked for it reads why.")
            return redirect_saved(request, said, "pages:extracts")
    return render(request, "pages/extracts/extract.html", {"shown": shown, "form": form})


@officer
@post_only
def extract_approve(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """As the second person, have it made."""
    ctx = context_of(request)
    try:
        services.approve_extract(actor=ctx.actor, order_id=order_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:extract", order_id)
    return redirect_saved(request, _("Approved. It is being made."), "pages:extract", order_id)


@reader
@post_only
def extract_end(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The file and its secret are gone from this moment."""
    ctx = context_of(request)
    services.end_extract(actor=ctx.actor, order_id=order_id, now=ctx.now)
    return redirect_saved(request, _("Ended. The file is gone."), "pages:extract", order_id)


@director
@get_only
def extract_file(request: HttpRequest, order_id: UUID) -> HttpResponseBase:
    """The file, once it is logged that it leaves."""
    ctx = context_of(request)
    try:
        blocks = services.take_out_extract(actor=ctx.actor, order_id=order_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:extract", order_id)
    shown = open_extract(ctx.actor, order_id, now=ctx.now)
    return StreamingHttpResponse(
        blocks,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{shown.file_name}"',
            "Cache-Control": "private, no-store",
        },
    )
