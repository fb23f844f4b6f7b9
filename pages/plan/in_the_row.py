"""What is done with an action or a goal where it stands: done, moved, dropped, taken back.

From a row the answer is the row alone; from a browser without script it is the page it stood on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from caseplan.plan import services
from caseplan.plan.access import (
    can_close_action,
    can_edit_goal,
    can_reopen_action,
    can_take_up_goal,
)
from caseplan.plan.models import Action, ActionState, Goal
from caseplan.plan.selectors import acts_of_action, acts_of_goal, last_writing_of, open_row
from cases.access import can_write_in_case, stood_in_for
from common.decision import Refused, Stale
from common.row_acts import RowActs
from components.templatetags.formatting import moment, short_date
from pages.case.writing import case_form_page, case_url, worker
from pages.forms import Form, RevisedForm
from pages.plan.forms import ActionDayForm, ActionReopenForm, GoalDropForm, GoalTakeUpForm
from pages.rows.answers import answered, refused, state_part
from web.access import post_only
from web.requests import context_of


@worker
@post_only
def action_done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """One click: the action is done."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    revision = _revision(request)
    if revision != action.revision:
        return _changed_meanwhile(request, action)
    can_close_action(ctx.actor, action, now=ctx.now).require()
    try:
        action = services.close_action(
            actor=ctx.actor, action_id=action.pk, state=ActionState.DONE, reason="",
            revision=revision, now=ctx.now,
        )  # fmt: skip
    except Stale:
        return _changed_meanwhile(request, open_row(ctx.actor, Action, action_id, now=ctx.now))
    return _answered(request, action, _("done just now"))


@worker
@post_only
def action_undo(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """One click: what one has just done with the action is taken back."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    try:
        action = services.undo_action(
            actor=ctx.actor, action_id=action.pk, revision=_revision(request), now=ctx.now
        )
    except Stale:
        return _changed_meanwhile(request, open_row(ctx.actor, Action, action_id, now=ctx.now))
    except Refused as refusal:
        return refused(
            request, str(refusal.message), _acts(request, action), _page(request, action)
        )
    return _answered(request, action, _("undone"))


@worker
def action_day(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Move the action's last day, and nothing else."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_write_in_case(ctx.actor, action.case, now=ctx.now).require()
    if not action.is_open:
        return _changed_meanwhile(request, action)
    form = ActionDayForm(
        request.POST or None, initial={"due_on": action.due_on, "revision": action.revision}
    )
    if form.is_valid():
        with form.refusals():
            action = services.move_day(
                actor=ctx.actor, action_id=action.pk, now=ctx.now, **form.cleaned_data
            )
            said = _("moved to %(day)s") % {"day": short_date(action.due_on)}
            return _answered(request, action, said, moved=True)
    return case_form_page(
        request,
        form,
        action.case,
        _("Move to another day"),
        intro=action.text,
        button=_("Move"),
        others=[
            (_("Change more"), reverse("pages:action_edit", args=[action.pk])),
            (_("Say how it goes, or drop it"), reverse("pages:action_close", args=[action.pk])),
        ],
    )


@worker
def action_reopen(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Open a closed action again, with a reason."""
    ctx = context_of(request)
    action = open_row(ctx.actor, Action, action_id, now=ctx.now)
    can_reopen_action(ctx.actor, action, now=ctx.now).require()
    reopen = partial(services.reopen_action, actor=ctx.actor, action_id=action.pk, now=ctx.now)
    form = ActionReopenForm(request.POST or None, initial={"revision": action.revision})
    return _with_a_reason(
        request, form, action, _("Open again"),
        lambda: _answered(request, reopen(**form.cleaned_data), _("open again")),
    )  # fmt: skip


@worker
def goal_drop(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Leave a joint goal behind, or one of one's own body."""
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    can_edit_goal(ctx.actor, goal, now=ctx.now).require()
    drop = partial(services.drop_goal, actor=ctx.actor, goal_id=goal.pk, now=ctx.now)
    form = GoalDropForm(request.POST or None, initial={"revision": goal.revision})
    return _with_a_reason(
        request, form, goal, _("Drop the goal"),
        lambda: _goal_answered(request, drop(**form.cleaned_data), _("dropped just now")),
    )  # fmt: skip


@worker
@post_only
def goal_undo(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """One click: the goal that one has just dropped is back."""
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    try:
        goal = services.undo_drop_goal(
            actor=ctx.actor, goal_id=goal.pk, revision=_revision(request), now=ctx.now
        )
    except Refused as refusal:
        acts = acts_of_goal(ctx.actor, goal, may_write=True, now=ctx.now)
        return refused(request, str(refusal.message), acts, case_url(request, goal.case))
    return _goal_answered(request, goal, _("undone"))


@worker
def goal_take_up(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Pursue a dropped goal again, with a reason."""
    ctx = context_of(request)
    goal = open_row(ctx.actor, Goal, goal_id, now=ctx.now)
    can_take_up_goal(ctx.actor, goal, now=ctx.now).require()
    take_up = partial(services.take_up_goal, actor=ctx.actor, goal_id=goal.pk, now=ctx.now)
    form = GoalTakeUpForm(request.POST or None, initial={"revision": goal.revision})
    return _with_a_reason(
        request, form, goal, _("Pursue it again"),
        lambda: _goal_answered(request, take_up(**form.cleaned_data), _("pursued again")),
    )  # fmt: skip


def _with_a_reason(
    request: HttpRequest,
    form: Form,
    row: Action | Goal,
    heading: str,
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """The form of one thing done with a row for a reason, until it is ``done``."""
    if form.is_valid():
        with form.refusals():
            return done()
    return case_form_page(request, form, row.case, heading, intro=row.text, button=heading)


def _goal_answered(request: HttpRequest, goal: Goal, said: str) -> HttpResponse:
    ctx = context_of(request)
    acts = acts_of_goal(ctx.actor, goal, may_write=True, now=ctx.now)
    return answered(request, acts, said, to=case_url(request, goal.case))


def _revision(request: HttpRequest) -> int:
    """The revision the row was drawn at; 0, which no row has, where none was sent."""
    form = RevisedForm(request.POST)
    return form.cleaned_data["revision"] if form.is_valid() else 0


def _acts(request: HttpRequest, action: Action, *, moved: bool = False) -> RowActs:
    ctx = context_of(request)
    mine = stood_in_for(ctx.actor, now=ctx.now)
    return acts_of_action(
        ctx.actor, action, may_write=True, now=ctx.now, mine=mine, moved_back=moved
    )


def _page(request: HttpRequest, action: Action) -> str:
    return case_url(request, action.case)


def _answered(
    request: HttpRequest, action: Action, said: str, *, moved: bool = False
) -> HttpResponse:
    acts = _acts(request, action, moved=moved)
    ctx = context_of(request)
    return answered(
        request,
        acts,
        said,
        to=_page(request, action),
        parts={
            "state": state_part(action, ctx.today),
            "due": short_date(action.due_on),
        },
    )


def _changed_meanwhile(request: HttpRequest, action: Action) -> HttpResponse:
    """Somebody was there first: who, when and what; nothing is overwritten."""
    last = last_writing_of(action)
    told = {"who": last.who, "time": moment(last.at)}
    if action.state == ActionState.DONE:
        said = _("%(who)s marked this done, %(time)s") % told
    elif action.state == ActionState.DROPPED:
        said = _("%(who)s said that this is not done, %(time)s") % told
    else:
        said = _("%(who)s changed this, %(time)s") % told
    return refused(request, said, _acts(request, action), _page(request, action))
