"""The pages that write the plan: situation, goals, actions, services, the client's own goals."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import (
    can_change_action,
    can_edit_goal,
    can_edit_service,
    can_write_own_goal,
)
from caseplan.plan.models import Action, Goal, GoalKind, JointPlan, PlannedService
from caseplan.plan.selectors import open_row, team_shown
from caseplan.plan_templates.models import TemplateKind
from cases.access import can_write_in_case, get_case
from common.actor import ActorKind
from common.bodies import Body, Party
from common.decision import NotVisible, Refused
from pages.case.own_case import get_own_case
from pages.case.writing import (
    case_form_page,
    case_url,
    party_to_a_plan,
    recordable_in,
    worker,
    writable_case,
)
from pages.forms import RevisedForm
from pages.plan.forms import (
    ActionEditForm,
    ActionMoveForm,
    ActionNewForm,
    GoalEditForm,
    GoalForm,
    OwnGoalEditForm,
    OwnGoalForm,
    PlanForm,
    ServiceEditForm,
    ServiceNewForm,
    ServiceOutcomeForm,
)
from pages.plan_templates.choosing import ready_texts
from pages.responses import form_page, redirect_refused, redirect_saved
from web.access import only_for, post_only
from web.once import did_nothing
from web.requests import context_of


@worker
def plan_edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    the_case = get_case(ctx.actor, case_id, now=ctx.now)
    if not hasattr(the_case, "plan"):
        raise NotVisible
    plan = open_row(ctx.actor, JointPlan, the_case.plan.pk, now=ctx.now)
    can_write_in_case(ctx.actor, the_case, now=ctx.now).require()
    form = PlanForm(
        request.POST or None,
        initial={
            "strengths": plan.strengths,
            "job_search_duty": plan.job_search_duty,
            "follow_up": plan.follow_up,
            "kela_participates": plan.kela_participates,
            "revision": plan.revision,
        },
    )
    if form.is_valid():
        with form.refusals():
            services.edit_plan(actor=ctx.actor, case=the_case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, the_case))
    return case_form_page(request, form, the_case, _("The plan as a whole"))


@worker
def goal_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    the_case = writable_case(request, case_id)
    ready = ready_texts(request, TemplateKind.GOAL)
    form = GoalForm(
        request.POST or None,
        categories=recordable_in(request, the_case),
        initial={"text": ready.text} if ready else None,
    )
    if form.is_valid():
        with form.refusals():
            services.add_goal(actor=ctx.actor, case=the_case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, the_case))
    return case_form_page(request, form, the_case, _("New goal"), ready=ready)


@party_to_a_plan
def goal_edit(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """The client edits the client's own goals, the workers the joint ones."""
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    can_edit_goal(ctx.actor, goal, now=ctx.now).require()
    own = goal.kind == GoalKind.CLIENT
    form_class = OwnGoalEditForm if own else GoalEditForm
    form = form_class(request.POST or None, initial={"text": goal.text, "revision": goal.revision})
    if form.is_valid():
        with form.refusals():
            services.edit_goal(actor=ctx.actor, goal_id=goal.pk, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, goal.case), anew=True)
    return case_form_page(request, form, goal.case, _("My goal") if own else _("Goal"))


@worker
def action_new(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    can_write_in_case(ctx.actor, goal.case, now=ctx.now).require()
    ready = ready_texts(request, TemplateKind.ACTION)
    form = ActionNewForm(
        request.POST or None,
        team=team_shown(ctx.actor, goal.case, now=ctx.now),
        categories=recordable_in(request, goal.case),
        initial={"category": goal.category, "text": ready.text if ready else ""},
    )
    if form.is_valid():
        with form.refusals():
            services.add_action(actor=ctx.actor, goal_id=goal.pk, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, goal.case))
    return case_form_page(request, form, goal.case, _("New action"), intro=goal.text, ready=ready)


