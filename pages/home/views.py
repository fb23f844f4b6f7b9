"""The first page of each kind of user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from common.actor import ActorKind
from common.clock import day_of
from common.inbox import Group, InboxPlace, InboxTab
from common.row_acts import RowActs
from inbox.acts import acts_of
from inbox.selectors import PAGE, Item, Listed, list_waiting, open_day
from pages.home.leading import way_to
from pages.menu import counted_anew
from people.models import User
from people.selectors import (
    all_networks,
    list_organisation_news,
    own_entry,
)
from people.services import welcome
from web.access import get_only, only_for
from web.requests import Context, context_of
from web.sessions import NEWCOMER

worker = only_for(ActorKind.WORKER)
_FIRST_PAGE = {
    ActorKind.WORKER: "pages:my_day",
    ActorKind.CLIENT: "pages:my_page",
    ActorKind.DIRECTOR: "pages:dashboard",
    ActorKind.STEERING: "pages:dashboard",
    ActorKind.KEEPER: "pages:organisation",
    ActorKind.OFFICER: "pages:questions",
    ActorKind.GRANTER: "pages:letting_in",
    ActorKind.OUTSIDE: "pages:shared",
}


@only_for()
@get_only
def home(request: HttpRequest) -> HttpResponse:
    """Send each to their own first page, a worker once by way of what helps in the first hour.

    Somebody with no role yet is told so.
    """
    ctx = context_of(request)
    if ctx.actor.is_client and cast(User, request.user).welcomed_at is None:
        return redirect("pages:welcome_language")
    if ctx.actor.is_worker and cast(User, request.user).welcomed_at is None:
        welcome(user_id=ctx.actor.writer_id, now=ctx.now)
        return redirect("pages:first_hour")
    if ctx.actor.kind is ActorKind.STRANGER and NEWCOMER in request.session:
        return redirect("pages:introduce")
    if ctx.actor.kind is ActorKind.NATIONAL:
        here = [one for one in all_networks() if one.ends_on is None or one.ends_on > ctx.today]
        return render(request, "pages/home/national.html", {"networks": here})
    page = _FIRST_PAGE.get(ctx.actor.kind)
    if page:
        return redirect(page)
    entry = own_entry(ctx.actor, now=ctx.now)
    return render(request, "pages/home/no_role.html", {"entry": entry})


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that waits: what is done in its row, or the page where it is dealt with.

    ``url`` is empty where there is none.
    """

    item: Item
    url: str
    verb: str | Promise
    acts: RowActs | None


@worker
@get_only
def my_day(request: HttpRequest) -> HttpResponse:
    """What waits for me, the most urgent first: ten things, or a page of some of them."""
    ctx = context_of(request)
    which = request.GET.get("which", "")
    if which:
        return _list(request, ctx, which)
    day = open_day(ctx.actor, now=ctx.now)
    shown = sum(len(group.items) for group in day.groups)
    context = {
        "menu_counts": counted_anew(request, day.waits),
        "waits": day.waits,
        "groups": [(one.group, one.count, _lines(one.items)) for one in day.groups],
        "more": day.waits.total > shown,
        "meetings": _lines(day.meetings),
        "meets_today": any(day_of(one.since) == ctx.today for one in day.meetings if one.since),
        "meetings_later": day.meetings_later,
        "good": _lines(day.good),
        "organisation_news": list_organisation_news(ctx.actor, now=ctx.now),
        "leads": day.leads,
        "ahead": {group: day.waits.groups[group] for group in (Group.WEEK, Group.LATER)},
    }
    return render(request, "pages/home/my_day.html", context)


# What one may ask to see the whole of, beside the kinds and the parties.
_GROUPS = {group.name.lower(): group for group in Group}
_FROM_OTHERS, _POSTPONED = "asked", "postponed"


def _list(request: HttpRequest, ctx: Context, which: str) -> HttpResponse:
    """All of one kind, one group, or one party's, 25 a page."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1
    asked: dict[str, Any] = {}
    name, _colon, party = which.partition("-")
    if which in InboxTab.values:
        asked["tabs"] = [InboxTab(which)]
    elif which in _GROUPS:
        asked["groups"] = [_GROUPS[which]]
    elif which == _POSTPONED:
        asked["place"] = InboxPlace.POSTPONED
    elif name == "waits":
        asked["party"] = party or "any"
    elif name == _FROM_OTHERS:
        asked |= {"place": InboxPlace.OTHERS, "party": party or "any"}
    elif which != "all":
        raise Http404
    found: Listed = list_waiting(ctx.actor, page=page, now=ctx.now, **asked)
    context = {
        "menu_counts": counted_anew(request, found.waits),
        "waits": found.waits,
        "which": which,
        "count": found.count,
        "lines": _lines(found.items),
        "page": Paginator(range(found.count), PAGE).get_page(page),
    }
    return render(request, "pages/home/waiting.html", context)


def _lines(items: list[Item]) -> list[Line]:
    return [Line(item, *way_to(item), acts_of(item)) for item in items]
