"""Options offered to the client, and what the client says to them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.options import services
from caseplan.options.access import can_answer_offer, can_reply_to_answer, can_withdraw_offer
from caseplan.options.selectors import list_offers, open_offer
from caseplan.plan.models import Goal
from caseplan.plan.selectors import open_row, team_shown
from cases.access import can_write_in_case
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    recordable_in,
    worker,
)
from pages.forms import as_uuid, chosen_ids
from pages.options.forms import ANOTHER, NONE, OfferAnswerForm, OfferForm, OfferReplyForm
from pages.responses import paged, redirect_saved
from web.access import get_only, post_only
from web.requests import Context, context_of

ON_A_PAGE = 25


@party_to_a_plan
@get_only
def offers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is to be chosen from, and what was: what waits for somebody first."""
    ctx = context_of(request)
    case, found = list_offers(ctx.actor, case_id, now=ctx.now)
    context = {
        "offers": paged(request, found, ON_A_PAGE),
    }
    return page_of_both(request, "pages/options/offers.html", context, about=case)


@party_to_a_plan
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The options side by side, why they are offered, and the client's answer."""
    ctx = context_of(request)
    found = open_offer(ctx.actor, offer_id, now=ctx.now)
    row = found.offer
    may_answer = can_answer_offer(ctx.actor, row, now=ctx.now)
    if request.method == "POST":
        may_answer.require()
    form = OfferAnswerForm(request.POST or None, steps=found.steps)
    if form.is_valid():
        with form.refusals():
            _answer(ctx, row.pk, **form.cleaned_data)
            return redirect_saved(
                request, _("Your answer is saved. Your team sees it."), "pages:offer", row.pk
            )
    context = {
        "found": found,
        "form": form if may_answer.allowed else None,
        "may_withdraw": can_withdraw_offer(ctx.actor, row, now=ctx.now).allowed,
        "may_reply": can_reply_to_answer(ctx.actor, row, now=ctx.now).allowed,
        "back": reverse("pages:offers", args=[row.case_id]),
    }
    return page_of_both(request, "pages/options/offer.html", context, about=row.case)


@worker
def offer_new(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Put two or three steps side by side; ``instead``: of one of which the client took none."""
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    can_write_in_case(ctx.actor, goal.case, now=ctx.now).require()
    form = OfferForm(
        request.POST or None,
        team=team_shown(ctx.actor, goal.case, now=ctx.now),
        categories=recordable_in(request, goal.case),
        initial={"category": goal.category},
    )
    if form.is_valid():
        before = next(iter(chosen_ids(request.GET.getlist("instead"))), None)
        with form.refusals():
            made = services.offer_steps(
                actor=ctx.actor, goal_id=goal.pk, instead_of=before, now=ctx.now,
                **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _("Sent. The client chooses."), "pages:offer", made.pk)
    return case_form_page(
        request,
        form,
        goal.case,
        _("Offer options"),
        intro=goal.text,
        button=_("Send to the client"),
        others=[(_("All options"), reverse("pages:offers", args=[goal.case_id]))],
    )


@worker
def offer_reply(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Say what follows from the client's "none", or their wish for another."""
    ctx = context_of(request)
    row = open_offer(ctx.actor, offer_id, now=ctx.now).offer
    can_reply_to_answer(ctx.actor, row, now=ctx.now).require()
    form = OfferReplyForm(request.POST or None)
    back = reverse("pages:offer", args=[row.pk])
    if form.is_valid():
        with form.refusals():
            services.reply_to_answer(
                actor=ctx.actor, offer_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        row.case,
        _("Reply to the client"),
        intro=row.answer or row.get_state_display(),
        back=back,
        others=[
            (
                _("Offer other options instead"),
                f"{reverse('pages:offer_new', args=[row.goal_id])}?instead={row.pk}",
            )
        ],
    )


@worker
@post_only
def offer_withdraw(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Take back what the client has not answered."""
    ctx = context_of(request)
    row = services.withdraw_offer(actor=ctx.actor, offer_id=offer_id, now=ctx.now)
    return redirect_saved(
        request, _("Taken back. The client is told."), "pages:offers", row.case_id
    )


def _answer(ctx: Context, offer_id: UUID, *, choice: str, answer: str) -> None:
    if choice == NONE:
        services.take_none(actor=ctx.actor, offer_id=offer_id, answer=answer, now=ctx.now)
    elif choice == ANOTHER:
        services.ask_for_another(actor=ctx.actor, offer_id=offer_id, answer=answer, now=ctx.now)
    else:
        step_id = as_uuid(choice)
        assert step_id is not None  # the form offers these alone
        services.choose_step(
            actor=ctx.actor, offer_id=offer_id, step_id=step_id, answer=answer, now=ctx.now
        )
