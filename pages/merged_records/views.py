"""Two records that may be one person: the officer compares them, and joins them or not."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import list_possible_duplicates, open_possible_duplicate
from cases.services import merge_records, refuse_merge
from common.actor import ActorKind
from pages.forms import Form
from pages.responses import redirect_saved
from web.access import get_only, only_for
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)


@officer
@get_only
def records(request: HttpRequest) -> HttpResponse:
    """What the officer is asked, the oldest first; nobody is named."""
    return render(
        request,
        "pages/merged_records/records.html",
        {"asked": list_possible_duplicates(context_of(request).actor)},
    )


@officer
def record(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Two records side by side: one person, or two."""
    ctx = context_of(request)
    page = open_possible_duplicate(ctx.actor, event_id, now=ctx.now)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            if "no" in request.POST:
                refuse_merge(actor=ctx.actor, event_id=event_id, now=ctx.now)
            else:
                merge_records(actor=ctx.actor, event_id=event_id, now=ctx.now)
            said = _("They stay two.") if "no" in request.POST else _("They are one record now.")
            return redirect_saved(request, said, "pages:records")
    return render(request, "pages/merged_records/record.html", {"page": page, "form": form})
