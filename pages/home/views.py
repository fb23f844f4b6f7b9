"""The first page of each kind of user."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from benefits.selectors import WorklistFilter, imports_to_confirm, list_people
from caseplan.intake.selectors import (
    consultations_answered,
    consultations_to_answer,
    list_requests,
    list_seats,
    referrals_for_day,
)
from caseplan.meetings.selectors import list_news, meetings_ahead
from caseplan.messages.selectors import threads_waiting
from caseplan.plan.selectors import (
    Requests,
    access_requests_to_answer,
    actions_for_day,
    body_requests_of,
    changes_for_day,
    list_emergencies,
    list_papers_waiting,
    moved_from,
    proposals_waiting_for,
    protections_asked,
    unanswered_in_office,
)
from cases.selectors import covers_waiting, handovers_waiting, list_covers, received_cases
from common.actor import ActorKind
from common.reminders import ReminderKind
from followup.selectors import escalated_to_leader, reminders_for
from people.models import User
from people.selectors import (
    all_networks,
    count_entry_requests,
    leads_office,
    list_organisation_news,
    own_entry,
)
from people.services import welcome
from rights.selectors import corrections_to_answer, papers_to_see
from web.access import get_only, only_for
from web.requests import context_of
from web.sessions import NEWCOMER

worker = only_for(ActorKind.WORKER)
_FIRST_PAGE = {
    ActorKind.WORKER: "pages:my_day",
    ActorKind.CLIENT: "pages:my_plan",
    ActorKind.DIRECTOR: "pages:dashboard",
    ActorKind.STEERING: "pages:dashboard",
    ActorKind.KEEPER: "pages:organisation",
    ActorKind.OFFICER: "pages:questions",
    ActorKind.GRANTER: "pages:letting_in",
    ActorKind.OUTSIDE: "pages:shared",
}


@only_for()
@get_only
def home(request: HttpRequest) -> HttpResponse:
    """Send each to their own first page, a worker once by way of what helps in the first hour.

    Somebody with no role yet is told so.
    """
    ctx = context_of(request)
    if ctx.actor.is_client and cast(User, request.user).welcomed_at is None:
        return redirect("pages:welcome_language")
    if ctx.actor.is_worker and cast(User, request.user).welcomed_at is None:
        welcome(user_id=ctx.actor.writer_id, now=ctx.now)
        return redirect("pages:first_hour")
    if ctx.actor.kind is ActorKind.STRANGER and NEWCOMER in request.session:
        return redirect("pages:introduce")
    if ctx.actor.kind is ActorKind.NATIONAL:
        here = [one for one in all_networks() if one.ends_on is None or one.ends_on > ctx.today]
        return render(request, "pages/home/national.html", {"networks": here})
    page = _FIRST_PAGE.get(ctx.actor.kind)
    if page:
        return redirect(page)
    entry = own_entry(ctx.actor, now=ctx.now)
    return render(request, "pages/home/no_role.html", {"entry": entry})


SECTIONS = (
    (_("Overdue"), "overdue"),
    (_("Due within 7 days"), "due"),
    (_("Reminders"), "reminders"),
    (_("Waiting for my organisation"), "waiting"),
    (_("Meetings ahead"), "meetings"),
    (_("Messages that wait for us"), "threads"),
    (_("Requests to my organisation"), "requests"),
    (_("No recent contact"), "quiet"),
    (_("New triggers"), "triggers"),
)


@worker
@get_only
def my_day(request: HttpRequest) -> HttpResponse:
    """What is due, who waits for me or my body, what is new, who has gone quiet."""
    ctx = context_of(request)
    actions = actions_for_day(ctx.actor, until=ctx.today + timedelta(days=7), now=ctx.now)
    triggers = list_people(ctx.actor, WorklistFilter(status="new"), limit=5, now=ctx.now)
    reminders = [
        due for due in reminders_for(ctx.actor, on=ctx.today, now=ctx.now) if due.stands_alone
    ]
    context = {
        "overdue": [a for a in actions if a.is_overdue(ctx.today)],
        "due": [a for a in actions if not a.is_overdue(ctx.today)],
        "reminders": [due for due in reminders if due.kind != ReminderKind.NO_CONTACT],
        "quiet": [due for due in reminders if due.kind == ReminderKind.NO_CONTACT],
        "waiting": proposals_waiting_for(ctx.actor, now=ctx.now),
        "plan_papers": list_papers_waiting(ctx.actor, now=ctx.now),
        "asked": access_requests_to_answer(ctx.actor, now=ctx.now),
        "papers": papers_to_see(ctx.actor, now=ctx.now),
        "corrections": corrections_to_answer(ctx.actor, now=ctx.now),
        "emergencies": list_emergencies(ctx.actor, now=ctx.now),
        "referrals": referrals_for_day(ctx.actor, now=ctx.now),
        "seats": list_seats(ctx.actor, now=ctx.now),
        "handovers": handovers_waiting(ctx.actor, now=ctx.now),
        "came": received_cases(ctx.actor, now=ctx.now),
        "changes": changes_for_day(ctx.actor, now=ctx.now),
        "moved": moved_from(ctx.actor, now=ctx.now),
        "protections": protections_asked(ctx.actor, now=ctx.now),
        "meetings": meetings_ahead(ctx.actor, now=ctx.now),
        "news": list_news(ctx.actor, now=ctx.now),
        "organisation_news": list_organisation_news(ctx.actor, now=ctx.now),
        "threads": threads_waiting(ctx.actor, now=ctx.now),
        "requests": body_requests_of(ctx.actor, now=ctx.now),
        "escalated": unanswered_in_office(ctx.actor, now=ctx.now),
        "escalated_reminders": escalated_to_leader(ctx.actor),
        "snoozed": reminders_for(ctx.actor, on=ctx.today, now=ctx.now, snoozed=True),
        "covers": list_covers(ctx.actor, now=ctx.now),
        "leads": leads_office(ctx.actor, now=ctx.now),
        "people_asking": list_requests(ctx.actor, now=ctx.now)[:],
        "consulted": consultations_to_answer(ctx.actor),
        "consulted_answered": consultations_answered(ctx.actor),
        "triggers": triggers.rows,
        "triggers_count": triggers.total,
        "triggers_aged": triggers.aged,
    }
    if context["leads"]:
        context["imports_waiting"] = imports_to_confirm(ctx.actor, now=ctx.now)
        context["asks_in"] = count_entry_requests(ctx.actor, now=ctx.now)
        context["covers_to_confirm"] = covers_waiting(ctx.actor, now=ctx.now)
    context["clear"] = [heading for heading, name in SECTIONS if not _count(context[name])]
    return render(request, "pages/home/my_day.html", context)


def _count(value: Any) -> int:
    if isinstance(value, Requests):
        return len(value.to_answer)
    return len(value)
