"""What a client does on their own pages, typed for them: beside them, or from their paper.

Each calls the same service as the client's page does; what may be done is asked of the room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.messages.access import can_type_for_client
from caseplan.messages.services import write_for_client
from caseplan.plan import services
from caseplan.plan.access import can_ask_for_review, can_object, can_withdraw_objection
from caseplan.plan.models import Action, Objection, PlannedService
from caseplan.plan.selectors import open_row
from cases.models import Case
from common.decision import Decision
from consent.models import Category
from followup.access import can_check_in
from followup.services import check_in
from pages.agreement.forms import AskForReviewForm
from pages.assisted_mode.forms import ClientsMessageForm
from pages.case.writing import case_form_page, worker, writable_case
from pages.followup.forms import CheckInForm
from pages.forms import Form
from pages.income.shown import written_out
from pages.objections.forms import ObjectionForm
from pages.responses import Text, redirect_saved
from web.access import post_only
from web.requests import context_of


@worker
def client_check_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How the client says it goes."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    return _typed(
        request,
        case,
        can_check_in(ctx.actor, case),
        CheckInForm(request.POST or None),
        lambda **said: check_in(case=case, **said),
        _("How is it going?"),
        intro=_("Choose what the client says. Stuck, or in need of help: somebody is in touch."),
    )


@worker
def client_message(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A message of the client's; a question about income begins as its page wrote it out."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    asked = written_out(request.POST)
    initial = {"topic": _("A question about my income"), "text": asked} if asked else {}
    return _typed(
        request,
        case,
        can_type_for_client(ctx.actor, case, now=ctx.now),
        ClientsMessageForm(request.POST if "text" in request.POST else None, initial=initial),
        lambda **said: write_for_client(case=case, category=Category.PLAN_FOLLOW_UP, **said),
        _("A message of the client's"),
        intro=_("Write it as the client says it. Your team answers."),
    )


@worker
def client_review(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client asks to look at the plan again."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    return _typed(
        request,
        case,
        can_ask_for_review(ctx.actor, case),
        AskForReviewForm(request.POST or None),
        lambda **said: services.ask_for_review(case=case, **said),
        _("The client asks to review the plan"),
    )


@worker
def client_no_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """The client does not want a step."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    return _no(
        request, action, lambda **said: services.object_to_action(action_id=action.pk, **said)
    )


@worker
def client_no_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The client does not want a service."""
    ctx = context_of(request)
    service = open_row(ctx.actor, PlannedService, service_id, now=ctx.now)
    return _no(
        request, service, lambda **said: services.object_to_service(service_id=service.pk, **said)
    )


@worker
@post_only
def client_no_back(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """The client takes back that they do not want something."""
    ctx = context_of(request)
    objection = open_row(ctx.actor, Objection, objection_id, now=ctx.now)
    can_withdraw_objection(ctx.actor, objection).require()
    services.withdraw_objection(actor=ctx.actor, objection_id=objection.pk, now=ctx.now)
    return redirect_saved(request, _("Saved."), "pages:for_client", objection.case_id)


def _no(
    request: HttpRequest, thing: Action | PlannedService, write: Callable[..., Any]
) -> HttpResponse:
    ctx = context_of(request)
    return _typed(
        request,
        thing.case,
        can_object(ctx.actor, thing, now=ctx.now),
        ObjectionForm(request.POST or None),
        write,
        _("The client does not want this"),
        intro=thing.title,
    )


def _typed(
    request: HttpRequest,
    case: Case,
    may: Decision,
    form: Form,
    write: Callable[..., Any],
    heading: Text,
    *,
    intro: Text = "",
) -> HttpResponse:
    """One act of the client's: its form, what the service refuses at its field, and back."""
    may.require()
    ctx = context_of(request)
    back = reverse("pages:for_client", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            write(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved. The client sees what you wrote."), back)
    return case_form_page(request, form, case, heading, intro=intro, back=back)
