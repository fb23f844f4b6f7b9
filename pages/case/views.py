"""The page of a case, to the team and to its client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.models import Purpose
from caseplan.intake.selectors import own_requests_of
from caseplan.meetings.selectors import list_news, meetings_ahead
from caseplan.messages.selectors import threads_waiting
from caseplan.plan.access import arranged_by, can_ask_for_review, can_write_own_goal, offered_moves
from caseplan.plan.selectors import (
    CasePage,
    list_emergencies,
    open_case,
    open_contact,
    own_changes,
    put_acts,
)
from cases.access import stood_in_for
from cases.models import Case
from cases.selectors import earlier_cases, new_manager
from common.actor import Actor, ActorKind
from common.bodies import Party
from common.reminders import ReminderKind
from consent.selectors import requests_of, waiting_in
from followup.selectors import check_in_due, reminders_for
from pages.case.heading import about_case, case_page
from pages.case.own_case import find_own_case
from pages.case.plan_shown import narrowed, waiting_for_me
from pages.case.writing import worker
from pages.responses import paged
from records.selectors import reading_of
from web.access import get_only, only_for
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
    is_beside = ctx.actor.is_with_client_of(page.case.pk)
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


@only_for(ActorKind.CLIENT)
@get_only
def my_plan(request: HttpRequest) -> HttpResponse:
    """What happens next, what waits for me, my goals, my people, my plan."""
    ctx = context_of(request)
    case = find_own_case(request)
    if case is None:
        asked = [one for one in own_requests_of(ctx.actor) if one.is_open or not one.read_at]
        may_ask = not any(one.is_open for one in asked)
        return render(request, "pages/case/no_case.html", {"asked": asked, "may_ask": may_ask})
    page = open_case(ctx.actor, case.pk, purpose=Purpose.OWN_DATA, now=ctx.now)
    upcoming = page.open_actions()
    own_answer = page.proposal.answer_of(Party.CLIENT) if page.proposal else None
    context: dict[str, Any] = {
        "page": page,
        "next_action": upcoming[0] if upcoming else None,
        "own_actions": [a for a in upcoming if a.owner_party == Party.CLIENT],
        "reminders": [
            due
            for due in reminders_for(ctx.actor, on=ctx.today, now=ctx.now)
            if _is_of(due.case, case)
            and due.stands_alone
            and due.kind != ReminderKind.CHECK_IN  # asked in its own place
        ],
        "must_answer": own_answer is not None and own_answer.answer is None,
        "may_assess": page.ending is not None
        and page.ending.is_open
        and page.ending.view_of(Party.CLIENT) is None,
        "may_write": can_write_own_goal(ctx.actor, case, now=ctx.now).allowed,
        "may_ask_review": page.in_force is not None
        and can_ask_for_review(ctx.actor, case).allowed
        and not (page.review_request and page.review_request.is_open),
        "handover": new_manager(case, now=ctx.now),
        "changes": own_changes(ctx.actor, now=ctx.now),
        "contact": page.case_manager,
        "nothing": frozenset(),
        "asked": [] if case.is_open else own_requests_of(ctx.actor),
        "requests": requests_of(ctx.actor, case) if case.is_open else [],
        "emergencies": list_emergencies(ctx.actor, now=ctx.now),
        "written": waiting_in(case) if case.is_open else [],
        "threads": [
            row for row in threads_waiting(ctx.actor, now=ctx.now) if row.case_id == case.pk
        ],
        "meetings": [
            row for row in meetings_ahead(ctx.actor, now=ctx.now) if row.case_id == case.pk
        ],
        "news": list_news(ctx.actor, now=ctx.now),
        "going": check_in_due(reading_of(ctx.actor, now=ctx.now), case),
    }
    return render(request, "pages/case/my_plan.html", context)


def _is_of(one: Case | None, case: Case) -> bool:
    """Of this plan, or of none of those that the client can turn to: it is told here."""
    return one is None or one.pk == case.pk or one.ended_at is not None
