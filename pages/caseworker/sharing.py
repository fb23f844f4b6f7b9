"""Explaining who sees what of a case, seeing it as another body does, and what has changed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from audit.models import Purpose
from caseplan.plan.selectors import open_history
from cases.access import can_work_on, get_case
from common.actor import ActorKind
from consent.selectors import requests_of
from pages.answers import paged
from pages.caseworker.heading import about_case, case_page
from rights.selectors import (
    changes_of_sight,
    get_viewer,
    own_sight,
    see_as,
    see_version_as,
    viewers_of,
)
from web.access import only_for
from web.requests import actor_of, now_of

worker = only_for(ActorKind.WORKER)


@worker
def case_who_sees(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the worker's own body sees and why, and the ways to explain it to the client."""
    actor, now = actor_of(request), now_of(request)
    case = get_case(actor, case_id, now=now)
    context = {
        "case": case,
        "sight": own_sight(actor, case, now=now),
        "viewers": viewers_of(actor, case, now=now),
        "requests": requests_of(actor, case),
        "may_write": can_work_on(actor, case, now=now),
    }
    return case_page(request, "pages/caseworker/who_sees.html", context, about=case)


@worker
def case_see_as(request: HttpRequest, case_id: UUID, who: str) -> HttpResponse:
    """What another body sees of this case, as far as the worker sees it too."""
    actor, now = actor_of(request), now_of(request)
    preview = see_as(actor, case_id, who, now=now)
    case = get_case(actor, case_id, now=now)  # the preview's own may be without its name
    context = {
        "about": about_case(request, case, purpose=Purpose.EXPLAIN),
        "preview": preview,
        "base": "base_worker.html",
        "back": reverse("pages:case_who_sees", args=[case_id]),
    }
    return render(request, "pages/see_as.html", context)


@worker
def case_see_version_as(
    request: HttpRequest, case_id: UUID, who: str, version_id: UUID
) -> HttpResponse:
    """One version as another body sees it, as far as the worker sees it too."""
    actor, now = actor_of(request), now_of(request)
    page = see_version_as(actor, version_id, who, now=now)
    context = {
        "page": page,
        "about": about_case(
            request, get_case(actor, page.version.case_id, now=now), purpose=Purpose.EXPLAIN
        ),
        "viewer": get_viewer(actor, page.version.case, who, now=now),
        "may_answer": False,
        "base": "base_worker.html",
        "back": reverse("pages:case_see_as", args=[case_id, who]),
    }
    return render(request, "pages/version.html", context)


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
    return case_page(request, "pages/history.html", context, about=case)
