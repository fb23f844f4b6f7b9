"""The case page, and the pages that write the plan and answer its versions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan.plan import services
from caseplan.plan.access import can_change_action, can_edit_goal, can_edit_measure, choices_in
from caseplan.plan.models import Action, Goal, GoalKind, JointPlan, Measure
from caseplan.plan.selectors import CasePage, open_case, open_row, team_shown
from cases.access import can_write_in_case, get_case
from common.actor import Actor
from common.bodies import Body, Party
from common.decision import NotVisible
from consent.access import categories_recordable_by
from pages.answers import paged
from pages.caseworker.heading import case_page
from pages.caseworker.writing import (
    party_to_a_plan,
    worker,
    writable_case,
    write_and_return,
)
from pages.forms.plan import (
    ActionEditForm,
    ActionMoveForm,
    ActionNewForm,
    GoalEditForm,
    GoalForm,
    MeasureEditForm,
    MeasureNewForm,
    MeasureToldForm,
    OwnGoalEditForm,
    PlanForm,
)
from web.requests import actor_of, now_of

GOALS_ON_A_PAGE = 10


@worker
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The joint plan as the worker's body may see it, and what waits for whom."""
    actor, now = actor_of(request), now_of(request)
    page = open_case(actor, case_id, purpose=Purpose.KEEP_CASE, now=now)
    waits = page.proposal.answer_of(actor.party) if page.proposal else None
    context = {
        "page": page,
        "goals": paged(request, page.goals, GOALS_ON_A_PAGE),
        "must_answer": waits is not None and waits.answer is None,
        "appears": frozenset(),
        "is_beside": actor.is_with_client_of(page.case.pk),
        **_ending(page, actor),
        "may": choices_in(page.case, on_team=page.exception is None),
    }
    return case_page(request, "pages/caseworker/case.html", context, about=page.case)


@worker
def plan_edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    the_case = get_case(actor, case_id, now=now)
    if not hasattr(the_case, "plan"):
        raise NotVisible
    plan = open_row(actor, JointPlan, the_case.plan.pk, now=now)
    can_write_in_case(actor, the_case, now=now).require()
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
    return write_and_return(
        request,
        form,
        lambda **data: services.edit_plan(actor=actor, case=the_case, now=now, **data),
        the_case,
        _("The plan as a whole"),
    )


@worker
def goal_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    the_case = writable_case(request, case_id)
    return write_and_return(
        request,
        GoalForm(request.POST or None, categories=categories_recordable_by(actor)),
        lambda **data: services.add_goal(actor=actor, case=the_case, now=now, **data),
        the_case,
        _("New goal"),
    )


@party_to_a_plan
def goal_edit(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """The client edits the client's own goals, the workers the joint ones."""
    actor, now = actor_of(request), now_of(request)
    goal = open_row(actor, Goal, goal_id, now=now)
    can_edit_goal(actor, goal, now=now).require()
    own = goal.kind == GoalKind.CLIENT
    form_class = OwnGoalEditForm if own else GoalEditForm
    form = form_class(request.POST or None, initial={"text": goal.text, "revision": goal.revision})
    return write_and_return(
        request,
        form,
        lambda **data: services.edit_goal(actor=actor, goal_id=goal.pk, now=now, **data),
        goal.case,
        _("My goal") if own else _("Goal"),
    )


@worker
def action_new(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    goal = open_row(actor, Goal, goal_id, now=now)
    can_write_in_case(actor, goal.case, now=now).require()
    form = ActionNewForm(
        request.POST or None,
        team=team_shown(actor, goal.case, now=now),
        categories=categories_recordable_by(actor),
        initial={"category": goal.category},
    )
    return write_and_return(
        request,
        form,
        lambda **data: services.add_action(actor=actor, goal_id=goal.pk, now=now, **data),
        goal.case,
        _("New action"),
        intro=goal.text,
    )


@worker
def action_edit(request: HttpRequest, action_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    action = open_row(actor, Action, action_id, now=now)
    can_change_action(actor, action, now=now).require()
    owner = (
        action.owner_party
        if action.owner_party == Party.CLIENT
        else f"{action.owner_party}:{action.owner_id}"
    )
    form = ActionEditForm(
        request.POST or None,
        team=team_shown(actor, action.case, now=now),
        initial={
            "text": action.text,
            "owner": owner,
            "due_on": action.due_on,
            "repeats_weeks": action.repeats_weeks,
            "revision": action.revision,
        },
    )
    return write_and_return(
        request,
        form,
        lambda **data: services.edit_action(actor=actor, action_id=action.pk, now=now, **data),
        action.case,
        _("Action"),
    )


@worker
def action_close(request: HttpRequest, action_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    action = open_row(actor, Action, action_id, now=now)
    can_change_action(actor, action, now=now).require()
    return write_and_return(
        request,
        ActionMoveForm(
            request.POST or None,
            initial={"revision": action.revision, "waiting_for": action.waiting_for},
        ),
        lambda **data: services.move_action(actor=actor, action_id=action.pk, now=now, **data),
        action.case,
        _("How did it go?"),
        intro=action.text,
    )


@worker
def measure_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    the_case = writable_case(request, case_id)
    return write_and_return(
        request,
        MeasureNewForm(
            request.POST or None,
            body=actor.working_body,
            categories=categories_recordable_by(actor),
        ),
        lambda **data: services.add_measure(actor=actor, case=the_case, now=now, **data),
        the_case,
        _("New service of my organisation"),
    )


@worker
def measure_edit(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    measure = open_row(actor, Measure, measure_id, now=now)
    can_edit_measure(actor, measure, now=now).require()
    form = MeasureEditForm(
        request.POST or None,
        body=Body(measure.body),
        initial={
            "service": measure.service,
            "name": measure.name,
            "provider": measure.provider,
            "starts_on": measure.starts_on,
            "ends_on": measure.ends_on,
            "revision": measure.revision,
        },
    )
    return write_and_return(
        request,
        form,
        lambda **data: services.edit_measure(actor=actor, measure_id=measure.pk, now=now, **data),
        measure.case,
        _("Service"),
    )


@worker
def measure_tell(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """How a service of one's own body really went, and what came of it."""
    actor, now = actor_of(request), now_of(request)
    measure = open_row(actor, Measure, measure_id, now=now)
    can_edit_measure(actor, measure, now=now).require()
    names = ("began_on", "finished_on", "participation", "result", "result_words", "revision")
    return write_and_return(
        request,
        MeasureToldForm(
            request.POST or None, initial={name: getattr(measure, name) for name in names}
        ),
        lambda **data: services.tell_measure(actor=actor, measure_id=measure.pk, now=now, **data),
        measure.case,
        _("How it went"),
        intro=measure.name,
    )


def _ending(page: CasePage, actor: Actor) -> dict[str, bool]:
    """Whether this worker's body is asked about a proposed ending, or proposed it."""
    ending = page.ending
    is_open = ending is not None and ending.is_open
    return {
        "may_assess": is_open and ending is not None and ending.view_of(actor.party) is None,
        "may_withdraw": is_open
        and ending is not None
        and ending.ending.recorded_for == actor.party,
    }
