"""Many cases at once: offered by whoever manages them, taken by whoever was asked, and read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from caseplan.plan.selectors import CaseChoices, cases_of, list_cases, list_handovers
from cases import services
from cases.selectors import handovers_open_in
from common.decision import Refused
from followup.selectors import count_what_moves, list_what_came
from pages.case.writing import worker
from pages.forms import chosen_ids
from pages.responses import redirect_refused, redirect_saved
from pages.team.away import worker_choices
from pages.team.forms import SeveralForm
from people.selectors import caseworkers_of
from records.selectors import reading_of
from web.access import get_only, post_only
from web.requests import context_of

SOME = 5
"""So many cases are chosen one by one; of more, all can be chosen at once."""


@worker
def hand_over_several(request: HttpRequest) -> HttpResponse:
    """Choose cases, one receiver and why; each waits for their answer by itself."""
    ctx = context_of(request)
    workers = [
        p for p in caseworkers_of(ctx.actor.working_network_id, now=ctx.now)
        if p.user_id != ctx.actor.user_id
    ]  # fmt: skip
    form = SeveralForm(request.POST or None, workers=worker_choices(ctx, workers))
    chosen = set(chosen_ids(request.POST.getlist("cases")))
    if form.is_valid():
        with form.refusals():
            done = services.hand_over_several(
                actor=ctx.actor, case_ids=chosen, now=ctx.now, reasons=_reasons(request, chosen),
                **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _asked(done), "pages:hand_over_several")
    reading = reading_of(ctx.actor, now=ctx.now)
    rows = list_cases(reading, cases_of(reading, CaseChoices(whose="managed")), searched=False)
    offered = handovers_open_in([row.case.pk for row in rows])
    given = _reasons(request, chosen)
    if request.method == "GET" and "all" in request.GET:
        chosen = {row.case.pk for row in rows if row.case.pk not in offered}
    context: dict[str, Any] = {
        "form": form,
        "more_than_some": len(rows) - len(offered) > SOME,
        "rows": [
            (row, offered.get(row.case.pk), row.case.pk in chosen, given.get(row.case.pk, ""))
            for row in rows
        ],
    }
    return render(request, "pages/team/several.html", context)


def _reasons(request: HttpRequest, chosen: set[UUID]) -> dict[UUID, str]:
    """The reasons of their own that were written beside some of the cases."""
    return {key: request.POST.get(f"reason_{key}", "")[:2000] for key in chosen}


def _asked(done: services.Several) -> str:
    said = ngettext(
        "%(n)s case is offered. You are told when it is answered.",
        "%(n)s cases are offered. You are told when each is answered.",
        done.done,
    ) % {"n": done.done}
    return _with_stayed(said, done)


def _with_stayed(said: str, done: services.Several) -> str:
    if not done.stayed:
        return said
    stayed = ngettext(
        "%(n)s stayed where it was:", "%(n)s stayed where they were:", len(done.stayed)
    ) % {"n": len(done.stayed)}
    return " ".join([said, stayed, *dict.fromkeys(done.stayed)])


@worker
@get_only
def handovers(request: HttpRequest) -> HttpResponse:
    """The cases one is asked to take, to be taken together or one by one; no client is named."""
    ctx = context_of(request)
    rows = list_handovers(ctx.actor, now=ctx.now)
    context = {
        "rows": [(row, count_what_moves(row)) for row in rows],
        "mine": ctx.actor.user_id,
    }
    return render(request, "pages/team/handovers.html", context)


@worker
@post_only
def handovers_accept(request: HttpRequest) -> HttpResponse:
    """Take the chosen ones; what was taken back meanwhile stays, and is told."""
    ctx = context_of(request)
    try:
        done = services.accept_several(
            actor=ctx.actor, handover_ids=chosen_ids(request.POST.getlist("handovers")),
            now=ctx.now,
        )  # fmt: skip
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:handovers")
    said = ngettext(
        "You are the case manager of %(n)s case more.",
        "You are the case manager of %(n)s cases more.",
        done.done,
    ) % {"n": done.done}
    return redirect_saved(request, _with_stayed(said, done), "pages:cases_came")


@worker
@get_only
def cases_came(request: HttpRequest) -> HttpResponse:
    """What moved to this worker, from whom, and what is open in each; until they have read it."""
    ctx = context_of(request)
    return render(request, "pages/team/came.html", {"came": list_what_came(ctx.actor, now=ctx.now)})


@worker
@post_only
def cases_came_read(request: HttpRequest) -> HttpResponse:
    """They have read what came from one giver."""
    ctx = context_of(request)
    for giver in chosen_ids(request.POST.getlist("giver")):
        services.mark_news_seen(actor=ctx.actor, now=ctx.now, subject_id=giver)
    return redirect_saved(request, _("Marked as read."), "pages:my_day")
