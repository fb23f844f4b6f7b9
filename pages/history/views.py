"""The history of the plan, to its client and to the team."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from caseplan.plan.selectors import open_history
from cases.access import get_case
from common.actor import ActorKind
from pages.case.heading import case_page
from pages.case.own_case import get_own_case
from pages.responses import paged
from rights.selectors import changes_of_sight
from web.access import only_for
from web.requests import actor_of, now_of

worker = only_for(ActorKind.WORKER)
client = only_for(ActorKind.CLIENT)


@worker
def case_history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has been written and changed in this case, and what changed who sees it."""
    actor, now = actor_of(request), now_of(request)
    case = get_case(actor, case_id, now=now)
    context = {
        "page": paged(request, open_history(actor, case_id, now=now)),
        "sight": changes_of_sight(actor, case, now=now),
        "base": "base_worker.html",
        "back": reverse("pages:case", args=[case_id]),
    }
    return case_page(request, "pages/history/history.html", context, about=case)


@client
def my_history(request: HttpRequest) -> HttpResponse:
    """What has been written and changed in my case, and what changed who sees it."""
    actor, now, case = actor_of(request), now_of(request), get_own_case(request)
    context = {
        "page": paged(request, open_history(actor, case.pk, now=now)),
        "sight": changes_of_sight(actor, case, now=now),
        "base": "base_client.html",
        "back": reverse("pages:who_sees"),
    }
    return render(request, "pages/history/history.html", context)
