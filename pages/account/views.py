"""The first page for each kind of user, and what the system is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.actor import ActorKind
from web.access import only_for, open_to_all
from web.requests import actor_of

_FIRST_PAGE = {
    ActorKind.WORKER: "pages:my_day",
    ActorKind.CLIENT: "pages:my_plan",
    ActorKind.DIRECTOR: "pages:dashboard",
    ActorKind.OUTSIDE: "pages:shared",
}


@only_for()
def home(request: HttpRequest) -> HttpResponse:
    """Send each to their own first page; somebody with no role yet is told so."""
    page = _FIRST_PAGE.get(actor_of(request).kind)
    return redirect(page) if page else render(request, "pages/no_role.html")


@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    """What the system is, on what law it rests, and whose it is."""
    return render(request, "pages/about.html")
