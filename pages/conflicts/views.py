"""What contradicts in a case, and settling it with a note; how near a goal is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import can_rate_goal
from caseplan.plan.selectors import open_conflicts, open_progress
from cases.access import can_write_in_case
from common.actor import ActorKind
from common.decision import NotVisible
from pages.case.heading import about_case, case_page
from pages.conflicts.forms import ConflictForm, GoalRatingForm
from pages.responses import form_page, redirect_saved
from web.access import get_only, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
party_to_a_plan = only_for(ActorKind.WORKER, ActorKind.CLIENT)


@worker
@get_only
def conflicts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Both sides of everything that contradicts, what is open first."""
    ctx = context_of(request)
    page = open_conflicts(ctx.actor, case_id, now=ctx.now)
    can_write = can_write_in_case(ctx.actor, page.case, now=ctx.now)
    context = {"page": page, "can_write": can_write.allowed}
    return case_page(request, "pages/conflicts/conflicts.html", context, about=page.case)


@worker
def conflict_settle(request: HttpRequest, case_id: UUID, first: UUID, second: UUID) -> HttpResponse:
    ctx = context_of(request)
    page = open_conflicts(ctx.actor, case_id, now=ctx.now)
    conflict = next((c for c in page.open if set(c.subjects) == {first, second}), None)
    if conflict is None:
        raise NotVisible
    can_write_in_case(ctx.actor, page.case, now=ctx.now).require()
    form = ConflictForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.settle_conflict(
                actor=ctx.actor,
                case_id=page.case.pk,
                first=first,
                second=second,
                note=form.cleaned_data["note"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Settled. Everybody who sees both reads it."), "pages:case", case_id
            )
    return form_page(
        request,
        form,
        heading=_("Settle this"),
        intro=conflict.sentence,
        button=_("Save what was agreed"),
        back=reverse("pages:conflicts", args=[case_id]),
        about=about_case(request, page.case),
    )


@party_to_a_plan
def goal_progress(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """How near a goal each party has seen it over time, and saying how near it is now."""
    ctx = context_of(request)
    page = open_progress(ctx.actor, goal_id, now=ctx.now)
    may_rate = can_rate_goal(ctx.actor, page.goal, now=ctx.now).allowed
    form = GoalRatingForm(request.POST or None)
    if request.method == "POST":
        can_rate_goal(ctx.actor, page.goal, now=ctx.now).require()
    if form.is_valid():
        with form.refusals():
            services.rate_goal(actor=ctx.actor, goal_id=goal_id, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), "pages:goal_progress", goal_id)
    back = (
        reverse("pages:my_plan")
        if ctx.actor.is_client
        else reverse("pages:case", args=[page.goal.case_id])
    )
    context = {
        "page": page,
        "form": form,
        "may_rate": may_rate,
        "back": back,
        "base": "base_client.html" if ctx.actor.is_client else "base_worker.html",
    }
    return case_page(request, "pages/conflicts/goal_progress.html", context, about=page.goal.case)