@worker
def action_edit(request: HttpRequest, action_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_change_action(ctx.actor, action, now=ctx.now).require()
    owner = (
        action.owner_party
        if action.owner_party == Party.CLIENT
        else f"{action.owner_party}:{action.owner_id}"
    )
    form = ActionEditForm(
        request.POST or None,
        team=team_shown(ctx.actor, action.case, now=ctx.now),
        initial={
            "text": action.text,
            "owner": owner,
            "due_on": action.due_on,
            "repeats_weeks": action.repeats_weeks,
            "revision": action.revision,
        },
    )
    if form.is_valid():
        with form.refusals():
            services.edit_action(
                actor=ctx.actor, action_id=action.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, action.case))
    return case_form_page(request, form, action.case, _("Action"))


@worker
def action_close(request: HttpRequest, action_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_change_action(ctx.actor, action, now=ctx.now).require()
    form = ActionMoveForm(
        request.POST or None,
        initial={"revision": action.revision, "waiting_for": action.waiting_for},
    )
    if form.is_valid():
        with form.refusals():
            services.move_action(
                actor=ctx.actor, action_id=action.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, action.case), anew=True)
    return case_form_page(request, form, action.case, _("How did it go?"), intro=action.text)


@worker
def service_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    the_case = writable_case(request, case_id)
    form = ServiceNewForm(
        request.POST or None,
        body=ctx.actor.working_body,
        categories=recordable_in(request, the_case),
    )
    if form.is_valid():
        with form.refusals():
            services.add_service(actor=ctx.actor, case=the_case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), case_url(request, the_case))
    return case_form_page(request, form, the_case, _("New service of my organisation"))


@worker
def service_edit(request: HttpRequest, service_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    planned_service = open_row(ctx.actor, PlannedService, service_id, now=ctx.now)
    can_edit_service(ctx.actor, planned_service, now=ctx.now).require()
    form = ServiceEditForm(
        request.POST or None,
        body=Body(planned_service.body),
        initial={
            "service": planned_service.service,
            "name": planned_service.name,
            "provider": planned_service.provider,
            "starts_on": planned_service.starts_on,
            "ends_on": planned_service.ends_on,
            "revision": planned_service.revision,
        },
    )
    if form.is_valid():
        with form.refusals():
            services.edit_service(
                actor=ctx.actor, service_id=planned_service.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, planned_service.case))
    return case_form_page(request, form, planned_service.case, _("Service"))


@worker
def service_outcome(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """How a service of one's own body really went, and what came of it."""
    ctx = context_of(request)
    planned_service = open_row(ctx.actor, PlannedService, service_id, now=ctx.now)
    can_edit_service(ctx.actor, planned_service, now=ctx.now).require()
    names = ("began_on", "finished_on", "participation", "result", "result_text", "revision")
    form = ServiceOutcomeForm(
        request.POST or None, initial={name: getattr(planned_service, name) for name in names}
    )
    if form.is_valid():
        with form.refusals():
            services.record_service_outcome(
                actor=ctx.actor, service_id=planned_service.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, planned_service.case))
    return case_form_page(
        request, form, planned_service.case, _("How it went"), intro=planned_service.name
    )


@only_for(ActorKind.CLIENT)
def own_goal_new(request: HttpRequest) -> HttpResponse:
    ctx = context_of(request)
    case = get_own_case(request)
    can_write_own_goal(ctx.actor, case, now=ctx.now).require()
    form = OwnGoalForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.add_own_goal(
                actor=ctx.actor, case=case, text=form.cleaned_data["text"], now=ctx.now
            )
            return redirect_saved(request, _("Your goal is saved."), "pages:my_plan")
    return form_page(
        request,
        form,
        heading=_("A goal of mine"),
        button=_("Save my goal"),
        back=reverse("pages:my_plan"),
        base="base_client.html",
    )


@only_for(ActorKind.CLIENT)
@post_only
def own_action_done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """The client says that their own task is done."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    form = RevisedForm(request.POST)
    if not form.is_valid():
        did_nothing(request)
        return redirect("pages:my_step", action.pk)
    try:
        services.close_action(
            actor=ctx.actor,
            action_id=action.pk,
            state="done",  # type: ignore[arg-type]
            reason="",
            revision=form.cleaned_data["revision"],
            now=ctx.now,
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:my_step", action.pk)
    return redirect_saved(request, _("Marked as done. Your team sees it."), "pages:my_page")
