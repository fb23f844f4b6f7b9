"""The systems that read by themselves: a list, one of them with its keys and calls, and forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from common.actor import ActorKind
from common.bodies import Body
from common.decision import NotVisible, Refused
from common.scopes import MachineScope
from pages.machines.forms import KeyForm, MachineForm
from pages.responses import form_page, paged, redirect_refused, redirect_saved
from people import services
from people.machine_access import can_propose_machine, can_read_calls
from people.selectors import (
    all_networks,
    leads_office,
    list_machines,
    machine_calls,
    open_machine,
)
from rights.wording import calls_in_words
from web.access import get_only, only_for, post_only
from web.requests import Context, context_of

reader = only_for(ActorKind.KEEPER, ActorKind.OFFICER, ActorKind.DIRECTOR, ActorKind.WORKER)
keeper = only_for(ActorKind.KEEPER)
CALLS_A_PAGE = 25


@reader
@get_only
def machines(request: HttpRequest) -> HttpResponse:
    """Every system that reads, waits to, or has read."""
    ctx = _overseeing(request)
    context = {
        "machines": list_machines(ctx.actor, now=ctx.now),
        "may_propose": can_propose_machine(ctx.actor).allowed,
    }
    return render(request, "pages/machines/machines.html", context)


@reader
@get_only
def machine(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """One system: what it may read, its keys, and each of its calls in words."""
    ctx = _overseeing(request)
    shown = open_machine(ctx.actor, machine_id, now=ctx.now)
    context: dict[str, Any] = {"shown": shown, "reads_calls": can_read_calls(ctx.actor).allowed}
    if context["reads_calls"]:
        page = paged(request, machine_calls(ctx.actor, machine_id, now=ctx.now), CALLS_A_PAGE)
        context |= {"page": page, "calls": calls_in_words(page.object_list)}
    return render(request, "pages/machines/machine.html", context)


@keeper
def machine_new(request: HttpRequest) -> HttpResponse:
    """Register a system; a second person decides."""
    ctx = context_of(request)
    networks = {str(network.pk): network for network in all_networks()}
    form = MachineForm(
        request.POST or None,
        request.FILES or None,
        networks=[(key, network.name) for key, network in networks.items()],
    )
    if form.is_valid():
        given = form.cleaned_data
        with form.refusals():
            made = services.propose_machine(
                actor=ctx.actor, name=given["name"], body=Body(given["body"]),
                network=networks[given["network"]], purpose=Purpose(given["purpose"]),
                scopes=[MachineScope(scope) for scope in given["scopes"]],
                addresses=given["addresses"].splitlines(), contact_name=given["contact_name"],
                contact_email=given["contact_email"], valid_from=given["valid_from"],
                valid_until=given["valid_until"], keys=given["keys"], now=ctx.now,
            )  # fmt: skip
            return redirect_saved(
                request, _("Proposed. It reads once a second person has decided."),
                "pages:machine", made.pk,
            )  # fmt: skip
    return form_page(
        request,
        form,
        heading=_("Register a system that reads"),
        intro=_(
            "A system of a body reads what a worker of that body on the team could read, and never "
            "more. An officer, or whoever leads an office of another body, decides. What is "
            "registered stands: whoever wants it otherwise registers it anew."
        ),
        button=_("Propose"),
        back=reverse("pages:machines"),
    )


@reader
@post_only
def machine_decide(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """As the second person, let it read or turn it down."""
    ctx = _overseeing(request)
    accepted = request.POST.get("accepted") == "yes"
    try:
        services.decide_machine(
            actor=ctx.actor, machine_id=machine_id, accepted=accepted, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:machine", machine_id)
    said = _("It may read from its day on.") if accepted else _("Turned down.")
    return redirect_saved(request, said, "pages:machine", machine_id)


@keeper
@post_only
def machine_withdraw(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """Take back what one has proposed."""
    ctx = context_of(request)
    services.withdraw_machine(actor=ctx.actor, machine_id=machine_id, now=ctx.now)
    return redirect_saved(request, _("Taken back."), "pages:machine", machine_id)


@reader
@post_only
def machine_end(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """It reads no more, from this moment."""
    ctx = _overseeing(request)
    try:
        services.end_machine(actor=ctx.actor, machine_id=machine_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:machine", machine_id)
    return redirect_saved(
        request, _("It reads no more, from this moment."), "pages:machine", machine_id
    )


@keeper
def machine_key_new(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """Propose another key of a system, beside the one that counts."""
    ctx = context_of(request)
    shown = open_machine(ctx.actor, machine_id, now=ctx.now)
    form = KeyForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        (key,) = form.cleaned_data["keys"]
        with form.refusals():
            services.propose_machine_key(
                actor=ctx.actor, machine_id=machine_id, key=key, now=ctx.now
            )
            return redirect_saved(
                request, _("Proposed. It counts once a second person has decided."),
                "pages:machine", machine_id,
            )  # fmt: skip
    return form_page(
        request,
        form,
        heading=_("Another key of %(name)s") % {"name": shown.machine.name},
        intro=_(
            "Two keys count at a time: the old one is ended once the system signs with the new one."
        ),
        button=_("Propose"),
        back=reverse("pages:machine", args=[machine_id]),
    )


@reader
@post_only
def machine_key_decide(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """As the second person, let another key count or turn it down."""
    ctx = _overseeing(request)
    accepted = request.POST.get("accepted") == "yes"
    try:
        key = services.decide_machine_key(
            actor=ctx.actor, key_id=key_id, accepted=accepted, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:machines")
    said = _("The key counts from now on.") if accepted else _("Turned down.")
    return redirect_saved(request, said, "pages:machine", key.machine_id)


@reader
@post_only
def machine_key_end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """A key counts no more, from this moment."""
    ctx = _overseeing(request)
    try:
        services.end_machine_key(actor=ctx.actor, key_id=key_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:machines")
    return redirect_saved(request, _("The key counts no more, from this moment."), "pages:machines")


def _overseeing(request: HttpRequest) -> Context:
    """Who asks, where there is something here for them: a worker who leads an office, too."""
    ctx = context_of(request)
    if ctx.actor.is_worker and not leads_office(ctx.actor, now=ctx.now):
        raise NotVisible
    return ctx
