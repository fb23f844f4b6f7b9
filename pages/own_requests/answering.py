"""The one office that was asked: who answers, no with what else helps, and papers written down."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.intake import services
from caseplan.intake.access import can_answer_request, can_name_handler
from caseplan.intake.selectors import (
    RequestSeen,
    list_requests,
    municipalities_of,
    offices_of_network,
    open_request,
    who_can_answer,
)
from caseplan.intake.services import LookUpGround
from common.actor import ActorKind
from common.clock import day_of
from common.decision import NotAllowed
from pages.case.heading import About
from pages.forms import Form
from pages.intake.begun import redirect_begun, told_earlier
from pages.intake.choosing import need_form
from pages.intake.forms import NeedForm
from pages.own_requests.asking import letter
from pages.own_requests.forms import OwnPaperForm, RefuseRequestForm, WhoAnswersForm
from pages.responses import form_page, paged, redirect_saved
from people.languages import language_name
from web.access import get_only, only_for
from web.once import showed_it
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@get_only
def people_asking(request: HttpRequest) -> HttpResponse:
    """Who asks for joint service and waits for me or my office; what was answered lately."""
    ctx = context_of(request)
    context = {
        "waiting": paged(request, list_requests(ctx.actor, now=ctx.now)),
        "answered": paged(
            request, list_requests(ctx.actor, now=ctx.now, waiting=False), name="answered"
        ),
    }
    return render(request, "pages/own_requests/people_asking.html", context)


@worker
@get_only
def person_asking(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """One request, to whoever answers it or leads the office."""
    ctx = context_of(request)
    seen = open_request(ctx.actor, own_request_id, now=ctx.now)
    context = {"seen": seen, "asked": seen.request, "about": _about(seen),
               "language": language_name(seen.request.person.language)}  # fmt: skip
    return render(request, "pages/own_requests/person_asking.html", context)


@worker
def name_who_answers(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """Whoever leads the office says who answers."""
    ctx = context_of(request)
    seen = open_request(ctx.actor, own_request_id, now=ctx.now)
    can_name_handler(ctx.actor, seen.request, now=ctx.now).require()
    form = WhoAnswersForm(request.POST or None, workers=who_can_answer(seen.request, now=ctx.now))
    if form.is_valid():
        with form.refusals():
            services.name_handler(
                actor=ctx.actor, request_id=own_request_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), "pages:people_asking")
    return form_page(
        request,
        form,
        heading=_("Who answers?"),
        intro=_("The person reads the name. Until you name somebody, you answer."),
        button=_("Save"),
        back=reverse("pages:person_asking", args=[own_request_id]),
        about=_about(seen),
    )


@worker
def refuse(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """Say why joint service is not begun, and what else helps."""
    ctx = context_of(request)
    seen = open_request(ctx.actor, own_request_id, now=ctx.now)
    can_answer_request(ctx.actor, seen.request, now=ctx.now).require()
    form = RefuseRequestForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.refuse_request(
                actor=ctx.actor, request_id=own_request_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(
                request, _("Saved. The person is told."), "pages:person_asking", own_request_id
            )
    return form_page(
        request,
        form,
        heading=_("Joint service is not begun"),
        intro=_("The person reads why, and what helps instead. They can ask again later."),
        button=_("Send the answer"),
        back=reverse("pages:person_asking", args=[own_request_id]),
        about=_about(seen),
    )


@worker
def begin(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """Begin the joint assessment of whoever asked: the case opens, and they are told."""
    ctx = context_of(request)
    seen = open_request(ctx.actor, own_request_id, now=ctx.now)
    can_answer_request(ctx.actor, seen.request, now=ctx.now).require()
    form = need_form(request, NeedForm, first_contact_on=day_of(seen.request.asked_at))
    if form.is_valid():
        with form.refusals():
            case = services.begin_from_request(
                actor=ctx.actor, request_id=own_request_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_begun(request, case)
    return form_page(
        request,
        form,
        heading=_("Begin the joint assessment"),
        intro=told_earlier(
            request,
            seen.request.person_id,
            _("The assessment begins today. The person and the other organisations are told."),
        ),
        button=_("Begin today"),
        back=reverse("pages:person_asking", args=[own_request_id]),
        about=_about(seen),
    )


@worker
def close_for_death(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """The person has died: nobody is answered any more."""
    ctx = context_of(request)
    seen = open_request(ctx.actor, own_request_id, now=ctx.now)
    can_answer_request(ctx.actor, seen.request, now=ctx.now).require()
    if seen.request.person.died_on is None:
        raise NotAllowed(_("Nobody has written down a death."))
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.close_for_death(actor=ctx.actor, request_id=own_request_id, now=ctx.now)
            return redirect_saved(request, _("Saved."), "pages:people_asking")
    return form_page(
        request,
        form,
        heading=_("Close the request"),
        intro=_("The person has died. No letter is sent."),
        button=_("Close the request"),
        back=reverse("pages:person_asking", args=[own_request_id]),
        about=_about(seen),
    )


@worker
@get_only
def answer_letter(request: HttpRequest, own_request_id: UUID) -> HttpResponse:
    """The receipt or the answer as a letter, for somebody who has no log-in."""
    ctx = context_of(request)
    return letter(request, open_request(ctx.actor, own_request_id, now=ctx.now).request)


@worker
def paper_new(request: HttpRequest) -> HttpResponse:
    """Write down what somebody asked on paper; the receipt is shown once, to be handed over."""
    ctx = context_of(request)
    form = OwnPaperForm(
        request.POST or None,
        offices=offices_of_network(ctx.actor),
        municipalities=municipalities_of(ctx.actor, now=ctx.now),
    )
    if form.is_valid():
        with form.refusals():
            found = services.look_up(
                actor=ctx.actor, ground=LookUpGround.ASKED, now=ctx.now, **form.person()
            )
            asked = services.write_down_request(
                actor=ctx.actor, found=found, now=ctx.now, **form.cleaned_data
            )
            showed_it(request)
            response = render(request, "pages/own_requests/receipt.html", {"asked": asked})
            response.headers["Cache-Control"] = "private, no-store"
            return response
    return form_page(
        request,
        form,
        heading=_("Somebody asks on paper"),
        intro=_(
            "Write down what stands on the signed paper. It goes to one office, which answers. "
            "You get a receipt for the person."
        ),
        button=_("Write it down"),
        back=reverse("pages:people_asking"),
    )


def _about(seen: RequestSeen) -> About:
    return About(seen.request.person, reverse("pages:person_asking", args=[seen.request.pk]))
