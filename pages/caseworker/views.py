"""A caseworker's first page and the list of cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from benefits.selectors import Choices, imports_to_confirm, list_flags
from caseplan.meetings.selectors import list_news, meetings_ahead
from caseplan.messages.selectors import threads_waiting
from caseplan.plan.selectors import (
    CaseChoices,
    Requests,
    actions_for_day,
    body_requests_of,
    cases_of,
    changes_for_day,
    list_cases,
    moved_from,
    proposals_waiting_for,
    protections_asked,
    unanswered_in_office,
)
from cases.selectors import handovers_waiting, list_covers, received_cases
from common.actor import ActorKind
from followup.models import ReminderKind
from followup.selectors import gone_up_to_leader, reminders_for
from pages.answers import csv_file
from pages.forms.worklist import CasesForm
from people.selectors import leads_office
from records.selectors import reading_of
from rights.selectors import access_requests_to_answer, corrections_to_answer, openings
from web.access import only_for
from web.requests import actor_of, now_of, today_of
from web.templatetags.speak import in_a_file

PAGE_SIZE = 25
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
worker = only_for(ActorKind.WORKER)
_SEARCHED = "cases_searched"


@worker
def my_day(request: HttpRequest) -> HttpResponse:
    """What is due, who waits for me or my body, what is new, who has gone quiet."""
    actor, now, today = actor_of(request), now_of(request), today_of(request)
    actions = actions_for_day(actor, until=today + timedelta(days=7), now=now)
    triggers = list_flags(actor, Choices(status="new"), limit=5, now=now)
    reminders = [due for due in reminders_for(actor, on=today, now=now) if due.stands_alone]
    context = {
        "overdue": [a for a in actions if a.is_overdue(today)],
        "due": [a for a in actions if not a.is_overdue(today)],
        "reminders": [due for due in reminders if due.kind != ReminderKind.NO_CONTACT],
        "quiet": [due for due in reminders if due.kind == ReminderKind.NO_CONTACT],
        "waiting": proposals_waiting_for(actor, now=now),
        "asked": access_requests_to_answer(actor, now=now),
        "corrections": corrections_to_answer(actor, now=now),
        "openings": openings(actor, now=now),
        "handovers": handovers_waiting(actor),
        "came": received_cases(actor, now=now),
        "changes": changes_for_day(actor, now=now),
        "moved": moved_from(actor, now=now),
        "protections": protections_asked(actor, now=now),
        "meetings": meetings_ahead(actor, now=now),
        "news": list_news(actor, now=now),
        "threads": threads_waiting(actor, now=now),
        "requests": body_requests_of(actor, now=now),
        "escalated": unanswered_in_office(actor, now=now),
        "gone_up": gone_up_to_leader(actor),
        "snoozed": reminders_for(actor, on=today, now=now, snoozed=True),
        "covers": list_covers(actor, now=now),
        "leads": leads_office(actor, now=now),
        "triggers": triggers.rows,
        "triggers_count": triggers.total,
        "triggers_aged": triggers.aged,
    }
    if context["leads"]:
        context["imports_waiting"] = imports_to_confirm(actor, now=now)
    context["clear"] = [heading for heading, name in SECTIONS if not _count(context[name])]
    return render(request, "pages/caseworker/my_day.html", context)


def _count(value: Any) -> int:
    if isinstance(value, Requests):
        return len(value.to_answer)
    return len(value)


@worker
def cases(request: HttpRequest) -> HttpResponse:
    """My cases, searched by name, identity code or phone, narrowed and ordered.

    What is searched for is kept in the session: no name of a client stands in an address.
    """
    if request.method == "POST":
        request.session[_SEARCHED] = request.POST.get("q", "").strip()[:100]
        narrowed = _narrowed(request)
        return redirect(f"{request.path}?{narrowed}" if narrowed else request.path)
    reading = reading_of(actor_of(request), now=now_of(request))
    form, choices = _choices(request)
    found = Paginator(cases_of(reading, choices), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": list_cases(reading, page.object_list, searched=bool(choices.words)),
        "words": choices.words,
        "by_code": choices.is_by_code,
        "narrowed": choices.whose or choices.plan,
        "total": found.count,
        "query": _narrowed(request),
    }
    return render(request, "pages/caseworker/cases.html", context)


@worker
def cases_csv(request: HttpRequest) -> HttpResponse:
    """The list as it was searched, narrowed and ordered, as a file: everybody in it is logged."""
    reading = reading_of(actor_of(request), now=now_of(request))
    _form, choices = _choices(request)
    keys = cases_of(reading, choices)
    rows = list_cases(reading, keys, searched=bool(choices.words), exported=True)
    columns = [_("Client"), _("Born"), _("Non-disclosure"), _("Case manager"),
               _("Plan"), _("Plan or review due"), _("Next action due")]  # fmt: skip
    lines = (
        (
            *in_a_file(row.case.person),
            row.case_manager,
            row.plan_label,
            row.clock.due_on.isoformat() if row.clock else "",
            row.next_due.isoformat() if row.next_due else "",
        )
        for row in rows
    )
    return csv_file("cases.csv", columns, lines)


def _choices(request: HttpRequest) -> tuple[CasesForm, CaseChoices]:
    form = CasesForm(request.GET)
    return form, form.choices(request.session.get(_SEARCHED, ""))


def _narrowed(request: HttpRequest) -> str:
    """The choices of the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
