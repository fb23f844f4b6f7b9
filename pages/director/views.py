"""The director's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.actor import ActorKind
from evaluation.selectors import network_counts
from web.access import only_for
from web.requests import actor_of, now_of


@only_for(ActorKind.DIRECTOR)
def dashboard(request: HttpRequest) -> HttpResponse:
    """The network's counts by body and municipality, suppressed."""
    counts = network_counts(actor_of(request), now=now_of(request))
    return render(request, "pages/director/dashboard.html", {"counts": counts})
