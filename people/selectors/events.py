"""News of the organisation: who is told of which change, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from common.actor import Actor, ActorKind
from people.models import OrganisationEvent, OrganisationEventSeen, OrganisationKind

NEWS_SHOWN = timedelta(days=30)
"""How long a change stays news for whoever has not read it."""
_OF_THE_WHOLE = frozenset({ActorKind.OFFICER, ActorKind.KEEPER})
_OF_A_NETWORK = frozenset({ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.STEERING})


def organisation_events_for(actor: Actor, *, now: datetime) -> QuerySet[OrganisationEvent]:
    """The changes of the last days that are this actor's news; not what they did themselves.

    Whoever answers for the whole installation: all. Whoever works in a network: its own, of an
    office those of that office and the director.
    """
    found = OrganisationEvent.objects.filter(at__gt=now - NEWS_SHOWN).exclude(by=actor.user_id)
    if actor.kind in _OF_THE_WHOLE:
        return found
    if actor.kind not in _OF_A_NETWORK:
        return OrganisationEvent.objects.none()
    mine = Q(network=actor.working_network_id, office=None)
    if actor.kind is ActorKind.DIRECTOR:
        mine |= Q(network=actor.working_network_id)
    if actor.office_id:
        mine |= Q(office=actor.office_id)
    return found.filter(mine)


@dataclass(frozen=True, slots=True)
class OrganisationNews:
    """One change as a sentence, still unread."""

    event: OrganisationEvent
    text: str


def list_organisation_news(actor: Actor, *, now: datetime) -> list[OrganisationNews]:
    """What this actor has not read yet, the newest first. One query."""
    seen = OrganisationEventSeen.objects.filter(event=OuterRef("pk"), user=actor.writer_id)
    unread = organisation_events_for(actor, now=now).exclude(Exists(seen))
    rows = unread.select_related("network", "office", "municipality", "about", "by")
    return [OrganisationNews(row, sentence(row)) for row in rows.order_by("-at", "-pk")]


def sentence(event: OrganisationEvent) -> str:
    """What happened, without its day and who did it."""
    names = {
        "who": event.about.full_name if event.about else "",
        "role": str(event.get_role_display()),
        "network": event.network.name if event.network else "",
        "office": event.office.name if event.office else "",
        "town": event.municipality.name_fi if event.municipality else "",
        "words": event.words,
    }
    if event.office and event.kind == OrganisationKind.ROLE_BEGAN:
        return _("%(who)s leads %(office)s") % names
    if event.office and event.kind == OrganisationKind.ROLE_ENDED:
        return _("%(who)s no longer leads %(office)s") % names
    if event.network and event.kind == OrganisationKind.ROLE_BEGAN:
        return _("%(who)s: %(role)s, %(network)s") % names
    if event.network and event.kind == OrganisationKind.ROLE_ENDED:
        return _("%(who)s is no longer: %(role)s, %(network)s") % names
    return {
        OrganisationKind.ROLE_BEGAN: _("%(who)s: %(role)s"),
        OrganisationKind.ROLE_ENDED: _("%(who)s is no longer: %(role)s"),
        OrganisationKind.NETWORK_FOUNDED: _("The network %(network)s is founded"),
        OrganisationKind.NETWORK_RENAMED: _("The network %(words)s is now: %(network)s"),
        OrganisationKind.NETWORK_ENDED: _("The network %(network)s ends"),
        OrganisationKind.TOWN_JOINED: _("%(town)s joins the network %(network)s"),
        OrganisationKind.TOWN_LEFT: _("%(town)s leaves the network %(network)s"),
        OrganisationKind.TOWNS_MERGED: _("%(words)s becomes part of %(town)s"),
        OrganisationKind.OFFICE_MADE: _("New office: %(office)s"),
        OrganisationKind.OFFICE_CHANGED: _("%(words)s is now: %(office)s"),
        OrganisationKind.OFFICE_CLOSED: _("%(office)s closes"),
        OrganisationKind.OFFICES_MERGED: _("%(words)s becomes part of %(office)s"),
        OrganisationKind.MACHINE_BEGAN: _("A system begins to read by itself: %(words)s"),
        OrganisationKind.MACHINE_ENDED: _("A system reads no more: %(words)s"),
        OrganisationKind.MACHINE_KEY: _("A system has another key: %(words)s"),
        OrganisationKind.STAFF_LISTED: _("Staff of %(office)s from a file: %(words)s"),
    }[OrganisationKind(event.kind)] % names
