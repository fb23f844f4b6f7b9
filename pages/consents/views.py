"""Asking the client for a consent, and answering."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import Refused
from common.levels import Act
from consent.models import Category, Choice, DecidedFor
from consent.selectors import current_policy, get_consent_request
from consent.services import ask_for_consent, build_change, decide, withdraw_request
from pages.responses import redirect_refused, redirect_saved
from pages.sharing.forms import ConsentAskForm, HeardChoiceForm, RequestAnswerForm
from pages.sharing.steps import can_open_more, case_to_work_on, choice_of, is_offered, step_page
from people.languages import language_of_person
from records.selectors import reading_in
from rights.selectors import own_visibility, see_as, viewers_of
from web.access import needs, only_for, post_only
from web.requests import context_of
from web.step_up import bring_back

client = only_for(ActorKind.CLIENT)
worker = only_for(ActorKind.WORKER)


@worker
def consent_ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the client to open some kinds of information to one's own body; they need not."""
    ctx = context_of(request)
    case = case_to_work_on(request, case_id)
    sight = own_visibility(reading_in(ctx.actor, case, now=ctx.now), case)
    form = ConsentAskForm(
        request.POST or None,
        choices=[(r.category, r.category.label) for r in sight if r.is_clients_choice],
    )
    if form.is_valid():
        with form.refusals():
            form.cleaned_data["categories"] = [
                Category(code) for code in form.cleaned_data["categories"]
            ]
            ask_for_consent(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _("The client is asked."), "pages:case_who_sees", case_id
            )
    return step_page(
        request,
        form,
        case,
        heading=_("Ask the client for consent"),
        intro=_(
            "The client sees what your organisation would see, and answers here or on paper. It "
            "is never a condition of any service: say so."
        ),
        button=_("Ask"),
    )


@worker
@post_only
def consent_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    ctx = context_of(request)
    asked = get_consent_request(ctx.actor, request_id, now=ctx.now)
    withdraw_request(actor=ctx.actor, request_id=asked.pk, now=ctx.now)
    return redirect_saved(
        request, _("The request is taken back."), "pages:case_who_sees", asked.case_id
    )


@worker
def consent_heard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down what the client decided on paper, or said before a witness."""
    ctx = context_of(request)
    case = case_to_work_on(request, case_id)
    form = HeardChoiceForm(request.POST or None, viewers=viewers_of(ctx.actor, case, now=ctx.now))
    plan = DecidedFor.PLAN
    if form.is_valid():
        with form.refusals():
            consent = decide(
                actor=ctx.actor, case=case, purpose=plan, now=ctx.now, **form.cleaned_data
            )
            said = _("Written down. It is in effect now, and the client sees it.")
            if consent.as_written and consent.as_written.waits:
                said = _(
                    "Written down. It opens nothing before it is confirmed; the client is told."
                )
            return redirect_saved(request, said, "pages:case_who_sees", case_id)
    policy = current_policy(language_of_person(case.person))
    return step_page(
        request,
        form,
        case,
        heading=_("Record the client's decision"),
        intro=policy.text if policy else "",
        button=_("Record it"),
    )


@client
@needs(Act.GRANT_CONSENT, when_sent=True)
def consent_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A worker's request: who asks, for what, until when, what they would see; my answer."""
    ctx = context_of(request)
    asked = get_consent_request(ctx.actor, request_id, now=ctx.now)
    may = can_open_more(request, asked.case)
    if not is_offered(may):
        may.require()
    viewer = next(
        viewer
        for viewer in viewers_of(ctx.actor, asked.case, now=ctx.now)
        if viewer.receiver == asked.receiver
    )
    form = RequestAnswerForm(
        request.POST or None, asked=asked.categories, initial={"valid_to": asked.valid_to}
    )
    bring_back(request, form)
    choice = choice_of(request.POST["do"]) if request.POST.get("do") else Choice.GRANTED
    if form.is_valid():
        denied = choice == Choice.DENIED
        codes = asked.categories if denied else form.cleaned_data["categories"]
        with form.refusals():
            decide(
                actor=ctx.actor, case=asked.case, choice=choice, receiver=viewer.receiver,
                categories=[Category(code) for code in codes], purpose=asked.purpose,
                valid_to=None if denied else form.cleaned_data["valid_to"],
                request_id=asked.pk, now=ctx.now,
            )  # fmt: skip
            return redirect_saved(
                request, _("Your answer is saved. It is in effect now."), "pages:who_sees"
            )
    try:
        change = build_change(
            case=asked.case, choice=Choice.GRANTED, receiver=viewer.receiver,
            on=ctx.today, categories=[Category(code) for code in asked.categories],
        )  # fmt: skip
    except Refused as refusal:  # the table has changed since it was asked
        return redirect_refused(request, refusal, "pages:who_sees")
    context = {
        "asked": asked,
        "form": form,
        "policy": current_policy(),
        "preview": see_as(ctx.actor, asked.case_id, viewer.key, now=ctx.now, change=change),
    }
    return render(request, "pages/consents/consent_request.html", context)
