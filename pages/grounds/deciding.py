"""Officers decide on rows of the table: two sign and end, one suspends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.levels import Act
from components.templatetags.formatting import short_date
from consent.access import (
    can_end_ground,
    can_lift_suspension,
    can_sign_ground,
    can_suspend_ground,
)
from consent.models import Ground
from consent.selectors import (
    drafts_to_sign,
    effects_of,
    get_ground,
    has_second_officer,
    later_grounds,
    overlapping_grounds,
)
from consent.services import (
    end_ground,
    lift_suspension,
    set_decision_aside,
    sign_ground,
    sign_grounds,
    suspend_ground,
)
from pages.forms import Form
from pages.grounds.forms import GroundEndForm, SignTogetherForm, SuspendForm
from pages.responses import form_page, redirect_saved
from web.access import needs, only_for, post_only
from web.requests import context_of
from web.step_up import bring_back

officer = only_for(ActorKind.OFFICER)
_WAITS = _("Saved. It counts once another officer has confirmed it.")


@officer
@needs(Act.SIGN_GROUND)
def grounds_sign(request: HttpRequest) -> HttpResponse:
    """All drafts that this officer can sign today, to be read and signed together."""
    ctx = context_of(request)
    rows = drafts_to_sign(ctx.actor, on=ctx.today)
    form = SignTogetherForm(request.POST or None, rows=[row.pk for row in rows])
    bring_back(request, form)
    if form.is_valid():
        with form.refusals():
            signed = sign_grounds(
                actor=ctx.actor,
                ground_ids=form.cleaned_data["rows"],
                signed_by=ctx.actor.name,
                now=ctx.now,
            )
            both = all(row.is_signed for row in signed)
            said = _("Signed. Each row holds from its first day.") if both else _WAITS
            return redirect_saved(request, said, "pages:grounds")
    context = {
        "rows": rows,
        "form": form,
        "signed_by": ctx.actor.name,
        "alone": not has_second_officer(on=ctx.now),
    }
    return render(request, "pages/grounds/grounds_sign.html", context)


@officer
@needs(Act.SIGN_GROUND)
def ground_sign(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """What signing changes for whom, then the button: of the first officer, and of the second."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    can_sign_ground(ctx.actor, row, on=ctx.today).require()
    form = Form(request.POST if request.method == "POST" else None)
    # Found before signing: a refusal leaves the page as it was.
    context: dict[str, Any] = {
        "row": row,
        "effects": effects_of(row),
        "beside": overlapping_grounds(row),
        "decision": row.waiting_decision(),
        "form": form,
    }
    if form.is_valid():
        with form.refusals():
            signed = sign_ground(
                actor=ctx.actor, ground_id=row.pk, signed_by=ctx.actor.name, now=ctx.now
            )
            said = _("Signed. It holds from %(day)s.") % {"day": short_date(row.valid_from)}
            return redirect_saved(
                request, said if signed.is_signed else _WAITS, "pages:ground", row.pk
            )
    context["signed_by"] = ctx.actor.name
    return render(request, "pages/grounds/ground_sign.html", context)


@officer
def ground_end(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """What ends for whom, and the last day: the second officer confirms the first one's."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    can_end_ground(ctx.actor, row, on=ctx.today).require()
    decision = row.waiting_decision()
    form = GroundEndForm(
        request.POST or None, initial={"last_day": decision.last_day} if decision else None
    )
    if form.is_valid():
        with form.refusals():
            end_ground(actor=ctx.actor, ground_id=row.pk, now=ctx.now, **form.cleaned_data)
            said = _("Saved. It ends on the day you chose.") if decision else _WAITS
            return redirect_saved(request, said, "pages:ground", row.pk)
    context = {"row": row, "later": later_grounds(row), "form": form, "decision": decision}
    return render(request, "pages/grounds/ground_end.html", context)


@officer
def ground_suspend(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """One officer takes a row out of force at once, and says why."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    can_suspend_ground(ctx.actor, row, on=ctx.today).require()
    form = SuspendForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            suspend_ground(
                actor=ctx.actor,
                ground_id=row.pk,
                reason=form.cleaned_data["reason"],
                now=ctx.now,
            )
            return redirect_saved(
                request, _("Suspended. It opens nothing from now on."), "pages:ground", row.pk
            )
    return form_page(
        request,
        form,
        heading=_("Suspend this ground?"),
        intro=_now(
            "%(what)s: from this moment on it opens nothing, and you decide it alone. Two officers "
            "then end it or let it hold again. What a body recorded itself it keeps seeing."
        )
        % {"what": _said(row)},
        button=_("Suspend it"),
        back=reverse("pages:ground", args=[row.pk]),
    )


@officer
@needs(Act.SIGN_GROUND)
def ground_lift(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """Two officers let a suspended row hold again."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    can_lift_suspension(ctx.actor, row, on=ctx.today).require()
    form = Form(request.POST if request.method == "POST" else None)
    decision = row.waiting_decision()
    if form.is_valid():
        with form.refusals():
            lift_suspension(actor=ctx.actor, ground_id=row.pk, now=ctx.now)
            said = _("Saved. The ground holds again.") if decision else _WAITS
            return redirect_saved(request, said, "pages:ground", row.pk)
    return form_page(
        request,
        form,
        heading=_("Let this ground hold again?"),
        intro=_now("%(what)s: it opens again what it opened before, once two officers say so.")
        % {"what": _said(row)},
        button=_("Let it hold again"),
        back=reverse("pages:ground", args=[row.pk]),
    )


@officer
@post_only
def ground_set_aside(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """What one officer began is taken back, or turned down by another."""
    ctx = context_of(request)
    row = get_ground(ctx.actor, ground_id)
    set_decision_aside(actor=ctx.actor, ground_id=row.pk, now=ctx.now)
    return redirect_saved(request, _("Set aside. Nothing has changed."), "pages:ground", row.pk)


def _said(row: Ground) -> str:
    return f"{row.category_label}, {row.get_receiver_display()} ({row.section})"
