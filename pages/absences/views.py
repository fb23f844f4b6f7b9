"""Who answers for whom while they are away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases import services
from cases.access.absences import get_absence
from cases.access.covers import get_cover_to_review
from cases.models import CoverFinding
from cases.selectors import (
    absences_in_hand,
    coverable_workers,
    covers_in_hand,
    covers_waiting,
    list_covers_to_review,
    reviewed_covers,
)
from common.actor import ActorKind
from common.clock import day_of
from components.templatetags.formatting import moment
from followup.selectors import what_happened
from pages.absences.forms import CoverForm, ReviewForm
from pages.case.writing import worker
from pages.responses import form_page, redirect_saved
from pages.team.away import worker_choices
from people.models import Position
from people.selectors import caseworkers_of
from web.access import get_only, only_for, post_only
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)
_FOR_ONESELF = _("They stand in in all cases at once, and it ends by itself.")
_FOR_OTHERS = _(
    "They stand in in all cases at once, and it ends by itself: what you choose for somebody else "
    "after 30 days at most, and where you stand in yourself after 72 hours, unless another leader "
    "confirms it. The one away is told."
)


@worker
@get_only
def covers(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, as far as it concerns this worker."""
    ctx = context_of(request)
    context = {
        "covers": covers_in_hand(ctx.actor, now=ctx.now),
        "absences": [
            row.absence for row in absences_in_hand(ctx.actor, now=ctx.now) if not row.covered
        ],
        "waiting": covers_waiting(ctx.actor, now=ctx.now),
    }
    return render(request, "pages/absences/covers.html", context)


@worker
def cover_new(request: HttpRequest) -> HttpResponse:
    """Who is away, and who stands in in all their cases; or, for now, nobody."""
    ctx = context_of(request)
    absent = coverable_workers(ctx.actor, now=ctx.now)
    form = _form(request, absent, initial={"user_id": str(ctx.actor.user_id)})
    if form.is_valid():
        with form.refusals():
            return _saved(request, form)
    return form_page(
        request,
        form,
        heading=_("Away, and who stands in"),
        intro=_FOR_OTHERS if len(absent) > 1 else _FOR_ONESELF,
        button=_("Save"),
        back=reverse("pages:covers"),
    )


@worker
def cover_for(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Name who stands in for somebody who is away: who and when stand in the form already."""
    ctx = context_of(request)
    absence = get_absence(ctx.actor, absence_id, now=ctx.now)
    form = _form(
        request,
        coverable_workers(ctx.actor, now=ctx.now),
        named=True,
        initial={
            "user_id": str(absence.user_id),
            "since": max(ctx.today, day_of(absence.since)),
            "until": day_of(absence.until - timedelta(microseconds=1)),
        },
    )
    if form.is_valid():
        with form.refusals():
            return _saved(request, form)
    return form_page(
        request,
        form,
        heading=_("Name a cover"),
        intro=_FOR_OTHERS if absence.user_id != ctx.actor.user_id else _FOR_ONESELF,
        button=_("Save"),
        back=reverse("pages:covers"),
    )


def _form(request: HttpRequest, absent: list[Position], **given: Any) -> CoverForm:
    ctx = context_of(request)
    workers = caseworkers_of(ctx.actor.working_network_id, now=ctx.now)
    # Nobody stands in for themselves: where only one may be away, they are not offered.
    alone = absent[0].user_id if len(absent) == 1 else None
    of_body = [
        p for p in workers if p.office and p.office.body == ctx.actor.body and p.user_id != alone
    ]
    return CoverForm(
        request.POST or None,
        absent=[(str(p.user_id), f"{p.user.full_name}, {p.office}") for p in absent],
        workers=worker_choices(ctx, of_body),
        **given,
    )


def _saved(request: HttpRequest, form: CoverForm) -> HttpResponse:
    """Save what was chosen. Raises :class:`Refused` as the services do."""
    ctx = context_of(request)
    if form.cleaned_data["by_id"] is None:
        away = {key: form.cleaned_data[key] for key in ("user_id", "since", "until")}
        services.record_absence(actor=ctx.actor, now=ctx.now, **away)
        said = _now("Saved. Nobody stands in: the leader of the office is told.")
        return redirect_saved(request, said, "pages:covers")
    cover = services.cover_absence(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
    said = _now("The cover is chosen.")
    if cover.named_oneself:
        said = _now(
            "You stand in until %(moment)s. It goes on when another leader confirms it; "
            "otherwise the data-protection officer looks at it."
        ) % {"moment": moment(cover.until)}
    return redirect_saved(request, said, "pages:covers")


@worker
@post_only
def absence_end(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """They are back."""
    ctx = context_of(request)
    services.end_absence(actor=ctx.actor, absence_id=absence_id, now=ctx.now)
    return redirect_saved(request, _("They are no longer said to be away."), "pages:covers")


@worker
@post_only
def cover_end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    services.end_cover(actor=ctx.actor, cover_id=cover_id, now=ctx.now)
    return redirect_saved(request, _("The cover has ended."), "pages:covers")


@worker
@post_only
def cover_confirm(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """Another leader confirms that a leader stands in themselves."""
    ctx = context_of(request)
    services.confirm_cover(actor=ctx.actor, cover_id=cover_id, now=ctx.now)
    return redirect_saved(request, _("Confirmed. The cover goes on."), "pages:covers")


@officer
@get_only
def covers_reviewed(request: HttpRequest) -> HttpResponse:
    """Leaders who named themselves and whom nobody confirmed: to look at, and what was found."""
    ctx = context_of(request)
    waiting = list_covers_to_review(ctx.actor, now=ctx.now)
    context = {
        "waiting": [(row, row.is_late(ctx.today)) for row in waiting],
        "found": reviewed_covers(ctx.actor, now=ctx.now),
    }
    return render(request, "pages/absences/covers_reviewed.html", context)


@officer
def cover_review(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """The officer says what they found; it is kept."""
    ctx = context_of(request)
    cover = get_cover_to_review(ctx.actor, cover_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.review_cover(
                actor=ctx.actor,
                cover_id=cover.pk,
                finding=CoverFinding(form.cleaned_data["finding"]),
                found_why=form.cleaned_data["found_why"],
                now=ctx.now,
            )
            return redirect_saved(request, _("Saved."), "pages:covers_reviewed")
    return form_page(
        request,
        form,
        heading=_now("%(who)s stood in for %(away)s")
        % {"who": cover.by.full_name, "away": cover.user.full_name},
        intro=_now(
            "They chose themselves, from %(since)s to %(until)s, and no other leader confirmed it. "
            "Ask the one who was away, or their office, whether it was needed. What was read "
            "stands in each client's log."
        )
        % {"since": moment(cover.since), "until": moment(cover.until)},
        button=_("Save"),
        back=reverse("pages:covers_reviewed"),
    )


@worker
@get_only
def cover_over(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """What happened in the cases of somebody who is back, while another stood in."""
    ctx = context_of(request)
    cover, rows = what_happened(ctx.actor, cover_id, now=ctx.now)
    return render(request, "pages/absences/meanwhile.html", {"cover": cover, "rows": rows})


@worker
@post_only
def cover_over_read(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """They have read it: it goes from their first page."""
    ctx = context_of(request)
    services.mark_news_seen(actor=ctx.actor, now=ctx.now, subject_id=cover_id)
    return redirect_saved(request, _("Marked as read."), "pages:my_day")
