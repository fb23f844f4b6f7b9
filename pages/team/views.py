"""The team of a case, handing it over, and standing in for somebody who is away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_handover, open_handover_summary, team_shown
from cases import services
from cases.access import (
    can_answer_handover,
    can_hand_over,
    can_write_in_case,
    get_case,
    get_handover,
)
from cases.models import Case, Handover, HandoverState
from cases.selectors import case_manager_of, handover_of
from common.decision import NotVisible
from followup.selectors import count_what_moves, what_moves
from pages.case.going_on import go_on_in
from pages.case.heading import About, about_case, case_page
from pages.case.writing import case_form_page, worker, writable_case
from pages.drafts.restoring import give_back
from pages.forms import Form
from pages.responses import form_page, redirect_saved
from pages.team.away import worker_choices
from pages.team.forms import AddMemberForm, DeclineHandoverForm, HandOverForm
from people.models import Position
from people.selectors import caseworkers_of
from web.access import get_only, post_only
from web.requests import context_of


@worker
@get_only
def team(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who is on the team, who may join or leave it, and a handover that waits."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    context = {
        "case": case,
        "team": team_shown(ctx.actor, case, now=ctx.now),
        "can_write": can_write_in_case(ctx.actor, case, now=ctx.now).allowed,
        "may_hand_over": can_hand_over(ctx.actor, case, now=ctx.now).allowed,
        "handover": handover_of(case, HandoverState.OPEN),
    }
    return case_page(request, "pages/team/team.html", context, about=case)


@worker
def member_add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put somebody of the network on the team."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = AddMemberForm(request.POST or None, workers=worker_choices(ctx, _others(request, case)))
    back = reverse("pages:team", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            services.add_team_member(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(request, form, case, _("Add somebody to the team"), back=back)


@worker
def member_end(request: HttpRequest, case_id: UUID, user_id: UUID) -> HttpResponse:
    """Take somebody off the team: from the next request the case does not exist for them."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = Form(request.POST if request.method == "POST" else None)
    back = reverse("pages:team", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            services.end_team_term(actor=ctx.actor, case=case, user_id=user_id, now=ctx.now)
            return go_on_in(request, case, _("They are off the team."), "pages:team")
    return case_form_page(
        request,
        form,
        case,
        _("Take them off the team"),
        intro=_(
            "They no longer see the case. What they have written stays, and their commitments "
            "need a new owner."
        ),
        button=_("Take off the team"),
        back=back,
    )


@worker
def hand_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask somebody to take the case."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_hand_over(ctx.actor, case, now=ctx.now).require()
    form = HandOverForm(
        request.POST or None, workers=worker_choices(ctx, _not_its_manager(case, ctx.now))
    )
    if form.is_valid():
        with form.refusals():
            services.hand_over(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            said = _("They are asked. You are told when they answer.")
            return go_on_in(request, case, said, "pages:team")
    manager = case_manager_of(case, now=ctx.now)
    assert manager is not None
    context = {
        "form": form,
        "case": case,
        "draft": give_back(request, form),
        "moving": what_moves(ctx.actor, case, manager.pk, now=ctx.now),
    }
    return case_page(request, "pages/team/hand_over.html", context, about=case)


@worker
@get_only
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """A handover that waits: take the case, decline it, or take it back."""
    ctx = context_of(request)
    row = open_handover(ctx.actor, handover_id, now=ctx.now)
    context = {
        "handover": row,
        "is_mine": can_answer_handover(ctx.actor, row, now=ctx.now).allowed,
        "counts": count_what_moves(row),
        "about": _about_handed(request, row),
    }
    return render(request, "pages/team/handover.html", context)


@worker
@post_only
def handover_accept(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    row = services.accept_handover(actor=ctx.actor, handover_id=handover_id, now=ctx.now)
    return redirect_saved(
        request, _("You are the case manager now."), "pages:handover_summary", row.case_id
    )


@worker
def handover_decline(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    row = get_handover(ctx.actor, handover_id, now=ctx.now)
    can_answer_handover(ctx.actor, row, now=ctx.now).require()
    form = DeclineHandoverForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.decline_handover(
                actor=ctx.actor, handover_id=row.pk, answer=form.cleaned_data["answer"], now=ctx.now
            )
            return redirect_saved(request, _("The case stays where it is."), "pages:my_day")
    return form_page(
        request,
        form,
        heading=_("You can't take the case"),
        button=_("Send"),
        back=reverse("pages:handover", args=[row.pk]),
        about=_about_handed(request, row),
    )


@worker
@post_only
def handover_withdraw(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    row = services.withdraw_handover(actor=ctx.actor, handover_id=handover_id, now=ctx.now)
    return go_on_in(request, row.case, _("The handover is taken back."), "pages:team")


@worker
@get_only
def handover_summary(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What a new case manager needs first: promises, next days, what was last written."""
    ctx = context_of(request)
    found = open_handover_summary(ctx.actor, case_id, now=ctx.now)
    last = handover_of(found.page.case, HandoverState.ACCEPTED)
    context = {"summary": found, "handover": last}
    return case_page(request, "pages/team/handover_summary.html", context, about=found.page.case)


def _about_handed(request: HttpRequest, row: Handover) -> About | None:
    """Whose case is handed over: told to whoever sees the case, not to somebody asked to take it.

    The case opens to the one asked when they accept it, and its client's name with it.
    """
    ctx = context_of(request)
    try:
        case = get_case(ctx.actor, row.case_id, now=ctx.now)
    except NotVisible:
        return None
    return about_case(request, case)


def _not_its_manager(case: Case, now: datetime) -> list[Position]:
    """The workers of the network who may take the case."""
    manager = case_manager_of(case, now=now)
    workers = caseworkers_of(case.network_id, now=now)
    return [p for p in workers if manager is None or p.user_id != manager.pk]


def _others(request: HttpRequest, case: Case) -> list[Position]:
    """The workers of the network who are not on the team yet."""
    ctx = context_of(request)
    there = {member.user_id for member in team_shown(ctx.actor, case, now=ctx.now)}
    return [p for p in caseworkers_of(case.network_id, now=ctx.now) if p.user_id not in there]
