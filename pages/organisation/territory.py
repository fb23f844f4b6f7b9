"""Municipalities join, leave and merge, a network ends: proposed, its effects shown, decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.decision import Refused
from evaluation.selectors import territory_effects
from pages.organisation.forms import LeaveForm, MergeForm, SinceForm, TownForm
from pages.organisation.views import keeper, overseer
from pages.responses import form_page, redirect_refused, redirect_saved
from people import services
from people.access import can_decide_territory
from people.models import Network, ProposalState, TerritoryChange
from people.selectors import municipality_names
from web.access import get_only, post_only
from web.requests import Context, context_of

_SECOND = _(
    "A data-protection officer decides it, as it changes what is seen of the registers. You see "
    "first what becomes of open cases."
)


@keeper
def town_new(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """Propose that a municipality is of the network from a day on."""
    ctx = context_of(request)
    network = get_object_or_404(Network, pk=network_id)
    form = TownForm(request.POST or None, initial={"since": ctx.today})
    if form.is_valid():
        with form.refusals():
            change = services.propose_joining(
                actor=ctx.actor, network_id=network_id, now=ctx.now, **form.cleaned_data
            )
            return _proposed(request, change)
    return form_page(
        request,
        form,
        heading=_("A municipality joins %(network)s") % {"network": network.name},
        intro=_SECOND,
        button=_("Propose"),
        back=reverse("pages:network", args=[network_id]),
    )


@keeper
def town_leave(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """Propose that a municipality is of no network from a day on."""
    ctx = context_of(request)
    network = get_object_or_404(Network, pk=network_id)
    form = LeaveForm(
        request.POST or None, towns=municipality_names(network_id, on=ctx.today),
        initial={"since": ctx.today},
    )  # fmt: skip
    if form.is_valid():
        with form.refusals():
            change = services.propose_leaving(
                actor=ctx.actor, network_id=network_id, now=ctx.now, **form.cleaned_data
            )
            return _proposed(request, change)
    return form_page(
        request,
        form,
        heading=_("A municipality leaves %(network)s") % {"network": network.name},
        intro=_("Where it goes to another network, write it down there: it leaves this one then."),
        button=_("Propose"),
        back=reverse("pages:network", args=[network_id]),
    )


@keeper
def towns_merge(request: HttpRequest) -> HttpResponse:
    """Propose that a municipality becomes part of another."""
    ctx = context_of(request)
    form = MergeForm(request.POST or None, initial={"since": date(ctx.today.year + 1, 1, 1)})
    if form.is_valid():
        with form.refusals():
            change = services.propose_merger(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return _proposed(request, change)
    return form_page(
        request,
        form,
        heading=_("Municipalities merge"),
        intro=_(
            "Whoever the registers still place in the old municipality lives in the one that goes "
            "on, from that day on. Where two become a third, write it down for each."
        ),
        button=_("Propose"),
        back=reverse("pages:organisation"),
    )


@keeper
def network_end(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """Propose that the network is no more from a day on."""
    ctx = context_of(request)
    network = get_object_or_404(Network, pk=network_id)
    form = SinceForm(request.POST or None, initial={"since": ctx.today})
    if form.is_valid():
        with form.refusals():
            change = services.propose_network_end(
                actor=ctx.actor, network_id=network_id, now=ctx.now, **form.cleaned_data
            )
            return _proposed(request, change)
    return form_page(
        request,
        form,
        heading=_("%(network)s ends") % {"network": network.name},
        intro=_("Its offices are closed first. Its municipalities are of no network then."),
        button=_("Propose"),
        back=reverse("pages:network", args=[network_id]),
    )


@overseer
@get_only
def territory_change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """What is proposed, and what becomes of open cases by it."""
    ctx = context_of(request)
    found = TerritoryChange.objects.select_related(
        "network", "municipality", "into", "proposed_by", "decided_by"
    )
    change = get_object_or_404(found, pk=change_id)
    waits = change.state == ProposalState.WAITING
    context = {
        "change": change,
        "effects": territory_effects(ctx.actor, change, now=ctx.now) if waits else None,
        "waits": waits,
        "may_decide": waits and can_decide_territory(ctx.actor, change).allowed,
        "may_withdraw": waits and ctx.actor.is_keeper,
    }
    return render(request, "pages/organisation/territory_change.html", context)


@overseer
@post_only
def territory_decide(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Let it take effect from its day on, or turn it down."""
    ctx = context_of(request)
    accepted = request.POST.get("accepted") == "yes"
    try:
        services.decide_territory(
            actor=ctx.actor, change_id=change_id, accepted=accepted, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:territory_change", change_id)
    said = _("Decided. It holds from its day on.") if accepted else _("Turned down.")
    return redirect_saved(request, said, "pages:organisation")


@keeper
@post_only
def territory_withdraw(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Take back what was proposed."""
    ctx: Context = context_of(request)
    services.withdraw_territory(actor=ctx.actor, change_id=change_id, now=ctx.now)
    return redirect_saved(request, _("Taken back."), "pages:organisation")


def _proposed(request: HttpRequest, change: TerritoryChange) -> HttpResponse:
    if change.state == ProposalState.DONE:
        said = _("Saved. Nobody is here yet about whom anything could be shown.")
        if change.network_id is not None:
            return redirect_saved(request, said, "pages:network", change.network_id)
        return redirect_saved(request, said, "pages:organisation")
    said = _("Proposed. A data-protection officer decides it.")
    return redirect_saved(request, said, "pages:territory_change", change.pk)
