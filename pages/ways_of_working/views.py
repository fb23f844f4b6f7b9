"""How a network works together: the director decides, the meetings follow."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.meetings import services
from caseplan.meetings.models import MeetingRole
from caseplan.meetings.selectors import way_on, ways_of
from common.actor import ActorKind
from pages.responses import form_page, redirect_saved
from pages.ways_of_working.forms import WayOfWorkingForm
from web.access import get_only, only_for
from web.requests import context_of

director = only_for(ActorKind.DIRECTOR)


@director
@get_only
def ways(request: HttpRequest) -> HttpResponse:
    """How the network works today, and what was decided before."""
    ctx = context_of(request)
    network = ctx.actor.working_network_id
    today = way_on(network, ctx.today)
    context = {
        "way": today,
        "roles": [MeetingRole(role).label for role in today.roles],
        "ways": ways_of(network),
    }
    return render(request, "pages/ways_of_working/ways.html", context)


@director
def way_new(request: HttpRequest) -> HttpResponse:
    """Decide how the network works from a day on."""
    ctx = context_of(request)
    way = way_on(ctx.actor.working_network_id, ctx.today)
    names = ("form", "roles", "client_takes_part", "one_service", "own_request_days",
             "consultation_days", "referral_days")  # fmt: skip
    form = WayOfWorkingForm(
        request.POST or None,
        initial={**{name: getattr(way, name) for name in names}, "since": ctx.today},
    )
    if form.is_valid():
        with form.refusals():
            services.decide_way_of_working(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), "pages:ways")
    return form_page(
        request,
        form,
        heading=_("How the network works together"),
        button=_("Decide"),
        back=reverse("pages:ways"),
    )
