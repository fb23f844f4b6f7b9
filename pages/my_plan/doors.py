"""The doors of the client's first page that lead on to several pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from caseplan.plan.selectors import open_people
from common.actor import ActorKind
from followup.selectors import check_in_due, latest_check_ins
from pages.case.own_case import find_own_case, get_own_case
from records.selectors import reading_in
from web.access import get_only, only_for
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@client
@get_only
def my_people(request: HttpRequest) -> HttpResponse:
    """Who helps me, how to reach them, who stands in for whom, and why I have a joint plan."""
    ctx = context_of(request)
    case = get_own_case(request)
    context = {"case": case, "people": open_people(ctx.actor, case, now=ctx.now)}
    return render(request, "pages/my_plan/people.html", context)


@client
@get_only
def my_going(request: HttpRequest) -> HttpResponse:
    """How I am: telling it, what I have told, rating myself, how my situation is seen."""
    ctx = context_of(request)
    case = get_own_case(request)
    reading = reading_in(ctx.actor, case, now=ctx.now)
    told = latest_check_ins(reading, case, count=3)
    context = {"case": case, "told": told, "is_due": check_in_due(reading, case).is_due}
    return render(request, "pages/my_plan/going.html", context)


@client
@get_only
def my_information(request: HttpRequest) -> HttpResponse:
    """Everything about me: who sees it, who has looked, what is kept, and how I log in."""
    return render(request, "pages/my_plan/information.html", {"case": find_own_case(request)})
