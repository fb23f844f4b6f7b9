"""Coming in: beginning an assessment, referring to one, answering, naming an office's person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.selectors import explain_rule
from caseplan.intake import services
from caseplan.intake.access import can_answer
from caseplan.intake.models import AssessmentReferral
from caseplan.intake.selectors import list_referrals, open_referral, open_seat
from caseplan.plan.models import needs_on
from cases.services import name_for_office
from common.actor import ActorKind
from common.clock import day_of
from pages.case.heading import About
from pages.intake.begun import redirect_begun, told_earlier
from pages.intake.choosing import municipality_choices, need_form, office_choices
from pages.intake.forms import (
    NeedForm,
    NeedOfSomebodyForm,
    ReferForm,
    ReferralAnswerForm,
    ReferSomebodyForm,
    SeatForm,
)
from pages.responses import form_page, paged, redirect_saved
from pages.team.away import worker_choices
from people.selectors import caseworkers_of
from web.access import get_only, only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
def need_new(request: HttpRequest) -> HttpResponse:
    """Begin the joint assessment of somebody by their identity code, without a trigger."""
    ctx = context_of(request)
    form = need_form(request, NeedOfSomebodyForm, municipalities=municipality_choices(ctx))
    if form.is_valid():
        with form.refusals():
            found = services.look_up(actor=ctx.actor, now=ctx.now, **form.person())
            case = services.begin_looked_up(
                actor=ctx.actor, found=found, now=ctx.now, **form.cleaned_data
            )
            if case is None:
                return redirect_saved(
                    request,
                    _(
                        "A joint assessment or plan of this person is open here already. "
                        "Its case manager is asked to let you in."
                    ),
                    "pages:my_day",
                )
            return redirect_begun(request, case)
    return form_page(
        request,
        form,
        heading=_("Assess the need"),
        intro=_(
            "The joint assessment begins when you send this. The client, and the two other bodies, "
            "are told at once."
        ),
        button=_("Begin the assessment"),
        back=reverse("pages:triggers"),
    )


@worker
def need_refer(request: HttpRequest) -> HttpResponse:
    """Refer somebody by their identity code to the assessment of another office."""
    ctx = context_of(request)
    form = ReferSomebodyForm(
        request.POST or None,
        offices=office_choices(request),
        needs=needs_on(ctx.today),
        municipalities=municipality_choices(ctx),
    )
    if form.is_valid():
        with form.refusals():
            found = services.look_up(actor=ctx.actor, now=ctx.now, **form.person())
            services.refer_looked_up(actor=ctx.actor, found=found, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Sent."), "pages:referrals")
    return _refer_page(request, form, reverse("pages:referrals"), None)


@worker
def trigger_refer(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Refer somebody on the worklist to the assessment of another office."""
    ctx = context_of(request)
    found = explain_rule(ctx.actor, person_id, rule=rule, on=None, now=ctx.now)
    back = reverse("pages:trigger", args=[person_id, rule])
    form = ReferForm(
        request.POST or None, offices=office_choices(request), needs=needs_on(ctx.today)
    )
    if form.is_valid():
        with form.refusals():
            services.refer(actor=ctx.actor, person_id=person_id, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Sent."), "pages:referrals")
    return _refer_page(request, form, back, About(found.person, back, whole=True))


def _refer_page(
    request: HttpRequest, form: ReferForm, back: str, about: About | None
) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=_("Refer to the assessment"),
        intro=_(
            "Only who, to which office, and the need by its code is sent. Your office and theirs "
            "see it, nobody else, and it is gone in some weeks."
        ),
        button=_("Send the referral"),
        back=back,
        about=about,
    )


@worker
@get_only
def referrals(request: HttpRequest) -> HttpResponse:
    """What waits for one's office, and what became of what it sent."""
    ctx = context_of(request)
    found = list_referrals(ctx.actor, now=ctx.now)
    context = {
        "waiting": paged(request, found.waiting, name="waiting"),
        "sent": paged(request, found.sent, name="sent"),
    }
    return render(request, "pages/intake/referrals.html", context)


@worker
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral: begin the assessment, or answer with a code."""
    ctx = context_of(request)
    row = open_referral(ctx.actor, referral_id, now=ctx.now)
    form = ReferralAnswerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.answer_referral(
                actor=ctx.actor, referral_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Answered."), "pages:referrals")
    context = {
        "row": row,
        "form": form,
        "waits": can_answer(ctx.actor, row).allowed,
        "about": _about(row),
    }
    return render(request, "pages/intake/referral.html", context)


@worker
def referral_begin(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Begin the joint assessment of somebody who was referred to one's office."""
    ctx = context_of(request)
    row = open_referral(ctx.actor, referral_id, now=ctx.now)
    can_answer(ctx.actor, row).require()
    form = need_form(request, NeedForm, first_contact_on=day_of(row.sent_at))
    if form.is_valid():
        with form.refusals():
            case = services.begin_from_referral(
                actor=ctx.actor, referral_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_begun(request, case)
    return form_page(
        request,
        form,
        heading=_("Assess the need"),
        intro=told_earlier(
            request,
            row.person_id,
            _(
                "The joint assessment begins when you send this. The client, and the two other "
                "bodies, are told at once."
            ),
        ),
        button=_("Begin the assessment"),
        back=reverse("pages:referral", args=[row.pk]),
        about=_about(row),
    )


@worker
@post_only
def referral_remove(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take a referral back, or put its answer away: nothing of it is kept."""
    ctx = context_of(request)
    services.remove_referral(actor=ctx.actor, referral_id=referral_id, now=ctx.now)
    return redirect_saved(request, _("Gone. Nothing of it is kept."), "pages:referrals")


@worker
def seat(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Say who of one's office works on a case that its place was kept in."""
    ctx = context_of(request)
    found = open_seat(ctx.actor, membership_id, now=ctx.now)
    there = caseworkers_of(ctx.actor.working_network_id, now=ctx.now)
    here = [p for p in there if p.office_id == ctx.actor.office_id]
    workers = worker_choices(ctx, here, of_one_office=True)
    form = SeatForm(request.POST or None, workers=workers)
    if form.is_valid():
        with form.refusals():
            named = name_for_office(
                actor=ctx.actor, membership_id=found.pk, now=ctx.now, **form.cleaned_data
            )
            if named.user_id == ctx.actor.user_id:
                return redirect_saved(request, _("Saved."), "pages:case", found.case_id)
            return redirect_saved(request, _("Saved. They are told."), "pages:my_day")
    person = found.case.person
    return form_page(
        request,
        form,
        heading=_("Who of your office works with the client?"),
        intro=_(
            "A joint assessment has begun. From now on the one you name sees the case and takes "
            "part in it; the client and the team are told."
        ),
        button=_("Save"),
        back=reverse("pages:my_day"),
        about=About(person, reverse("pages:seat", args=[found.pk])),
    )


def _about(row: AssessmentReferral) -> About:
    return About(row.person, reverse("pages:referral", args=[row.pk]), whole=True)
