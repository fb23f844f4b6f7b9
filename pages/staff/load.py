"""How much each worker of an office has, what nobody owns, and sharing it out; for its leader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from cases.selectors import count_managed_cases
from cases.services import Several, share_out
from followup.selectors import get_office_led, list_load, list_unowned, open_load
from pages.case.writing import worker
from pages.forms import chosen_ids
from pages.responses import redirect_saved
from pages.team.away import worker_choices
from pages.team.forms import ShareOutForm
from people.models import Position
from web.access import get_only
from web.requests import context_of


@worker
@get_only
def office_load(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Each worker's load by name, and what nobody owns with the way to mend it."""
    ctx = context_of(request)
    context = {
        "office": get_office_led(ctx.actor, office_id, now=ctx.now),
        "rows": list_load(ctx.actor, office_id, now=ctx.now),
        "unowned": list_unowned(ctx.actor, office_id, now=ctx.now),
    }
    return render(request, "pages/staff/load.html", context)


@worker
def worker_load(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """One worker's cases; chosen ones go to another of the office, after one has seen both numbers.

    The page proposes nothing: it says how many each has before and after what was chosen.
    """
    ctx = context_of(request)
    found = open_load(ctx.actor, position_id, now=ctx.now)
    position = found.position
    assert position.office_id is not None
    here = [row.position for row in list_load(ctx.actor, position.office_id, now=ctx.now)]
    others = [p for p in here if p.user_id not in (position.user_id, ctx.actor.user_id)]
    form = ShareOutForm(request.POST or None, workers=worker_choices(ctx, others))
    chosen = set(chosen_ids(request.POST.getlist("cases")))
    after: list[dict[str, Any]] = []
    if form.is_valid():
        if request.POST.get("confirmed"):
            with form.refusals():
                done = share_out(
                    actor=ctx.actor, giver_id=position.user_id, case_ids=chosen, now=ctx.now,
                    **form.cleaned_data,
                )  # fmt: skip
                return redirect_saved(
                    request, _given(done), "pages:office_load", position.office_id
                )
        elif chosen:
            after = _before_and_after(
                position, _chosen(others, form.cleaned_data["receiver_id"]), len(chosen), ctx.now
            )
    context = {
        "form": form,
        "position": position,
        "rows": [(row, row.id in chosen) for row in found.rows],
        "others": others,
        "after": after,
        "back": reverse("pages:office_load", args=[position.office_id]),
    }
    return render(request, "pages/staff/worker_load.html", context)


def _chosen(others: list[Position], user_id: UUID) -> Position:
    return next(p for p in others if p.user_id == user_id)


def _before_and_after(
    giver: Position, receiver: Position, moving: int, now: Any
) -> list[dict[str, Any]]:
    counts = count_managed_cases([giver.user_id, receiver.user_id], now=now)
    return [
        {"who": p.user.full_name, "before": counts.get(p.user_id, 0),
         "after": counts.get(p.user_id, 0) + change}
        for p, change in ((giver, -moving), (receiver, moving))
    ]  # fmt: skip


def _given(done: Several) -> str:
    said = ngettext(
        "%(n)s case has a new case manager. The client is told.",
        "%(n)s cases have a new case manager. The clients are told.",
        done.done,
    ) % {"n": done.done}
    if not done.stayed:
        return said
    stayed = ngettext(
        "%(n)s stayed where it was:", "%(n)s stayed where they were:", len(done.stayed)
    ) % {"n": len(done.stayed)}
    return " ".join([said, stayed, done.stayed[0]])
