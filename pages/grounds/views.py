"""The table of grounds: who may be shown what, since when and to when, and who has signed it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.bodies import Receiver
from common.clock import day_of
from common.decision import NotAllowed, NotVisible
from consent.access import (
    can_discard_draft,
    can_end_ground,
    can_lift_suspension,
    can_sign_ground,
    can_suspend_ground,
)
from consent.models import Category
from consent.selectors import (
    GroundFilter,
    drafts_to_sign,
    effects_of,
    get_ground,
    ground_history,
    ground_table,
    grounds_waiting,
    has_second_officer,
    later_grounds,
    list_grounds_in_force,
    offered_rows,
    overlapping_grounds,
)
from consent.services import (
    discard_draft,
    draft_ground,
    draft_national_table,
)
from pages.forms import Form, as_uuid
from pages.grounds.forms import (
    GroundFilterForm,
    GroundForm,
    NationalTableForm,
)
from pages.responses import csv_file, form_page, redirect_saved
from pages.templatetags.wording import STATES
from people.selectors import all_networks
from web.access import get_only, only_for
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)
# The order in which the rows are listed: what needs the officer first.
_SECTIONS = (
    (
        "suspended",
        _("Suspended: they open nothing until two officers decide"),
        _("Nothing is suspended."),
    ),
    ("draft", _("Drafts: they open nothing until they are signed"), _("Nothing is being drafted.")),
    ("to_come", _("Signed, not yet in force"), _("No change is coming.")),
    ("in_force", _("In force"), _("Nothing holds on this day.")),
    ("ended", _("Ended"), _("Nothing has ended yet.")),
)


@officer
@get_only
def grounds(request: HttpRequest) -> HttpResponse:
    """What holds on a day, kind by kind and receiver by receiver, and the rows it rests on."""
    ctx = context_of(request)
    form = _filters(request)
    chosen, day = form.chosen(), form.day(ctx.today)
    rows = ground_table(chosen, on=day)
    held = list_grounds_in_force(on=day)
    waiting = grounds_waiting(ctx.actor, on=ctx.today)
    context = {
        "form": form,
        "on": day,
        "offered": bool(offered_rows(first_day=ctx.today)),
        "to_sign": len(drafts_to_sign(ctx.actor, on=ctx.today)),
        "waiting": [(one, one.is_late(ctx.today)) for one in waiting],
        "alone": not has_second_officer(on=ctx.now),
        "held": [
            (
                "in-a-case",
                _("What holds in a case"),
                [row for row in held if row.category in Category.values],
            ),
            (
                "before-a-case",
                _("What holds of people without a case"),
                [row for row in held if row.category not in Category.values],
            ),
        ],
        "sections": [
            (
                code,
                heading,
                empty,
                [row for row in rows if row.state_on(day) == code],
                # The overview above tells what holds; the whole history is a click away.
                code in ("in_force", "ended") and chosen == GroundFilter(),
            )
            for code, heading, empty in _SECTIONS
            if chosen.state in ("", code)
        ],
        "narrowed": chosen != GroundFilter(),
        "query": request.GET.urlencode(),
    }
    return render(request, "pages/grounds/grounds.html", context)


@officer
@get_only
def grounds_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows as narrowed, as CSV. No client stands in them."""
    form = _filters(request)
    day = form.day(context_of(request).today)
    columns = [
        _("Kind of information"), _("Receiver"), _("Where"), _("Ground"), _("Section"),
        _("First day"), _("Last day"), _("State"), _("Signed"), _("Signed by"), _("Note"),
    ]  # fmt: skip
    rows = [
        (
            row.category_label,
            row.get_receiver_display(),
            row.network.name if row.network else _now("The whole country"),
            row.get_basis_display(),
            row.section,
            row.valid_from.isoformat(),
            row.valid_to.isoformat() if row.valid_to else "",
            STATES[row.state_on(day)],
            day_of(row.signed_at).isoformat() if row.signed_at else "",
            row.signed_by,
            row.note,
        )
        for row in ground_table(form.chosen(), on=day)
    ]
    return csv_file("grounds.csv", columns, rows)


