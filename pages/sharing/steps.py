"""What the pages by which more or less is shared have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.access import can_work_on, get_case
from cases.models import Case
from common.decision import Decision, NotVisible
from consent.access import can_record_consent
from consent.models import Choice
from pages.case.heading import about_case
from pages.responses import form_page
from web.requests import context_of


def case_to_work_on(request: HttpRequest, case_id: UUID) -> Case:
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_work_on(ctx.actor, case, now=ctx.now).require()
    return case


def step_page(request: HttpRequest, form: Any, case: Case, **texts: Any) -> HttpResponse:
    back = reverse("pages:case_who_sees", args=[case.pk])
    return form_page(request, form, back=back, about=about_case(request, case), **texts)


def can_open_more(request: HttpRequest, case: Case) -> Decision:
    """May the client let anybody see more of this case? What can't be opened isn't offered."""
    ctx = context_of(request)
    return can_record_consent(ctx.actor, case, now=ctx.now)


def is_offered(decision: Decision) -> bool:
    """What only waits for a stronger log-in is offered: it is asked for when it is sent."""
    return decision.allowed or decision.act is not None


def choice_of(word: str) -> Choice:
    if word not in Choice.values:
        raise NotVisible
    return Choice(word)
