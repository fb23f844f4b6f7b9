"""A worker's private calendar address: made, ended, and read by a program that logs in nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.selectors import feed_of, own_feed, times_of_meetings
from caseplan.meetings.services import end_feed, hash_of_token, make_feed, note_fetch
from common.actor import ActorKind
from common.decision import NotVisible
from pages.meetings.calendar import feed_file
from pages.responses import redirect_saved
from people.selectors import actor_for
from web import throttle
from web.access import get_only, only_for, open_to_all, post_only
from web.once import showed_it
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@get_only
def own_program(request: HttpRequest) -> HttpResponse:
    """Whether one has a private address, when it was read last, and the buttons for it."""
    return render(
        request, "pages/calendar/own_program.html", {"feed": own_feed(context_of(request).actor)}
    )


@worker
@post_only
def feed_make(request: HttpRequest) -> HttpResponse:
    """Make it, or make it anew: the address is shown once."""
    ctx = context_of(request)
    token = make_feed(actor=ctx.actor, now=ctx.now)
    showed_it(request)
    address = request.build_absolute_uri(reverse("pages:calendar_feed", args=[token]))
    return render(request, "pages/calendar/feed_made.html", {"address": address})


@worker
@post_only
def feed_end(request: HttpRequest) -> HttpResponse:
    """End it: whoever has the address reads nothing any more."""
    ctx = context_of(request)
    end_feed(actor=ctx.actor, now=ctx.now)
    return redirect_saved(
        request, _("The address shows nothing any more."), "pages:calendar_program"
    )


@open_to_all
@get_only
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The times of a worker's own meetings, and nothing else, while they are a worker here."""
    ctx = context_of(request)
    hashed = hash_of_token(token)
    found = feed_of(hashed)
    if found is None:
        throttle.count_guess(request)
        raise NotVisible
    throttle.count_fetch(name=hashed)
    actor = actor_for(found.user, now=ctx.now)
    if not (found.user.is_active and actor.is_worker):
        raise NotVisible
    note_fetch(found, now=ctx.now)
    with translation.override(actor.language):
        log_in_at = request.build_absolute_uri(reverse("pages:home"))
        return feed_file(times_of_meetings(actor, now=ctx.now), log_in_at, now=ctx.now)