def _filters(request: HttpRequest) -> GroundFilterForm:
    """The filters in the address; no day in it is today."""
    chosen = request.GET.copy()
    chosen.setdefault("on", context_of(request).today.isoformat())
    return GroundFilterForm(chosen)


@officer
def ground_new(request: HttpRequest) -> HttpResponse:
    """Draft a row; ``like`` names one to begin from."""
    ctx = context_of(request)
    form = GroundForm(request.POST or None, networks=all_networks(), initial=_like(request))
    if form.is_valid():
        with form.refusals():
            row = draft_ground(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            said = _("Drafted. It opens nothing until two officers have signed it.")
            return redirect_saved(request, said, "pages:ground", row.pk)
    return form_page(
        request,
        form,
        heading=_("Draft a ground"),
        intro=_(
            "A row says that one receiver may be shown one kind of information, and why. Nobody "
            "sees anything by a draft."
        ),
        button=_("Save the draft"),
        back=reverse("pages:grounds"),
    )


@officer
def grounds_national(request: HttpRequest) -> HttpResponse:
    """The ready-made table, to be read and drafted from a day on, where nothing is signed yet."""
    ctx = context_of(request)
    offered = offered_rows(first_day=ctx.today)
    if not offered:
        raise NotAllowed(_("The table has rows already. Draft what is missing one by one."))
    form = NationalTableForm(request.POST or None, initial={"first_day": ctx.today})
    if form.is_valid():
        with form.refusals():
            draft_national_table(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            said = _(
                "Drafted. Nobody is shown anything until two officers have read the rows and "
                "signed them."
            )
            return redirect_saved(request, said, "pages:grounds")
    context = {
        "form": form,
        "receivers": [
            (receiver, [row for row in offered if row.receiver == receiver])
            for receiver in Receiver
        ],
    }
    return render(request, "pages/grounds/grounds_national.html", context)


def _like(request: HttpRequest) -> dict[str, Any]:
    """The row named in the address as a beginning; an address that names none is empty."""
    try:
        like = as_uuid(request.GET.get("like", ""))
        row = get_ground(context_of(request).actor, like) if like else None
    except (ValueError, NotVisible):
        row = None
    if row is None:
        return {}
    names = ("category", "receiver", "basis", "section", "note")
    return {**{name: getattr(row, name) for name in names}, "network": str(row.network_id or "")}


@officer
@get_only
def ground(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """One row: what it says, what it changes, what became of it, and what can be done."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    can_sign = can_sign_ground(ctx.actor, row, on=ctx.today)
    context = {
        "row": row,
        "state": row.state_on(ctx.today),
        "effects": effects_of(row) if not row.is_signed else [],
        "beside": overlapping_grounds(row) if not row.is_signed else [],
        "later": later_grounds(row),
        "story": ground_history(row),
        "can_sign": can_sign,
        "can_end": can_end_ground(ctx.actor, row, on=ctx.today),
        "can_suspend": can_suspend_ground(ctx.actor, row, on=ctx.today),
        "can_lift": can_lift_suspension(ctx.actor, row, on=ctx.today),
        "decision": row.waiting_decision(),
        "alone": not has_second_officer(on=ctx.now),
        "can_discard_draft": can_discard_draft(ctx.actor, row),
    }
    return render(request, "pages/grounds/ground.html", context)


@officer
def ground_remove(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    can_discard_draft(ctx.actor, row).require()
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            discard_draft(actor=ctx.actor, ground_id=row.pk, now=ctx.now)
            return redirect_saved(request, _("The draft is discarded."), "pages:grounds")
    return form_page(
        request,
        form,
        heading=_("Discard this draft?"),
        intro=_now("%(what)s, %(who)s: %(section)s. It was never in force; nobody loses anything.")
        % {
            "what": row.category_label,
            "who": row.get_receiver_display(),
            "section": row.section,
        },
        button=_("Discard it"),
        back=reverse("pages:ground", args=[row.pk]),
    )
