"""A question about nobody: asked, answered, read, taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.intake import services
from caseplan.intake.access import can_answer_consultation, can_read_answer
from caseplan.intake.selectors import (
    list_asked,
    list_received,
    offices_to_consult,
    open_consultation,
)
from common.actor import ActorKind
from pages.consultations.forms import AnswerConsultationForm, ConsultForm
from pages.responses import form_page, paged, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@get_only
def consultations(request: HttpRequest) -> HttpResponse:
    """What my office has asked and was asked, until it is gone."""
    ctx = context_of(request)
    context = {
        "received": paged(request, list_received(ctx.actor), name="received"),
        "asked": paged(request, list_asked(ctx.actor), name="asked"),
    }
    return render(request, "pages/consultations/consultations.html", context)


@worker
def consultation_new(request: HttpRequest) -> HttpResponse:
    """Ask another organisation, about nobody."""
    ctx = context_of(request)
    form = ConsultForm(request.POST or None, offices=offices_to_consult(ctx.actor))
    if form.is_valid():
        with form.refusals():
            services.ask_consultation(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _("Sent. The answer comes to your first page."), "pages:consultations"
            )
    return form_page(
        request,
        form,
        heading=_("Ask another organisation without a case"),
        intro=_(
            "The question is about the matter, not about a person: nothing in it may say who "
            "somebody is. It is linked to no case, and gone 30 days after the answer."
        ),
        button=_("Send"),
        back=reverse("pages:consultations"),
    )


@worker
@get_only
def consultation(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """One question and its answer."""
    ctx = context_of(request)
    row = open_consultation(ctx.actor, consultation_id, now=ctx.now)
    context = {
        "row": row,
        "may_answer": can_answer_consultation(ctx.actor, row).allowed,
        "is_mine": row.asked_by_id == ctx.actor.user_id,
        "may_have_read": can_read_answer(ctx.actor, row, now=ctx.now).allowed,
    }
    return render(request, "pages/consultations/consultation.html", context)


@worker
def consultation_answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Answer for the office that was asked."""
    ctx = context_of(request)
    row = open_consultation(ctx.actor, consultation_id, now=ctx.now)
    can_answer_consultation(ctx.actor, row).require()
    form = AnswerConsultationForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.answer_consultation(
                actor=ctx.actor, consultation_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(
                request, _("Saved. Whoever asked is told."), "pages:consultations"
            )
    return form_page(
        request,
        form,
        heading=row.get_topic_display(),
        intro=", ".join([*row.services_in_words, *row.in_the_way_in_words, row.note]).strip(", "),
        button=_("Send the answer"),
        back=reverse("pages:consultation", args=[row.pk]),
    )


@worker
@post_only
def consultation_seen(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Whoever asked has read the answer."""
    ctx = context_of(request)
    services.mark_consultation_seen(actor=ctx.actor, consultation_id=consultation_id, now=ctx.now)
    return redirect_saved(request, _("Marked as read."), "pages:my_day")


@worker
@post_only
def consultation_withdraw(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Take back a question nobody has answered: it is gone at once."""
    ctx = context_of(request)
    services.withdraw_consultation(actor=ctx.actor, consultation_id=consultation_id, now=ctx.now)
    return redirect_saved(request, _("Taken back."), "pages:consultations")
