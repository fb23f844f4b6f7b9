"""The client's first page: the one thing to do next, what waits, what others do, the doors."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.models import Purpose
from caseplan.intake.selectors import own_requests_of
from caseplan.meetings.selectors import list_news
from caseplan.plan.selectors import list_emergencies, open_case, own_changes, section_of_duties
from cases.models import Case
from common.actor import ActorKind
from inbox.own import OwnDay, open_own_day
from inbox.own_parts import OwnKind
from inbox.own_words import told_in_words
from pages.case.own_case import find_own_case
from pages.my_plan.leading import line_of
from web.access import get_only, only_for
from web.requests import Context, context_of

SHOWN_WAITING, SHOWN_OTHERS = 8, 3
"""How many stand open on the first page; the rest of what waits is folded under them."""


@only_for(ActorKind.CLIENT)
@get_only
def my_page(request: HttpRequest) -> HttpResponse:
    """What I do next, what waits for me, what others do, and the way to everything of mine."""
    ctx = context_of(request)
    case = find_own_case(request)
    if case is None:
        asked = [one for one in own_requests_of(ctx.actor) if one.is_open or not one.read_at]
        may_ask = not any(one.is_open for one in asked)
        return render(request, "pages/case/no_case.html", {"asked": asked, "may_ask": may_ask})
    day = open_own_day(ctx.actor, case, now=ctx.now)
    act, section = section_of_duties(case)
    lines = [line_of(thing) for thing in day.waits]
    context: dict[str, Any] = {
        "case": case,
        "day": day,
        "next": line_of(day.next_thing) if day.next_thing else None,
        "waits": lines[:SHOWN_WAITING],
        "waits_folded": lines[SHOWN_WAITING:],
        "waits_count": len(lines),
        "others": [line_of(thing) for thing in day.others[:SHOWN_OTHERS]],
        "others_more": len(day.others) > SHOWN_OTHERS,
        "told": [told_in_words(thing, ctx.today) for thing in day.told],
        "next_meeting": day.meetings[0] if day.meetings else None,
        "contact": day.contact,
        "more_time_for": _step_in_hand(day),
        "law": {"act": act, "section": section},
        "news": list_news(ctx.actor, now=ctx.now),
        "changes": own_changes(ctx.actor, now=ctx.now),
        "emergencies": list_emergencies(ctx.actor, now=ctx.now),
        **({} if case.is_open else _ended(ctx, case)),
    }
    return render(request, "pages/my_plan/home.html", context)


def _step_in_hand(day: OwnDay) -> UUID | None:
    """The client's own step that is due first: the one there may be too little time for.

    One of which they have asked already waits for its answer.
    """
    asked = {thing.subject_id for thing in day.others if thing.kind is OwnKind.TIME_ASKED}
    steps = [
        thing
        for thing in [day.next_thing, *day.waits]
        if thing and thing.kind is OwnKind.TASK and thing.subject_id not in asked
    ]
    return min(steps, key=lambda step: step.day or date.max).subject_id if steps else None


def _ended(ctx: Context, case: Case) -> dict[str, Any]:
    """Of a joint service that has ended, or never began: why, and who goes on with the client."""
    return {
        "page": open_case(ctx.actor, case.pk, purpose=Purpose.OWN_DATA, now=ctx.now),
        "asked": own_requests_of(ctx.actor),
    }
