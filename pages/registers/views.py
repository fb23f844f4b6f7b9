"""What the registers say of the client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from benefits.selectors import own_explanations
from common.actor import ActorKind
from pages.triggers.timeline import timeline
from web.access import get_only, only_for
from web.requests import context_of


@only_for(ActorKind.CLIENT)
@get_only
def registers(request: HttpRequest) -> HttpResponse:
    """What the registers say of me, in plain words, and every period behind it."""
    ctx = context_of(request)
    found = own_explanations(ctx.actor, now=ctx.now)
    drawn = [(e, timeline(e) if e.rows else None) for e in found]
    return render(request, "pages/registers/registers.html", {"explanations": drawn})
