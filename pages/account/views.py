"""The first page for each kind of user, and what the system is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.actor import ActorKind
from common.bodies import Body
from common.decision import NotVisible
from rights.selectors import processing_of
from web.access import only_for, open_to_all
from web.requests import actor_of, now_of

_FIRST_PAGE = {
    ActorKind.WORKER: "pages:my_day",
    ActorKind.CLIENT: "pages:my_plan",
    ActorKind.DIRECTOR: "pages:dashboard",
    ActorKind.OFFICER: "pages:questions",
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


@open_to_all
def processing(request: HttpRequest) -> HttpResponse:
    """Whose record of processing to read."""
    return render(request, "pages/processing.html", {"bodies": list(Body)})


@open_to_all
def processing_body(request: HttpRequest, body: str) -> HttpResponse:
    """What one body records, why, who receives it and how long it is kept."""
    if body not in Body.values:
        raise NotVisible
    context = {"record": processing_of(Body(body), now=now_of(request)), "bodies": list(Body)}
    return render(request, "pages/processing_body.html", context)
