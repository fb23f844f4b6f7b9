"""A caseworker's first page and lists: my day, cases, triggers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.selectors import list_triggers, newest_day, open_trigger
from benefits.services import decline_trigger
from caseplan.selectors import (
    actions_for_day,
    cases_of,
    list_cases,
    proposals_waiting_for,
)
from caseplan.services import open_case_from_trigger
from common.actor import ActorKind
from followup.selectors import reminders_for
from pages.answers import done, form_page
from pages.forms import DayForm, DeclineForm, OpenCaseForm, saved
from people.selectors import caseworkers_of
from statutes.reader import law_on
from web.access import only_for
from web.requests import actor_of, now_of, today_of

PAGE_SIZE = 25
worker = only_for(ActorKind.WORKER)


@worker
def my_day(request: HttpRequest) -> HttpResponse:
    """Overdue; due within seven days; waiting for my body; new triggers."""
    actor, now, today = actor_of(request), now_of(request), today_of(request)
    actions = actions_for_day(actor, until=today + timedelta(days=7), now=now)
    on = newest_day()
    triggers = list_triggers(actor, on=on, limit=5, now=now) if on else None
    context = {
        "overdue": [a for a in actions if a.is_overdue(today)],
        "due": [a for a in actions if not a.is_overdue(today)],
        "reminders": [due for due in reminders_for(actor, on=today, now=now) if due.is_of_the_plan],
        "waiting": proposals_waiting_for(actor, now=now),
        "triggers": triggers.rows if triggers else [],
        "triggers_count": triggers.total if triggers else 0,
    }
    return render(request, "pages/caseworker/my_day.html", context)


@worker
def cases(request: HttpRequest) -> HttpResponse:
    """My cases, with a search by name among those I may see."""
    actor, now = actor_of(request), now_of(request)
    words = request.GET.get("q", "").strip()
    found = Paginator(cases_of(actor, now=now, words=words), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    rows = list_cases(actor, page.object_list, searched=bool(words), now=now)
    context = {"page": page, "rows": rows, "words": words, "total": found.count}
    return render(request, "pages/caseworker/cases.html", context)


def _asked_on(request: HttpRequest) -> tuple[DayForm, date | None]:
    """The day asked about: from the address, else the newest day imported."""
    form = DayForm(request.GET or None)
    asked = form.cleaned_data["on"] if form.is_valid() else None
    return form, asked or newest_day()


@worker
def triggers(request: HttpRequest) -> HttpResponse:
    """The people who meet a trigger on a day, under the law of that day; longest ago first."""
    actor, now = actor_of(request), now_of(request)
    form, on = _asked_on(request)
    if on is None:
        return render(request, "pages/caseworker/triggers_empty.html")
    number = max(1, int(n) if (n := request.GET.get("page", "1")).isdigit() else 1)
    found = list_triggers(actor, on=on, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, now=now)
    page = Paginator(range(found.total), PAGE_SIZE).get_page(number)
    context = {"form": form, "on": on, "law": law_on(on), "found": found, "page": page}
    return render(request, "pages/caseworker/triggers.html", context)


@worker
def trigger(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Why somebody is on the list: the sentence, what counted and what did not, the law."""
    _form, on = _asked_on(request)
    found = open_trigger(actor_of(request), person_id, rule=rule, on=on, now=now_of(request))
    return render(request, "pages/caseworker/trigger.html", {"trigger": found, "on": on})


@worker
def trigger_open(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Open a case from a trigger: reason, case manager, team of three bodies."""
    actor, now = actor_of(request), now_of(request)
    _form, on = _asked_on(request)
    found = open_trigger(actor, person_id, rule=rule, on=on, now=now)
    workers = [
        (str(p.user_id), f"{p.user.full_name}, {p.office}")
        for p in caseworkers_of(actor.working_network_id, now=now)
    ]
    form = OpenCaseForm(
        request.POST or None, workers=workers, initial={"case_manager": str(actor.user_id)}
    )
    opened: list[UUID] = []

    def write(**data: object) -> None:
        case = open_case_from_trigger(
            actor=actor,
            person_id=person_id,
            rule=rule,
            asked_on=found.asked_on,
            now=now,
            **data,  # type: ignore[arg-type]
        )
        opened.append(case.pk)

    if saved(form, write):
        return done(request, _("The case is open. Draft the plan together."), "pages:case", *opened)
    return form_page(
        request,
        form,
        heading=_("Open a joint case"),
        intro=found.sentence,
        button=_("Open the case"),
        back=_trigger_url(person_id, rule, on),
    )


@worker
def trigger_decline(request: HttpRequest, person_id: UUID, rule: str) -> HttpResponse:
    """Decline a trigger with a reason, which is kept."""
    actor, now = actor_of(request), now_of(request)
    _form, on = _asked_on(request)
    found = open_trigger(actor, person_id, rule=rule, on=on, now=now)
    form = DeclineForm(request.POST or None)

    def write(reason: str) -> None:
        decline_trigger(
            actor=actor, person_id=person_id, rule=rule, on=found.asked_on, reason=reason, now=now
        )

    if saved(form, write):
        return done(request, _("Declined. The reason is kept."), "pages:triggers")
    return form_page(
        request,
        form,
        heading=_("Decline: no need for joint service now"),
        intro=found.sentence,
        button=_("Decline with this reason"),
        back=_trigger_url(person_id, rule, on),
    )


def _trigger_url(person_id: UUID, rule: str, on: date | None) -> str:
    url = reverse("pages:trigger", args=[person_id, rule])
    return f"{url}?on={on:%Y-%m-%d}" if on else url
