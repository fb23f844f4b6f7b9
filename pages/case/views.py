"""The page of a case, to the team and to its client."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.models import Purpose
from caseplan.plan.access import arranged_by, offered_moves
from caseplan.plan.selectors import (
    CasePage,
    open_case,
    open_contact,
    put_acts,
)
from cases.access import stood_in_for
from cases.selectors import earlier_cases
from common.actor import Actor
from pages.case.heading import about_case, case_page
from pages.case.plan_shown import narrowed, waiting_for_me
from pages.case.writing import worker
from pages.responses import paged
from web.access import get_only
from web.requests import context_of

GOALS_ON_A_PAGE = 10
GOALS_AT_ONCE = 5
"""The rest of a page of goals is folded: templates/pages/case/plan_goals.html has the same five."""


@worker
@get_only
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The joint plan as the worker's body may see it, and what waits for whom."""
    ctx = context_of(request)
    page = open_case(ctx.actor, case_id, purpose=Purpose.KEEP_CASE, now=ctx.now)
    waits = page.proposal.answer_of(ctx.actor.party) if page.proposal else None
    shown = narrowed(page, ctx.actor, request.GET.get("for", ""))
    goals = paged(request, shown.joint_goals, GOALS_ON_A_PAGE)
    may = offered_moves(page.case, on_team=page.temporary_access is None)
    is_beside = ctx.actor.types_for_client_of(page.case.pk)
    mine = stood_in_for(ctx.actor, now=ctx.now) if may.write else []
    rows = [*(entry.goal for entry in page.goals), *page.dropped_goals]
    put_acts(ctx.actor, page.actions, rows, may_write=may.write, now=ctx.now, mine=mine)
    context = {
        "about": about_case(
            request, page.case, page=page, may_sit_beside=may.write and not is_beside
        ),
        "page": page,
        "own_goals": shown.own_goals,
        "goals": goals,
        "folded": max(0, len(goals) - GOALS_AT_ONCE),
        "other_actions": shown.other_actions,
        "narrowed": shown.who,
        "mine": waiting_for_me(page, ctx.actor),
        "must_answer": waits is not None and waits.answer is None,
        "appears": frozenset(),
        "is_beside": is_beside,
        **_ending(page, ctx.actor),
        "may": may,
        "can_write": may.write,
        "mode": "work",
        "earlier": earlier_cases(ctx.actor, page.case, now=ctx.now),
        "own_services": arranged_by(ctx.actor, page.planned_services),
    }
    return render(request, "pages/case/case.html", context)


@worker
@get_only
def case_phone(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How to reach somebody under non-disclosure: shown when asked for, and the look is logged."""
    ctx = context_of(request)
    case = open_contact(ctx.actor, case_id, now=ctx.now)
    return case_page(request, "pages/case/phone.html", {"person": case.person}, about=case)


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
