"""The person asks: what they need, whom they ask, who answers and by when, and the answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.intake import services
from caseplan.intake.models import OwnRequest
from caseplan.intake.selectors import open_own_request, own_requests_of, where_to_ask
from caseplan.plan.selectors import own_cases
from common.actor import ActorKind
from common.decision import NotAllowed
from pages.forms import Form
from pages.own_requests.forms import OwnRequestForm
from pages.printing import pdf_page
from pages.responses import form_page, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

person = only_for(ActorKind.CLIENT)


@person
@get_only
def own_request(request: HttpRequest) -> HttpResponse:
    """What I have asked, who answers and by when; what was answered; asking."""
    ctx = context_of(request)
    asked = own_requests_of(ctx.actor)
    context = {
        "asked": asked,
        "has_joint_service": bool(own_cases(ctx.actor, now=ctx.now)),
        "may_ask": not any(one.is_open for one in asked),
    }
    return render(request, "pages/own_requests/own_request.html", context)


@person
def own_request_new(request: HttpRequest) -> HttpResponse:
    """Ask for joint service."""
    ctx = context_of(request)
    if any(one.is_open for one in own_requests_of(ctx.actor)) or own_cases(ctx.actor, now=ctx.now):
        return redirect("pages:own_request")
    form = OwnRequestForm(request.POST or None, offices=where_to_ask(ctx.actor, now=ctx.now))
    if form.is_valid():
        with form.refusals():
            services.ask_for_joint_service(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Your request has been sent."), "pages:own_request")
    return form_page(
        request,
        form,
        heading=_("Ask for joint service"),
        intro=_(
            "Joint service is for you when you are out of work and one place alone cannot help. "
            "Then employment services, social services and Kela make one plan with you. Asking is "
            "voluntary, and takes nothing away from you."
        ),
        button=_("Send the request"),
        back=reverse("pages:own_request"),
        base="base_client.html",
    )


@person
@get_only
def own_request_letter(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """The receipt or the answer as a letter."""
    asked = open_own_request(context_of(request).actor, own_request_id)
    return letter(request, asked)


@person
@post_only
def own_request_read(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """The person has read the answer."""
    ctx = context_of(request)
    services.mark_answer_read(actor=ctx.actor, request_id=own_request_id, now=ctx.now)
    return redirect_saved(request, _("Marked as read."), "pages:own_request")


@person
def own_request_withdraw(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """Take the request back."""
    ctx = context_of(request)
    asked = open_own_request(ctx.actor, own_request_id)
    if not asked.is_open:
        raise NotAllowed(_("This has been answered already."))
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.withdraw_request(actor=ctx.actor, request_id=asked.pk, now=ctx.now)
            return redirect_saved(request, _("You took your request back."), "pages:own_request")
    return form_page(
        request,
        form,
        heading=_("Take the request back"),
        intro=_("Nobody answers it then. You can ask again whenever you want."),
        button=_("Take it back"),
        back=reverse("pages:own_request"),
        base="base_client.html",
    )


def letter(request: HttpRequest, asked: OwnRequest) -> HttpResponse:
    """What was asked, or what was answered, as a letter to be handed over; it names nobody else."""
    return pdf_page(
        request, "pages/own_requests/letter_print.html", {"asked": asked}, "my-request.pdf"
    )
