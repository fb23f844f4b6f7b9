"""A case put on hold, ended and opened again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import (
    can_answer_to_go_on,
    can_ask_to_go_on,
    can_assess_ending,
    can_end_assessment,
    can_propose_ending,
    can_reopen,
    can_take_back_to_go_on,
    can_withdraw_ending,
)
from caseplan.plan.models import AccompaniedHandover, Ending, Exit
from caseplan.plan.selectors import asked_to_go_on, open_row, team_shown
from cases.access import can_hold, get_case
from cases.services import hold_case
from pages.case.writing import case_form_page, case_url, party_to_a_plan, worker
from pages.forms import Form
from pages.lifecycle.forms import (
    AssessEndingForm,
    ClientEndingForm,
    EndingForm,
    GoOnAnswerForm,
    GoOnForm,
    HoldForm,
    NoJointServiceForm,
    ReopenForm,
)
from pages.responses import redirect_saved
from web.requests import context_of


@worker
def ending_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say that the need has ended; the two other bodies are asked for the same."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_propose_ending(ctx.actor, case, now=ctx.now).require()
    form = EndingForm(
        request.POST or None,
        team=team_shown(ctx.actor, case, now=ctx.now),
        initial={"follow_up_by_id": str(ctx.actor.user_id)},
    )
    if form.is_valid():
        with form.refusals():
            services.propose_ending(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, case))
    return case_form_page(
        request,
        form,
        case,
        _("Propose ending the case"),
        intro=_(
            "The case ends when each of the three bodies has assessed that the need has ended. "
            "Until then the plan stays in force. The client is heard and sees what is said."
        ),
        button=_("Propose ending"),
    )


@worker
def no_joint_service(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say that no joint service is needed; the two other bodies are asked for the same."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_end_assessment(ctx.actor, case, now=ctx.now).require()
    form = NoJointServiceForm(
        request.POST or None,
        team=team_shown(ctx.actor, case, now=ctx.now),
        initial={"follow_up_by_id": str(ctx.actor.user_id)},
    )
    if form.is_valid():
        with form.refusals():
            services.propose_ending(
                actor=ctx.actor,
                case=case,
                exit=Exit.NO_JOINT_SERVICE,
                now=ctx.now,
                **form.cleaned_data,
            )
            return redirect_saved(request, _("Saved."), case_url(request, case))
    return case_form_page(
        request,
        form,
        case,
        _("No joint service is needed"),
        intro=_(
            "The assessment ends when each of the three bodies has assessed the same. The client "
            "is heard and sees what is said."
        ),
        button=_("Ask the other bodies"),
    )


@party_to_a_plan
def ending_assess(request: HttpRequest, ending_id: UUID) -> HttpResponse:
    """A body assesses the proposed ending; the client says what they think of it."""
    ctx = context_of(request)
    ending = open_row(ctx.actor, Ending, ending_id, now=ctx.now)
    can_assess_ending(ctx.actor, ending, now=ctx.now).require()
    form_class = ClientEndingForm if ctx.actor.is_client else AssessEndingForm
    form = form_class(request.POST or None, of_assessment=ending.is_of_assessment)
    if form.is_valid():
        with form.refusals():
            services.assess_ending(
                actor=ctx.actor, ending_id=ending.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, ending.case))
    return case_form_page(
        request,
        form,
        ending.case,
        _("Is joint service needed?")
        if ending.is_of_assessment
        else _("Has the need for joint service ended?"),
        intro=ending.reason,
        button=_("Send"),
    )


@worker
def ending_withdraw(request: HttpRequest, ending_id: UUID) -> HttpResponse:
    """Take back an ending one's own body proposed."""
    ctx = context_of(request)
    ending = open_row(ctx.actor, Ending, ending_id, now=ctx.now)
    can_withdraw_ending(ctx.actor, ending, now=ctx.now).require()
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.withdraw_ending(actor=ctx.actor, ending_id=ending.pk, now=ctx.now)
            return redirect_saved(request, _("Saved."), case_url(request, ending.case))
    return case_form_page(
        request,
        form,
        ending.case,
        _("Take the ending back"),
        intro=_("The work goes on as before. What was said is kept."),
        button=_("Take the ending back"),
    )


@worker
def case_reopen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open an ended case again while it is followed up."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_reopen(ctx.actor, case, now=ctx.now).require()
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.reopen_case(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, case))
    return case_form_page(
        request,
        form,
        case,
        _("Open the case again"),
        intro=_(
            "The ending was a mistake. The case goes on where it was, with its team and its plan, "
            "and the client is told. A need that has come back later is assessed anew: then a new "
            "case begins."
        ),
        button=_("Open the case again"),
    )


@worker
def go_on_ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask a named person to go on with the client after the joint service."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_ask_to_go_on(ctx.actor, case, now=ctx.now).require()
    nobody_anew = {ctx.actor.user_id, *asked_to_go_on(case)}
    others = [m for m in team_shown(ctx.actor, case, now=ctx.now) if m.user_id not in nobody_anew]
    form = GoOnForm(request.POST or None, team=others)
    if form.is_valid():
        with form.refusals():
            services.ask_to_go_on(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request,
                _("They are asked. You are told when they answer."),
                case_url(request, case),
            )
    return case_form_page(
        request,
        form,
        case,
        _("Who goes on with the client?"),
        intro=_(
            "One named person is asked to go on with the client after the joint service. When they "
            "accept, the client is told who it is and how to reach them."
        ),
        button=_("Ask them"),
    )


@worker
def go_on_answer(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Whoever was asked says that they go on with the client, or why not."""
    ctx = context_of(request)
    asked = open_row(ctx.actor, AccompaniedHandover, asked_id, now=ctx.now)
    can_answer_to_go_on(ctx.actor, asked, now=ctx.now).require()
    form = GoOnAnswerForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with form.refusals():
            if said["goes_on"]:
                services.agree_to_go_on(
                    actor=ctx.actor, asked_id=asked.pk, reached_at=said["reached_at"], now=ctx.now
                )
            else:
                services.decline_to_go_on(
                    actor=ctx.actor, asked_id=asked.pk, answer=said["answer"], now=ctx.now
                )
            return redirect_saved(request, _("Saved."), case_url(request, asked.case))
    return case_form_page(
        request,
        form,
        asked.case,
        _("Do you go on with the client?"),
        intro=f"{asked.get_how_display()}. {asked.text}",
        button=_("Send"),
    )


@worker
def go_on_withdraw(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Take back what was asked, before it is answered."""
    ctx = context_of(request)
    asked = open_row(ctx.actor, AccompaniedHandover, asked_id, now=ctx.now)
    can_take_back_to_go_on(ctx.actor, asked, now=ctx.now).require()
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.take_back_to_go_on(actor=ctx.actor, asked_id=asked.pk, now=ctx.now)
            return redirect_saved(request, _("Saved."), case_url(request, asked.case))
    return case_form_page(
        request,
        form,
        asked.case,
        _("Take it back"),
        intro=_("They are no longer asked to go on with the client, and are told so."),
        button=_("Take it back"),
    )


@worker
def case_hold(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep an ended case beyond its time for a pending matter, or let it go."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_hold(ctx.actor, case, now=ctx.now).require()
    form = HoldForm(request.POST or None, initial={"why": case.hold_why})
    if form.is_valid():
        with form.refusals():
            hold_case(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, case))
    return case_form_page(
        request,
        form,
        case,
        _("Keep the case longer"),
        intro=_(
            "An ended case is erased when its time is over. It is kept longer only for a "
            "statutory task or a pending matter (381/2023 12 §)."
        ),
    )
