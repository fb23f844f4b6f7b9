"""A client says that something recorded is wrong, and is answered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from pages.case.heading import case_page
from pages.case.own_case import get_own_case
from pages.case.writing import case_form_page
from pages.corrections.forms import CorrectionAnswerForm, CorrectionForm, ProlongForm
from pages.responses import redirect_saved
from rights.models import Outcome
from rights.selectors import open_asked, open_correction, open_recorded_item
from rights.services import answer_correction, ask_for_correction, prolong_correction
from web.access import get_only, only_for
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@only_for(ActorKind.WORKER)
def correction_answer(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """What the client says is wrong, and the body's answer."""
    ctx = context_of(request)
    asked = open_correction(ctx.actor, correction_id, now=ctx.now)
    form = CorrectionAnswerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            answer_correction(
                actor=ctx.actor,
                correction_id=correction_id,
                outcome=Outcome(form.cleaned_data["outcome"]),
                answer=form.cleaned_data["answer"],
                now=ctx.now,
            )
            return redirect_saved(request, _("Answered. The client sees it."), "pages:my_day")
    context = {
        "asked": asked,
        "form": form,
        "longer_url": reverse("pages:correction_prolong", args=[correction_id]),
        "back": reverse("pages:my_day"),
    }
    return case_page(
        request, "pages/corrections/correction_answer.html", context, about=asked.correction.case
    )


@only_for(ActorKind.WORKER)
def correction_prolong(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Take longer, once, and tell the client why (GDPR Art. 12(3))."""
    ctx = context_of(request)
    asked = open_correction(ctx.actor, correction_id, now=ctx.now)
    form = ProlongForm(request.POST or None)
    back = reverse("pages:correction_answer", args=[correction_id])
    if form.is_valid():
        with form.refusals():
            prolong_correction(
                actor=ctx.actor, correction_id=correction_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved. The client is told."), back)
    return case_form_page(
        request,
        form,
        asked.correction.case,
        _("The answer takes longer"),
        intro=_("Only where the matter is hard, or there are many. Only once, within the month."),
        button=_("Tell the client"),
        back=back,
    )


@client
@get_only
def my_asked(request: HttpRequest) -> HttpResponse:
    """What I have asked of my information: by when it is answered, what was, and what I can do."""
    ctx = context_of(request)
    asked = open_asked(ctx.actor, get_own_case(request), now=ctx.now)
    return render(request, "pages/corrections/asked.html", {"asked": asked})


@client
def correction_new(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Say what is wrong with one thing; the body that recorded it answers in time."""
    ctx = context_of(request)
    case = get_own_case(request)
    thing = open_recorded_item(ctx.actor, case, kind, subject, now=ctx.now)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            ask_for_correction(
                actor=ctx.actor,
                case=case,
                kind=kind,
                subject_id=subject,
                statement=form.cleaned_data["statement"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Your request is sent. The answer comes here."), "pages:everything"
            )
    context = {"form": form, "thing": thing}
    return render(request, "pages/corrections/correction_new.html", context)
