"""The runs of the nights and the outbox: whether the reminders really go out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from operations.selectors import latest_runs, outbox_now
from operations.services import try_parked_again
from pages.responses import redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

keeper = only_for(ActorKind.DIRECTOR, ActorKind.OFFICER)


@keeper
@get_only
def operations(request: HttpRequest) -> HttpResponse:
    """The latest runs with their batches, and what waits in the outbox. No client anywhere."""
    context = {"runs": latest_runs(), "outbox": outbox_now(now=context_of(request).now)}
    return render(request, "pages/operations/operations.html", context)


@keeper
@post_only
def try_again(request: HttpRequest) -> HttpResponse:
    """Put what was given up back to work."""
    ctx = context_of(request)
    count = try_parked_again(actor=ctx.actor, now=ctx.now)
    said = _("Tried again: %(count)d.") % {"count": count}
    return redirect_saved(request, said, "pages:operations")
