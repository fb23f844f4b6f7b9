"""An office's staff: who works there and who leads it, kept by whoever leads it.

The director sees the network's offices; where nobody leads one they propose who does
(``pages.roles``).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.access.covers import leads
from cases.selectors import count_managed_cases
from cases.services import end_work, end_work_later
from common.actor import ActorKind
from common.clock import start_of
from common.decision import NotVisible, Refused
from followup.selectors import link_letter_of
from pages.responses import form_page, paged, redirect_refused, redirect_saved
from pages.staff.forms import EndOfWorkForm, LeaderForm, NewWorkerForm, WorkerForm
from people import services
from people.access import can_manage_staff, get_office, get_position, is_led
from people.models import Position
from people.selectors import (
    coming_positions,
    list_address_changes,
    list_office_staffing,
    missing_from_files,
    open_address_change,
    staff_of,
)
from web.access import get_only, only_for, post_only
from web.identity.links import providers_of
from web.requests import context_of

reader = only_for(ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.KEEPER)


@reader
@get_only
def offices(request: HttpRequest) -> HttpResponse:
    """The offices of the director's network; whoever leads an office goes straight to it."""
    ctx = context_of(request)
    rows = list_office_staffing(ctx.actor, now=ctx.now)
    if not rows and ctx.actor.is_worker:
        raise NotVisible
    if ctx.actor.is_worker:
        return redirect("pages:office", rows[0].office.pk)
    page = paged(request, rows)
    context = {"page": page, "rows": page.object_list, "is_keeper": ctx.actor.is_keeper}
    return render(request, "pages/staff/offices.html", context)


