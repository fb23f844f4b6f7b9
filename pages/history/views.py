"""The history of the plan, to its client and to the team."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.access import get_case
from cases.models import Case
from common.actor import ActorKind
from pages.case.heading import case_page
from pages.case.own_case import get_own_case
from pages.case.writing import base_of
from pages.responses import paged
from records.history import history_of
from records.selectors import reading_in
from rights.selectors import visibility_changes
from web.access import get_only, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
client = only_for(ActorKind.CLIENT)


@worker
@get_only
def case_history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has been written and changed in this case, and what changed who sees it."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    return _history(request, case, reverse("pages:case", args=[case_id]))


@client
@get_only
def my_history(request: HttpRequest) -> HttpResponse:
    """What has been written and changed in my case, and what changed who sees it."""
    return _history(request, get_own_case(request), reverse("pages:who_sees"))


def _history(request: HttpRequest, case: Case, back: str) -> HttpResponse:
    ctx = context_of(request)
    context = {
        "page": paged(request, history_of(reading_in(ctx.actor, case, now=ctx.now), case)),
        "sight": visibility_changes(ctx.actor, case, now=ctx.now),
        "base": base_of(request),
        "back": back,
    }
    return case_page(request, "pages/history/history.html", context, about=case)
