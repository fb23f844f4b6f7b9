"""What the client says of the plan, steps they propose, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import Action, Goal, PlannedService
from caseplan.plan.selectors import goals_to_choose, open_row, team_shown
from caseplan.remarks import services
from caseplan.remarks.access import can_answer_remark, can_remark
from caseplan.remarks.selectors import list_remarks, open_remark
from cases.access import can_write_in_case
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    worker,
)
from pages.remarks.forms import ProposedStepForm, RemarkAnswerForm, RemarkForm
from pages.responses import Text, paged, redirect_saved
from web.access import get_only
from web.requests import context_of

ON_A_PAGE = 20


@party_to_a_plan
@get_only
def remarks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the client has said of the plan, each with its answer: the unanswered first."""
    ctx = context_of(request)
    case, found = list_remarks(ctx.actor, case_id, now=ctx.now)
    may_answer = ctx.actor.is_worker and can_write_in_case(ctx.actor, case, now=ctx.now).allowed
    may_say = can_remark(ctx.actor, case, now=ctx.now).allowed
    context = {
        "remarks": paged(request, found, ON_A_PAGE),
        "goals": goals_to_choose(ctx.actor, case, now=ctx.now) if may_say else [],
        "may_answer": may_answer,
    }
    return page_of_both(request, "pages/remarks/remarks.html", context, about=case)


@party_to_a_plan
def remark_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    return _comment(request, Goal, goal_id)


@party_to_a_plan
def remark_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    return _comment(request, Action, action_id)


@party_to_a_plan
def remark_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    return _comment(request, PlannedService, service_id)


@party_to_a_plan
def remark_step(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Propose a step towards a goal: it becomes one once a worker has taken it up."""
    return _say(
        request,
        Goal,
        goal_id,
        _("Propose a step"),
        lambda **said: services.propose_step(goal_id=goal_id, **said),
    )


@worker
def remark_answer(request: HttpRequest, remark_id: UUID) -> HttpResponse:
    """Answer what the client said, beside it."""
    ctx = context_of(request)
    remark = open_remark(ctx.actor, remark_id, now=ctx.now)
    can_answer_remark(ctx.actor, remark, now=ctx.now).require()
    form = RemarkAnswerForm(request.POST or None)
    back = reverse("pages:remarks", args=[remark.case_id])
    if form.is_valid():
        with form.refusals():
            services.answer_remark(
                actor=ctx.actor, remark_id=remark.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Sent."), back)
    take_up = (_("Make it a step of the plan"), reverse("pages:remark_take_up", args=[remark.pk]))
    return case_form_page(
        request,
        form,
        remark.case,
        _("Answer the client"),
        intro=remark.text,
        back=back,
        others=[take_up] if remark.is_step else [],
    )


@worker
def remark_take_up(request: HttpRequest, remark_id: UUID) -> HttpResponse:
    """Make what the client proposed a step of the plan."""
    ctx = context_of(request)
    remark = open_remark(ctx.actor, remark_id, now=ctx.now)
    can_answer_remark(ctx.actor, remark, now=ctx.now).require()
    form = ProposedStepForm(
        request.POST or None, team=team_shown(ctx.actor, remark.case, now=ctx.now)
    )
    if form.is_valid():
        with form.refusals():
            services.take_up_step(
                actor=ctx.actor, remark_id=remark.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Sent."), "pages:remarks", remark.case_id)
    return case_form_page(
        request,
        form,
        remark.case,
        _("Make it a step of the plan"),
        intro=remark.text,
        back=reverse("pages:remark_answer", args=[remark.pk]),
    )


def _comment(
    request: HttpRequest, model: type[Goal | Action | PlannedService], key: UUID
) -> HttpResponse:
    return _say(
        request,
        model,
        key,
        _("Say something about this"),
        lambda **said: services.comment_on(about=model, about_id=key, **said),
    )


def _say(
    request: HttpRequest,
    model: type[Goal | Action | PlannedService],
    key: UUID,
    heading: Text,
    write: Callable[..., Any],
) -> HttpResponse:
    ctx = context_of(request)
    thing = open_row(ctx.actor, model, key, now=ctx.now)
    can_remark(ctx.actor, thing.case, now=ctx.now).require()
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            write(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Sent. Your team answers."), _page_of(request, thing))
    return case_form_page(
        request,
        form,
        thing.case,
        heading,
        intro=thing.title,
        button=_("Send"),
        back=_page_of(request, thing),
    )


def _page_of(request: HttpRequest, thing: Goal | Action | PlannedService) -> str:
    """Where it stands with what was said of it: a client's steps and services have their own."""
    if context_of(request).actor.is_client and isinstance(thing, Action):
        return reverse("pages:my_step", args=[thing.pk])
    if context_of(request).actor.is_client and isinstance(thing, PlannedService):
        return reverse("pages:my_service", args=[thing.pk])
    return reverse("pages:remarks", args=[thing.case_id])
