"""The calendar of a worker, by week or by month: a grid on a wide screen, a list on a phone."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from caseplan.meetings.selectors import Whose, open_calendar
from common.actor import ActorKind
from common.dates import add_months
from pages.forms import FIRST_DAY, LAST_DAY
from web.access import get_only, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
WEEK, MONTH = "week", "month"


@worker
@get_only
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of one week, Monday to Sunday, or of the weeks of one month."""
    ctx = context_of(request)
    span = MONTH if request.GET.get("span") == MONTH else WEEK
    whose = _whose(request)
    on = _day(request, ctx.today)
    first, last = _days(on, span)
    before = on - timedelta(days=7) if span == WEEK else add_months(on.replace(day=1), -1)
    after = on + timedelta(days=7) if span == WEEK else add_months(on.replace(day=1), 1)

    def address(**changed: str) -> str:
        query = {"span": span, "whose": whose.value, "on": on.isoformat(), **changed}
        return f"{reverse('pages:calendar')}?{urlencode(query)}"

    days = open_calendar(ctx.actor, whose, first=first, last=last, now=ctx.now)
    context = {
        "days": days,
        "filled": any(day.entries for day in days),
        "on": on,
        "first": first,
        "last": last,
        "span": span,
        "whose": whose.value,
        "today": ctx.today,
        "before": address(on=before.isoformat()),
        "after": address(on=after.isoformat()),
        "this": address(on=ctx.today.isoformat()),
        "spans": {name: address(span=name) for name in (WEEK, MONTH)},
        "readers": {one.value: address(whose=one.value) for one in Whose},
    }
    return render(request, "pages/calendar/calendar.html", context)


def _whose(request: HttpRequest) -> Whose:
    try:
        return Whose(request.GET.get("whose", Whose.COVER))
    except ValueError:
        return Whose.COVER


def _day(request: HttpRequest, today: date) -> date:
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return on if FIRST_DAY <= on <= LAST_DAY else today


def _days(on: date, span: str) -> tuple[date, date]:
    """From the Monday to the Sunday of the week, or of the first and last week of the month."""
    begins = on if span == WEEK else on.replace(day=1)
    ends = on if span == WEEK else add_months(begins, 1) - timedelta(days=1)
    return begins - timedelta(days=begins.weekday()), ends + timedelta(days=6 - ends.weekday())
