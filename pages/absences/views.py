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
from pages.forms import saved
from pages.responses import form_page, redirect_saved
from people.selectors import caseworkers_of
from web.access import post_only
from web.requests import actor_of, now_of


@worker
def covers(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, as far as it concerns this worker."""
    rows = list_covers(actor_of(request), now=now_of(request))
    return render(request, "pages/absences/covers.html", {"covers": rows})


@worker
def cover_new(request: HttpRequest) -> HttpResponse:
    """Choose, once for all cases, who stands in and for how long."""
    actor, now = actor_of(request), now_of(request)
    absent = coverable_workers(actor, now=now)
    workers = caseworkers_of(actor.working_network_id, now=now)
    # Nobody stands in for themselves: where only one may be away, they are not offered.
    alone = absent[0].user_id if len(absent) == 1 else None
    form = CoverForm(
        request.POST or None,
        absent=absent,
        workers=[
            p for p in workers if p.office and p.office.body == actor.body and p.user_id != alone
        ],
        initial={"user_id": str(actor.user_id)},
    )
    if saved(form, lambda **data: services.cover_absence(actor=actor, now=now, **data)):
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
    services.end_cover(actor=actor_of(request), cover_id=cover_id, now=now_of(request))
    return redirect_saved(request, _("The cover has ended."), "pages:covers")
