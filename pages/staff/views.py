"""An office's staff: who works there and who leads it, kept by whoever leads it.

The director sees the network's offices and writes down who leads each; where nobody does, they
keep its staff too.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.selectors import count_managed_cases
from cases.services import end_work
from common.actor import ActorKind
from common.decision import NotVisible, Refused
from pages.forms import Form
from pages.responses import form_page, redirect_refused, redirect_saved, shown_once
from pages.staff.forms import NewWorkerForm, WorkerForm
from people import services
from people.access import can_manage_staff, can_name_leader, get_office, get_position, is_led
from people.models import Position
from people.selectors import list_office_staffing, staff_of
from people.services import PasswordLink
from web.access import get_only, only_for, post_only
from web.requests import context_of

leader_or_director = only_for(ActorKind.WORKER, ActorKind.DIRECTOR)


@leader_or_director
@get_only
def offices(request: HttpRequest) -> HttpResponse:
    """The offices of the director's network; whoever leads an office goes straight to it."""
    ctx = context_of(request)
    rows = list_office_staffing(ctx.actor, now=ctx.now)
    if not rows and ctx.actor.is_worker:
        raise NotVisible
    if ctx.actor.is_worker:
        return redirect("pages:office", rows[0].office.pk)
    return render(request, "pages/staff/offices.html", {"rows": rows})


@leader_or_director
@get_only
def office(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Who works in an office, who leads it, who has left."""
    ctx = context_of(request)
    staff = staff_of(ctx.actor, office_id, now=ctx.now)
    keeps = can_manage_staff(ctx.actor, staff.office, now=ctx.now).allowed
    managed = count_managed_cases([p.user_id for p in staff.current], now=ctx.now) if keeps else {}
    context = {
        "staff": staff,
        "rows": [(position, managed.get(position.user_id, 0)) for position in staff.current],
        "is_led": is_led(staff.office, now=ctx.now),
        "keeps": keeps,
        "is_director": not ctx.actor.is_worker,
    }
    return render(request, "pages/staff/office.html", context)


@leader_or_director
def worker_new(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Let somebody new work in the office; they choose their password by a link."""
    ctx = context_of(request)
    the_office = get_office(ctx.actor, office_id, now=ctx.now)
    can_manage_staff(ctx.actor, the_office, now=ctx.now).require()
    form = NewWorkerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            link = services.add_worker(
                actor=ctx.actor, office_id=office_id, now=ctx.now, **form.cleaned_data
            )
            return _link_page(request, link)
    return form_page(
        request,
        form,
        heading=_("Add somebody to the office"),
        intro=_("They get an address where they choose a password themselves."),
        button=_("Add to the office"),
        back=reverse("pages:office", args=[office_id]),
    )


@leader_or_director
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
                return _to_office(request, position, _("Saved."))
    context = {
        "form": form,
        "position": position,
        "keeps": keeps.allowed,
        "may_name": can_name_leader(ctx.actor, position.office, now=ctx.now).allowed,
        "is_self": position.user_id == ctx.actor.user_id,
    }
    return render(request, "pages/staff/worker.html", context)


@leader_or_director
@post_only
def worker_leads(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """Write down that somebody leads the office, or no longer does."""
    ctx = context_of(request)
    leads = request.POST.get("leads") == "yes"
    try:
        position = services.name_leader(
            actor=ctx.actor, position_id=position_id, leads=leads, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:worker", position_id)
    if position.user_id == ctx.actor.user_id and not leads:
        return redirect_saved(request, _("You no longer lead the office."), "pages:home")
    return _to_office(request, position, _("Saved."))


@leader_or_director
@post_only
def worker_link(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """A new address for somebody who lost their password."""
    ctx = context_of(request)
    made = services.make_password_link(actor=ctx.actor, position_id=position_id, now=ctx.now)
    return _link_page(request, made)


@leader_or_director
def worker_end(request: HttpRequest, position_id: UUID) -> HttpResponse:
    """Somebody no longer works here: what that does is said before."""
    ctx = context_of(request)
    position = get_position(ctx.actor, position_id, now=ctx.now)
    assert position.office is not None
    can_manage_staff(ctx.actor, position.office, now=ctx.now).require()
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            end_work(actor=ctx.actor, position_id=position_id, now=ctx.now)
            if position.user_id == ctx.actor.user_id:
                return redirect("account_login")
            return _to_office(request, position, _("They no longer work here."))
    cases = count_managed_cases([position.user_id], now=ctx.now).get(position.user_id, 0)
    return form_page(
        request,
        form,
        heading=_("%(who)s no longer works here") % {"who": position.user.full_name},
        intro=_(
            "They can no longer log in, and leave every team. Cases they manage: %(cases)s. "
            "Whoever leads the office becomes their case manager at once, and each client is "
            "told. What they have written stays."
        )
        % {"cases": cases},
        button=_("End their work here"),
        back=reverse("pages:worker", args=[position_id]),
    )


@leader_or_director
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


def _link_page(request: HttpRequest, made: PasswordLink) -> HttpResponse:
    path = reverse("choose_password", args=[made.user_key, made.token])
    return shown_once(request, made.position.user.full_name, path)