@reader
@get_only
def office(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Who works in an office, who leads it, who has left."""
    ctx = context_of(request)
    staff = staff_of(ctx.actor, office_id, now=ctx.now)
    keeps = can_manage_staff(ctx.actor, staff.office, now=ctx.now).allowed
    managed = count_managed_cases([p.user_id for p in staff.current], now=ctx.now) if keeps else {}
    context = {
        "staff": staff,
        "local_accounts": settings.LOCAL_ACCOUNTS,
        "rows": [(position, managed.get(position.user_id, 0)) for position in staff.current],
        "is_led": is_led(staff.office, now=ctx.now),
        "keeps": keeps,
        "leads": leads(ctx.actor, staff.office.pk, now=ctx.now) if ctx.actor.is_worker else False,
        "is_director": not ctx.actor.is_worker,
        "is_keeper": ctx.actor.is_keeper,
        "changes": list_address_changes(ctx.actor, now=ctx.now) if keeps else [],
        "missing": missing_from_files(staff.office, now=ctx.now),
    }
    return render(request, "pages/staff/office.html", context)


@reader
def worker_new(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Let somebody new work in the office; they choose their password by a link."""
    ctx = context_of(request)
    the_office = get_office(ctx.actor, office_id, now=ctx.now)
    can_manage_staff(ctx.actor, the_office, now=ctx.now).require()
    form = NewWorkerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            position = services.add_worker(
                actor=ctx.actor, office_id=office_id, now=ctx.now, **form.cleaned_data
            )
            said = (
                _("Added. A link is on its way to them.")
                if settings.LOCAL_ACCOUNTS
                else _("Added. They log in through their own organisation.")
            )
            return _to_office(request, position, said)
    return form_page(
        request,
        form,
        heading=_("Add somebody to the office"),
        intro=_(
            "A link comes to their own e-mail address, where they choose a password. Nobody else "
            "sees it."
        )
        if settings.LOCAL_ACCOUNTS
        else _(
            "They log in through their own organisation. At their first log-in they ask to be let "
            "in: say then that it is this account."
        ),
        button=_("Add to the office"),
        back=reverse("pages:office", args=[office_id]),
    )


@reader
def worker(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """One worker: what they are called, whether they lead, a new link, the end of their work."""
    ctx = context_of(request)
    position = get_position(ctx.actor, position_id, now=ctx.now)
    assert position.office is not None
    keeps = can_manage_staff(ctx.actor, position.office, now=ctx.now)
    form = WorkerForm(
        request.POST or None,
        initial={"title": position.title, "phone": position.phone, "email": position.user.email},
    )
    if request.method == "POST":
        keeps.require()
        change = services.change_position
        if form.is_valid():
            with form.refusals():
                change(actor=ctx.actor, position_id=position_id, now=ctx.now, **form.cleaned_data)
                waits = open_address_change(position.user_id) is not None
                said = _("Saved. The new address waits to be confirmed.") if waits else _("Saved.")
                return _to_office(request, position, said)
    context = {
        "form": form,
        "position": position,
        "keeps": keeps.allowed,
        "leader_form": LeaderForm(initial={"since": ctx.today}),
        "coming": coming_positions(position.user_id, now=ctx.now),
        "letter": link_letter_of(position.user_id),
        "comes_by": providers_of(position.user),
        "local_accounts": settings.LOCAL_ACCOUNTS,
        "change": open_address_change(position.user_id),
        "is_self": position.user_id == ctx.actor.user_id,
    }
    return render(request, "pages/staff/worker.html", context)


@reader
@post_only
def worker_leads(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """Write down that somebody leads the office, or no longer does, from a day on."""
    ctx = context_of(request)
    leads = request.POST.get("leads") == "yes"
    form = LeaderForm(request.POST if request.POST.get("since") else {"since": ctx.today})
    if not form.is_valid():
        refusal = Refused("; ".join(str(word) for word in form.errors["since"]))
        return redirect_refused(request, refusal, "pages:worker", position_id)
    since = start_of(form.cleaned_data["since"])
    try:
        position = services.name_leader(
            actor=ctx.actor, position_id=position_id, leads=leads, since=since, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:worker", position_id)
    if position.user_id == ctx.actor.user_id and not leads and since <= ctx.now:
        return redirect_saved(request, _("You no longer lead the office."), "pages:home")
    return _to_office(request, position, _("Saved."))


@reader
@post_only
def worker_link(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """Another link for somebody who lost theirs or their password: it goes to them alone."""
    ctx = context_of(request)
    try:
        services.send_worker_link(actor=ctx.actor, position_id=position_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:worker", position_id)
    return redirect_saved(request, _("A link is on its way to them."), "pages:worker", position_id)


@reader
def worker_end(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """Somebody no longer works here: what that does is said before."""
    ctx = context_of(request)
    position = get_position(ctx.actor, position_id, now=ctx.now)
    assert position.office is not None
    can_manage_staff(ctx.actor, position.office, now=ctx.now).require()
    given = request.POST.dict() if request.method == "POST" else None
    if given is not None:
        given.setdefault("last_day", ctx.today.isoformat())
    form = EndOfWorkForm(given, initial={"last_day": ctx.today})
    if form.is_valid():
        with form.refusals():
            last_day = form.cleaned_data["last_day"]
            if last_day > ctx.today:
                until = start_of(last_day + timedelta(days=1))
                end_work_later(actor=ctx.actor, position_id=position_id, until=until, now=ctx.now)
                return _to_office(request, position, _("Saved. They work here until that day."))
            end_work(actor=ctx.actor, position_id=position_id, now=ctx.now)
            if position.user_id == ctx.actor.user_id:
                said = _("Your work in %(office)s has ended.") % {"office": position.office.name}
                return redirect_saved(request, said, "pages:home")
            return _to_office(request, position, _("They no longer work here."))
    cases = count_managed_cases([position.user_id], now=ctx.now).get(position.user_id, 0)
    return form_page(
        request,
        form,
        heading=_("%(who)s no longer works here") % {"who": position.user.full_name},
        intro=_(
            "From then on they can't log in, and leave every team. Cases they manage: %(cases)s. "
            "Whoever leads the office becomes their case manager, and each client is told. What "
            "they have written stays. With today as the last day it all ends at once."
        )
        % {"cases": cases},
        button=_("End their work here"),
        back=reverse("pages:worker", args=[position_id]),
    )


@reader
@post_only
def worker_back(request: HttpRequest, office_id: UUID, user_id: UUID) -> HttpResponse:
    """Somebody who left works here again, with the same log-in."""
    ctx = context_of(request)
    try:
        position = services.reinstate_worker(
            actor=ctx.actor, office_id=office_id, user_id=user_id, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:office", office_id)
    return _to_office(request, position, _("They work here again."))


def _to_office(request: HttpRequest, position: Position, said: object) -> HttpResponse:
    return redirect_saved(request, str(said), "pages:office", position.office_id)
