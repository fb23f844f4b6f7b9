"""Several people of the list chosen at once: to be assessed, given, put off, taken out as a file.

Opening a case and declining keep a reason for each person, so they are for one at a time.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from benefits.services import (
    assess_people,
    colleagues_of,
    decline_person,
    give_people,
    snooze_people,
)
from common.actor import ActorKind
from pages.case.heading import About
from pages.responses import form_page, redirect_saved
from pages.team.away import away_of, with_away
from pages.triggers.forms import DeclineTriggerForm, GiveForm, SnoozeTriggerForm
from pages.triggers.opened import opened_person
from pages.triggers.said import redirect_handled
from pages.triggers.worklist import chosen_of, list_url
from web.access import only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@post_only
def assess(request: HttpRequest) -> HttpResponse:
    """Say that one looks at the need of those chosen."""
    ctx = context_of(request)
    people = chosen_of(request.POST)
    if not people:
        return _nobody(request)
    handled = assess_people(actor=ctx.actor, person_ids=people, now=ctx.now)
    return redirect_handled(request, handled, _("You assess them."), list_url(request))


@worker
def give(request: HttpRequest) -> HttpResponse:
    """Give those chosen to somebody of one's office."""
    ctx = context_of(request)
    people = chosen_of(request.GET)
    if not people:
        return _ask(request)
    office = colleagues_of(ctx.actor, now=ctx.now)
    away = away_of(ctx, office)
    named = {key: with_away(name, away.get(key)) for key, name in office.items()}
    form = GiveForm(request.POST or None, office=named)
    if form.is_valid():
        with form.refusals():
            handled = give_people(
                actor=ctx.actor, person_ids=people, now=ctx.now, **form.cleaned_data
            )
            return redirect_handled(request, handled, _("Given."), list_url(request))
    return form_page(
        request, form, heading=_("Give people to somebody of your office"), intro=_how_many(people),
        button=_("Give"), back=list_url(request),
    )  # fmt: skip


@worker
def snooze(request: HttpRequest) -> HttpResponse:
    """Leave those chosen out of the list until a day."""
    ctx = context_of(request)
    people = chosen_of(request.GET)
    if not people:
        return _ask(request)
    form = SnoozeTriggerForm(
        request.POST or None, initial={"until": ctx.today + timedelta(days=30)}
    )
    if form.is_valid():
        with form.refusals():
            handled = snooze_people(
                actor=ctx.actor, person_ids=people, now=ctx.now, **form.cleaned_data
            )
            return redirect_handled(
                request, handled, _("Left out until the day you chose."), list_url(request)
            )
    return form_page(
        request, form, heading=_("Snooze until a day"), intro=_how_many(people),
        button=_("Snooze with this reason"), back=list_url(request),
    )  # fmt: skip


@worker
@post_only
def file(request: HttpRequest) -> HttpResponse:
    """Go on to the file of those chosen; why it is taken out is asked there."""
    people = chosen_of(request.POST)
    if not people:
        return _nobody(request)
    return redirect(_with(reverse("pages:triggers_csv"), request, people))


@worker
def decline(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Decline somebody from the list: one reason, kept for each of theirs."""
    ctx = context_of(request)
    opened = opened_person(request, person_id)
    form = DeclineTriggerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            decline_person(actor=ctx.actor, person_id=person_id, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Declined. The reason is kept."), list_url(request))
    return form_page(
        request,
        form,
        heading=_("Decline: no need for joint service now"),
        intro=" ".join(found.sentence for found in opened.reasons),
        button=_("Decline with this reason"),
        back=list_url(request),
        about=About(opened.person, opened.url, whole=True),
    )


def _ask(request: HttpRequest) -> HttpResponse:
    """Go on to the form about those whom the list sent along."""
    people = chosen_of(request.POST)
    return redirect(_with(request.path, request, people)) if people else _nobody(request)


def _with(path: str, request: HttpRequest, people: list[UUID]) -> str:
    narrowed = request.GET.copy()
    narrowed.setlist("person", [str(key) for key in people])
    return f"{path}?{narrowed.urlencode()}"


def _nobody(request: HttpRequest) -> HttpResponse:
    url = list_url(request)
    return redirect(f"{url}{'&' if '?' in url else '?'}{urlencode({'nobody': 1})}")


def _how_many(people: list[UUID]) -> str:
    return ngettext("%(count)d person chosen.", "%(count)d people chosen.", len(people)) % {
        "count": len(people)
    }
