"""What a step does to income: the services of a plan, what if, and asking what is not known.

Worker and client read the same sentences. Nothing typed here is kept, but a question that is sent.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.messages.access import can_start_thread, can_type_for_client
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import start_thread
from caseplan.plan import services
from caseplan.plan.access import can_confirm_for_kela
from caseplan.plan.catalogue import step_of
from caseplan.plan.models import KelaConfirmation, PlannedService
from caseplan.plan.selectors import open_income, open_row
from cases.models import Case
from common.actor import ActorKind
from consent.models import Category
from pages.case.own_case import get_own_case
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    worker,
    writable_case,
)
from pages.income.forms import (
    IncomeQuestionForm,
    KelaConfirmationCorrectForm,
    KelaConfirmationForm,
    WhatIfForm,
)
from pages.income.shown import shown_step, written_out
from pages.responses import redirect_saved
from web.access import get_only, only_for
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@client
def my_income(request: HttpRequest) -> HttpResponse:
    """What the steps of one's plan do to the income, and what if."""
    return _income(request, get_own_case(request).pk)


@worker
def case_income(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same of a client, for a worker."""
    return _income(request, case_id)


@party_to_a_plan
@get_only
def service_income(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What one service of the plan does to the income, from the day it begins."""
    ctx = context_of(request)
    service = open_row(ctx.actor, PlannedService, service_id, now=ctx.now)
    page = open_income(ctx.actor, service.case_id, now=ctx.now)
    begins_on, step = service.from_on or ctx.today, step_of(service.service)
    context = {
        "service": service,
        "shown": shown_step(step, begins_on, today=ctx.today),
        "confirmations": page.confirmed(step),
        "may_confirm": can_confirm_for_kela(ctx.actor, service.case, now=ctx.now).allowed,
        "back": _page_of(request, service.case),
        "ask_url": _ask_url(request, service.case),
    }
    return page_of_both(request, "pages/income/service.html", context, about=service.case)


@client
def income_ask(request: HttpRequest) -> HttpResponse:
    """Send a question about one's income to the team; it begins with what the page wrote out."""
    ctx = context_of(request)
    case = get_own_case(request)
    can_start_thread(ctx.actor, case, ThreadKind.DIALOGUE, now=ctx.now).require()
    written = written_out(request.POST)
    sent = request.POST if "text" in request.POST else None
    initial = {"topic": _("A question about my income"), "text": written}
    form = IncomeQuestionForm(sent, initial=initial)
    if form.is_valid():
        with form.refusals():
            made = start_thread(
                actor=ctx.actor,
                case=case,
                kind=ThreadKind.DIALOGUE,
                category=Category.PLAN_FOLLOW_UP,
                now=ctx.now,
                **form.cleaned_data,
            )
            return redirect_saved(request, _("Sent."), "pages:thread", made.pk)
    return case_form_page(
        request,
        form,
        case,
        _("Ask about my income"),
        button=_("Send"),
        back=reverse("pages:my_income"),
    )


@worker
def kela_confirm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Kela's worker writes down what Kela has confirmed of a step: who said so, and when."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    can_confirm_for_kela(ctx.actor, case, now=ctx.now).require()
    form = KelaConfirmationForm(request.POST or None, initial={"said_on": ctx.today})
    back = reverse("pages:case_income", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            services.confirm_for_kela(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved. The client is told."), back)
    return case_form_page(request, form, case, _("Kela has confirmed this"), back=back)


@worker
def kela_confirmation(request: HttpRequest, confirmation_id: UUID) -> HttpResponse:
    """Correct what was written down that Kela confirmed."""
    ctx = context_of(request)
    row = open_row(ctx.actor, KelaConfirmation, confirmation_id, now=ctx.now)
    can_confirm_for_kela(ctx.actor, row.case, now=ctx.now).require()
    names = ("step", "begins_on", "statement", "said_by", "said_on", "revision")
    form = KelaConfirmationCorrectForm(
        request.POST or None, initial={name: getattr(row, name) for name in names}
    )
    back = reverse("pages:case_income", args=[row.case_id])
    if form.is_valid():
        with form.refusals():
            services.correct_kela_confirmation(
                actor=ctx.actor, confirmation_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved. The client is told."), back)
    return case_form_page(request, form, row.case, _("Kela has confirmed this"), back=back)


def _income(request: HttpRequest, case_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    page = open_income(ctx.actor, case_id, now=ctx.now)
    form = WhatIfForm(request.POST or None)
    shown = None
    if form.is_valid():
        shown = shown_step(
            form.cleaned_data["step"], form.cleaned_data["begins_on"], today=ctx.today
        )
    context = {
        "page": page,
        "form": form,
        "shown": shown,
        "confirmations": page.confirmations,
        "may_confirm": can_confirm_for_kela(ctx.actor, page.case, now=ctx.now).allowed,
        "ask_url": _ask_url(request, page.case),
    }
    return page_of_both(request, "pages/income/income.html", context, about=page.case)


def _ask_url(request: HttpRequest, case: Case) -> str:
    """Where a question is sent from: by the client, or a worker who types for them.

    Empty for a worker alone, who asks Kela by a request under a goal.
    """
    ctx = context_of(request)
    if ctx.actor.is_client:
        may = can_start_thread(ctx.actor, case, ThreadKind.DIALOGUE, now=ctx.now)
        return reverse("pages:income_ask") if may.allowed else ""
    may = can_type_for_client(ctx.actor, case, now=ctx.now)
    return reverse("pages:client_message", args=[case.pk]) if may.allowed else ""


def _page_of(request: HttpRequest, case: Case) -> str:
    if context_of(request).actor.is_client:
        return reverse("pages:my_income")
    return reverse("pages:case_income", args=[case.pk])
