"""Who answers for whom while they are away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases import services
from cases.selectors import coverable_workers, list_covers
from pages.absences.forms import CoverForm
from pages.case.writing import worker
from pages.responses import form_page, redirect_saved
from people.selectors import caseworkers_of
from web.access import get_only, post_only
from web.requests import context_of


@worker
@get_only
def covers(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, as far as it concerns this worker."""
    ctx = context_of(request)
    rows = list_covers(ctx.actor, now=ctx.now)
    return render(request, "pages/absences/covers.html", {"covers": rows})


@worker
def cover_new(request: HttpRequest) -> HttpResponse:
    """Choose, once for all cases, who stands in and for how long."""
    ctx = context_of(request)
    absent = coverable_workers(ctx.actor, now=ctx.now)
    workers = caseworkers_of(ctx.actor.working_network_id, now=ctx.now)
    # Nobody stands in for themselves: where only one may be away, they are not offered.
    alone = absent[0].user_id if len(absent) == 1 else None
    form = CoverForm(
        request.POST or None,
        absent=absent,
        workers=[
            p
            for p in workers
            if p.office and p.office.body == ctx.actor.body and p.user_id != alone
        ],
        initial={"user_id": str(ctx.actor.user_id)},
    )
    if form.is_valid():
        with form.refusals():
            services.cover_absence(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("The cover is chosen."), "pages:covers")
    return form_page(
        request,
        form,
        heading=_("Choose a cover"),
        intro=_("They stand in in all cases at once, and it ends by itself."),
        button=_("Save"),
        back=reverse("pages:covers"),
    )


@worker
@post_only
def cover_end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    services.end_cover(actor=ctx.actor, cover_id=cover_id, now=ctx.now)
    return redirect_saved(request, _("The cover has ended."), "pages:covers")
