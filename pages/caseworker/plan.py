"""The case page, and the pages that write the plan and answer its versions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan import services
from caseplan.access import (
    can_answer,
    can_change_action,
    can_edit_goal,
    can_edit_measure,
    can_write_plan,
)
from caseplan.models import Action, Goal, GoalKind, JointPlan, Measure
from caseplan.selectors import open_case, open_row, open_version, team_shown
from cases.access import get_case
from cases.models import Case
from common.actor import ActorKind
from common.bodies import Party
from common.decision import NotVisible
from consent.access import categories_recordable_by
from pages.answers import done, form_page
from pages.forms.parts import saved
from pages.forms.plan import (
    ActionCloseForm,
    ActionEditForm,
    ActionNewForm,
    DisagreeForm,
    GoalEditForm,
    GoalForm,
    MeasureEditForm,
    MeasureNewForm,
    OwnGoalEditForm,
    PlanForm,
)
from web.access import only_for
from web.requests import actor_of, now_of

worker = only_for(ActorKind.WORKER)
party_to_a_plan = only_for(ActorKind.WORKER, ActorKind.CLIENT)


@worker
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The joint plan as the worker's body may see it, and what waits for whom."""
    actor, now = actor_of(request), now_of(request)
    page = open_case(actor, case_id, purpose=Purpose.KEEP_CASE, now=now)
    waits = page.proposal.answer_of(actor.party) if page.proposal else None
    context = {
        "page": page,
        "can_write": can_write_plan(actor, page.case, now=now),
        "must_answer": waits is not None and waits.answer is None,
        "appears": frozenset(),
    }
    return render(request, "pages/caseworker/case.html", context)


@worker
def plan_edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    the_case = get_case(actor, case_id, now=now)
    if not hasattr(the_case, "plan"):
        raise NotVisible
    plan = open_row(actor, JointPlan, the_case.plan.pk, now=now)
    can_write_plan(actor, the_case, now=now).require()
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
    return _write(
        request,
        form,
        lambda **data: services.edit_plan(actor=actor, case=the_case, now=now, **data),
        the_case,
        _("The plan as a whole"),
    )


@worker
def goal_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    the_case = _writable(request, case_id)
    return _write(
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
    return _write(
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
    can_write_plan(actor, goal.case, now=now).require()
    form = ActionNewForm(
        request.POST or None,
        team=team_shown(actor, goal.case, now=now),
        categories=categories_recordable_by(actor),
        initial={"category": goal.category},
    )
    return _write(
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
            "revision": action.revision,
        },
    )
    return _write(
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
    return _write(
        request,
        ActionCloseForm(request.POST or None, initial={"revision": action.revision}),
        lambda **data: services.close_action(actor=actor, action_id=action.pk, now=now, **data),
        action.case,
        _("How did it go?"),
        intro=action.text,
    )


@worker
def measure_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    the_case = _writable(request, case_id)
    return _write(
        request,
        MeasureNewForm(request.POST or None, categories=categories_recordable_by(actor)),
        lambda **data: services.add_measure(actor=actor, case=the_case, now=now, **data),
        the_case,
        _("New service of my body"),
    )


@worker
def measure_edit(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    measure = open_row(actor, Measure, measure_id, now=now)
    can_edit_measure(actor, measure, now=now).require()
    form = MeasureEditForm(
        request.POST or None,
        initial={
            "name": measure.name,
            "provider": measure.provider,
            "starts_on": measure.starts_on,
            "ends_on": measure.ends_on,
            "revision": measure.revision,
        },
    )
    return _write(
        request,
        form,
        lambda **data: services.edit_measure(actor=actor, measure_id=measure.pk, now=now, **data),
        measure.case,
        _("Service"),
    )


@worker
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what proposing means, then freeze the plan as the next numbered version."""
    actor, now = actor_of(request), now_of(request)
    the_case = _writable(request, case_id)
    return _write(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: services.propose_plan(actor=actor, case=the_case, now=now),
        the_case,
        _("Propose the plan"),
        intro=_(
            "The plan as it stands now becomes a numbered version. The client and each "
            "body that takes part is asked to accept it. Until all have, the earlier "
            "version stays in force. A proposal that is still open is set aside, and kept."
        ),
        button=_("Propose this version"),
    )


@party_to_a_plan
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One numbered version as it was proposed, what changed, and who has answered what."""
    actor, now = actor_of(request), now_of(request)
    page = open_version(actor, version_id, now=now)
    own = page.standing.answer_of(actor.party)
    context = {
        "page": page,
        "may_answer": can_answer(actor, page.version, now=now)
        and own is not None
        and own.answer is None,
        "base": _base(request),
        "back": _case_url(request, page.version.case),
    }
    return render(request, "pages/version.html", context)


@party_to_a_plan
def accept(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A page of its own: what accepting means, then the button that names the version."""
    actor, now = actor_of(request), now_of(request)
    page = open_version(actor, version_id, now=now)
    can_answer(actor, page.version, now=now).require()
    for_whom = {"number": page.version.number, "party": _speaks_for(request)}
    heading = (
        _("Accept version %(number)s")
        if actor.is_client
        else _("Accept version %(number)s for %(party)s")
    )
    return _write(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: services.accept_plan(actor=actor, version_id=page.version.pk, now=now),
        page.version.case,
        str(heading) % for_whom,
        intro=_(
            "When the client and each body that takes part have accepted this version, it is "
            "the plan in force. An acceptance cannot be taken back; the plan can be reviewed "
            "whenever you ask."
        ),
        button=str(heading) % for_whom,
    )


@party_to_a_plan
def disagree(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Say what is disagreed with; the version stays a proposal and the words are kept."""
    actor, now = actor_of(request), now_of(request)
    page = open_version(actor, version_id, now=now)
    can_answer(actor, page.version, now=now).require()
    return _write(
        request,
        DisagreeForm(request.POST or None),
        lambda **data: services.disagree_with_plan(
            actor=actor, version_id=page.version.pk, now=now, **data
        ),
        page.version.case,
        _("I disagree with this version"),
        button=_("Send"),
    )


def _writable(request: HttpRequest, case_id: UUID) -> Case:
    the_case = get_case(actor_of(request), case_id, now=now_of(request))
    can_write_plan(actor_of(request), the_case, now=now_of(request)).require()
    return the_case


def _base(request: HttpRequest) -> str:
    return "base_client.html" if actor_of(request).is_client else "base_worker.html"


def _speaks_for(request: HttpRequest) -> str:
    party = actor_of(request).party
    return str(party.label) if party else ""


def _case_url(request: HttpRequest, the_case: Case) -> str:
    if actor_of(request).is_client:
        return reverse("pages:my_plan")
    return reverse("pages:case", args=[the_case.pk])


def _write(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[..., object],
    the_case: Case,
    heading: str | Promise,
    *,
    intro: str | Promise = "",
    button: str | Promise = "",
) -> HttpResponse:
    """Save and go back to the plan, or show the form (again) with everything typed."""
    if saved(form, write):
        to = ["pages:my_plan"] if actor_of(request).is_client else ["pages:case", the_case.pk]
        return done(request, _("Saved."), *to)
    return form_page(
        request,
        form,
        heading=heading,
        intro=intro,
        button=button or _("Save"),
        back=_case_url(request, the_case),
        base=_base(request),
    )
