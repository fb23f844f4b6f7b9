"""The whole of what whoever keeps the organisation keeps, on one page; and its news."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.decision import NotVisible
from pages.installation.views import checklist_for
from pages.organisation.forms import NetworkForm, NetworkNameForm
from pages.responses import form_page, paged, redirect_saved
from people import services
from people.access import holds_nobody
from people.models import Network, TerritoryChange
from people.selectors import (
    NetworkShown,
    list_networks,
    list_organisation_news,
    list_role_changes,
    machines_ending,
    machines_waiting,
    staff_files_waiting,
    terms_ending,
    waiting_territory_changes,
)
from web.access import get_only, only_for, post_only
from web.requests import context_of

keeper = only_for(ActorKind.KEEPER)
overseer = only_for(ActorKind.KEEPER, ActorKind.OFFICER)
told = only_for(
    ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.STEERING, ActorKind.KEEPER, ActorKind.OFFICER
)


@overseer
@get_only
def organisation(request: HttpRequest) -> HttpResponse:
    """The networks with their municipalities and offices, what waits, and what is new."""
    ctx = context_of(request)
    context = {
        "networks": paged(request, list_networks(now=ctx.now)),
        "roles_waiting": len(list_role_changes(ctx.actor, now=ctx.now)),
        "changes": waiting_territory_changes(),
        "files": staff_files_waiting(ctx.actor, now=ctx.now),
        "machines_ending": machines_ending(ctx.actor, now=ctx.now),
        "machines_waiting": machines_waiting(ctx.actor, now=ctx.now),
        "ending": terms_ending(ctx.actor, now=ctx.now),
        "news": list_organisation_news(ctx.actor, now=ctx.now),
        "holds_nobody": holds_nobody(),
        "is_keeper": ctx.actor.is_keeper,
        "left": checklist_for(ctx).left,
    }
    return render(request, "pages/organisation/organisation.html", context)


@told
@post_only
def organisation_seen(request: HttpRequest) -> HttpResponse:
    """News of the organisation is read, and leaves the first page."""
    ctx = context_of(request)
    try:
        ids = [UUID(value) for value in request.POST.getlist("event")]
    except ValueError:
        return HttpResponseBadRequest()
    services.see_organisation_news(actor=ctx.actor, event_ids=ids, now=ctx.now)
    return redirect_saved(request, _("Read."), "pages:home")


@overseer
@get_only
def network(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """One network: its municipalities by the day, its offices, what waits of it."""
    ctx = context_of(request)
    shown = next((n for n in list_networks(now=ctx.now) if n.network.pk == network_id), None)
    if shown is None:
        raise NotVisible
    ends = shown.network.ends_on
    context = {
        "shown": shown,
        "changes": [c for c in waiting_territory_changes() if concerns(c, shown)],
        "is_keeper": ctx.actor.is_keeper,
        "keeps": ctx.actor.is_keeper and (ends is None or ends > ctx.today),
    }
    return render(request, "pages/organisation/network.html", context)


def concerns(change: TerritoryChange, shown: NetworkShown) -> bool:
    """Whether a proposal is about this network, or about a municipality of it."""
    codes = {town.municipality_id for town in (*shown.towns, *shown.coming)}
    return change.network_id == shown.network.pk or bool(
        {change.municipality_id, change.into_id} & codes
    )


@keeper
def network_rename(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """Give a network another name; its people are told."""
    ctx = context_of(request)
    shown = get_object_or_404(Network, pk=network_id)
    form = NetworkNameForm(request.POST or None, initial={"name": shown.name})
    if form.is_valid():
        with form.refusals():
            services.rename_network(
                actor=ctx.actor, network_id=network_id, name=form.cleaned_data["name"], now=ctx.now
            )
            return redirect_saved(request, _("Saved."), "pages:network", network_id)
    return form_page(
        request,
        form,
        heading=_("Another name for the network"),
        intro=_("It holds from now on. Everybody who works in the network is told."),
        button=_("Save"),
        back=reverse("pages:network", args=[network_id]),
    )


@keeper
def network_new(request: HttpRequest) -> HttpResponse:
    """Found a network with its municipalities and offices; its people come next."""
    ctx = context_of(request)
    form = NetworkForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.found_network(
                actor=ctx.actor, name=form.cleaned_data["name"], towns=form.cleaned_data["towns"],
                offices=form.offices, now=ctx.now,
            )  # fmt: skip
            return redirect_saved(request, _("Founded."), "pages:installation")
    return form_page(
        request,
        form,
        heading=_("Found a network"),
        intro=_(
            "Further offices are added on the network's own page. Who leads them, and who directs "
            "the joint service, is named next: each gets their own link by e-mail."
        ),
        button=_("Found it"),
        back=reverse("pages:organisation"),
    )
