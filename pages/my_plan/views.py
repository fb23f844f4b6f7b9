"""The client's plan, and each step and service of it on a page of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan.messages.access import can_start_thread
from caseplan.messages.models import ThreadKind
from caseplan.messages.selectors import threads_about
from caseplan.messages.services import start_thread
from caseplan.plan.access import (
    can_ask_for_review,
    can_close_action,
    can_object,
    can_write_own_goal,
)
from caseplan.plan.models import Action, PlannedService
from caseplan.plan.selectors import (
    OwnThingOfPlan,
    open_case,
    open_own_service,
    open_own_step,
    open_row,
    section_of_duties,
)
from caseplan.remarks.access import can_remark
from caseplan.remarks.selectors import remarks_about
from common.actor import ActorKind
from common.bodies import Party
from pages.case.own_case import find_own_case
from pages.messages.forms import ClientThreadForm
from pages.messages.in_the_row import LONGEST_TOPIC
from pages.responses import form_page, redirect_saved
from web.access import get_only, only_for
from web.requests import Context, context_of

client = only_for(ActorKind.CLIENT)


@client
@get_only
def my_plan(request: HttpRequest) -> HttpResponse:
    """My goals with their steps, services, who has said yes, and what is duty and what choice."""
    ctx = context_of(request)
    case = find_own_case(request)
    if case is None:
        return redirect("pages:my_page")
    page = open_case(ctx.actor, case.pk, purpose=Purpose.OWN_DATA, now=ctx.now)
    own_answer = page.proposal.answer_of(Party.CLIENT) if page.proposal else None
    act, section = section_of_duties(case)
    context = {
        "page": page,
        "must_answer": own_answer is not None and own_answer.answer is None,
        "may_assess": page.ending is not None
        and page.ending.is_open
        and page.ending.view_of(Party.CLIENT) is None,
        "may_write": can_write_own_goal(ctx.actor, case, now=ctx.now).allowed,
        "may_ask_review": page.in_force is not None
        and can_ask_for_review(ctx.actor, case).allowed
        and not (page.review_request and page.review_request.is_open),
        "law": {"act": act, "section": section},
    }
    return render(request, "pages/my_plan/plan.html", context)


@client
@get_only
def my_step(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """One step: who, by when, whether I must, and my three answers."""
    ctx = context_of(request)
    step = open_own_step(ctx.actor, action_id, now=ctx.now)
    context = {
        **_said(ctx, step, step.action),
        "action": step.action,
        "may_do": step.is_own and can_close_action(ctx.actor, step.action, now=ctx.now).allowed,
        "may_object": can_object(ctx.actor, step.action, now=ctx.now).allowed,
        "may_write": can_start_thread(
            ctx.actor, step.case, ThreadKind.DIALOGUE, now=ctx.now
        ).allowed,
        "threads": threads_about(
            ctx.actor, step.case, step.action.text[:LONGEST_TOPIC], now=ctx.now
        ),
    }
    return render(request, "pages/my_plan/step.html", context)


@client
def my_step_write(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Write about a step: a topic of its own, which begins with the step's words."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_start_thread(ctx.actor, action.case, ThreadKind.DIALOGUE, now=ctx.now).require()
    form = ClientThreadForm(
        request.POST or None,
        request.FILES or None,
        initial={"topic": action.text[:LONGEST_TOPIC]},
    )
    if form.is_valid():
        with form.refusals():
            start_thread(actor=ctx.actor, case=action.case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Sent."), "pages:my_step", action.pk)
    return form_page(
        request,
        form,
        heading=_("Write about this step"),
        button=_("Send"),
        back=reverse("pages:my_step", args=[action.pk]),
        base="base_client.html",
    )


@client
@get_only
def my_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service: who arranges it, from when, whether I must go, and saying no to it."""
    ctx = context_of(request)
    found = open_own_service(ctx.actor, service_id, now=ctx.now)
    context = {
        **_said(ctx, found, found.service),
        "service": found.service,
        "may_object": can_object(ctx.actor, found.service, now=ctx.now).allowed,
    }
    return render(request, "pages/my_plan/service.html", context)


def _said(ctx: Context, step: OwnThingOfPlan, thing: Action | PlannedService) -> dict[str, Any]:
    """The step or service, what I have said of it, and whether I may say more."""
    return {
        "step": step,
        "remarks": remarks_about(ctx.actor, thing, now=ctx.now),
        "may_remark": can_remark(ctx.actor, step.case, now=ctx.now).allowed,
    }
