"""Networks and their municipalities, by the day: proposed by the keeper, decided by an officer.

Nothing has to run when the day comes: which municipality is of which network is asked by the day
(``people.selectors.towns_on``). Before anybody is here about whom something could be shown, what
the keeper proposes takes effect at once.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.clock import day_of, start_of
from common.decision import NotVisible, Refused
from common.transactions import forget_cached
from people.access import can_decide_territory, can_keep_organisation, holds_nobody
from people.models import (
    OF_A_NETWORK,
    Municipality,
    Network,
    NetworkMunicipality,
    Office,
    OrganisationKind,
    Position,
    ProposalState,
    TerritoryChange,
    TerritoryKind,
)
from people.selectors.networks import towns_on, valid_on
from people.services.events import tell
from people.services.organisation import create_network
from people.services.towns import join, name_town


@transaction.atomic
def found_empty_network(*, actor: Actor, name: str, now: datetime) -> Network:
    """The keeper founds a network: nobody works in it yet, and nobody is shown anything."""
    can_keep_organisation(actor).require()
    given = name.strip()
    if Network.objects.filter(name__iexact=given).exists():
        raise Refused(_("There is a network of this name already."), field="name")
    network = create_network(actor=actor, name=given, municipalities={}, now=now)
    tell(actor, OrganisationKind.NETWORK_FOUNDED, network=network, now=now)
    return network


@transaction.atomic
def propose_joining(
    *,
    actor: Actor,
    network_id: UUID,
    code: str,
    since: date,
    now: datetime,
    name_fi: str = "",
    name_sv: str = "",
) -> TerritoryChange:
    """A municipality is to be of a network from a day on, and of no other from then.

    The names are needed for a code that is new here.
    """
    network = _standing(actor, network_id, since, now)
    town = name_town(code, name_fi, name_sv)
    _require_separate(town, since)
    if network.pk == towns_on(since).network_of.get(town.code):
        raise Refused(_("It is of this network already then."), field="code")
    return _propose(actor, TerritoryKind.JOINS, since, now, network=network, municipality=town)


@transaction.atomic
def propose_leaving(
    *, actor: Actor, network_id: UUID, code: str, since: date, now: datetime
) -> TerritoryChange:
    """A municipality is to be of no network from a day on."""
    network = _standing(actor, network_id, since, now)
    town = Municipality.objects.filter(pk=code).first()
    if town is None or towns_on(since).network_of.get(code) != network.pk:
        raise Refused(_("It is not of this network then."), field="code")
    _require_separate(town, since)
    return _propose(actor, TerritoryKind.LEAVES, since, now, network=network, municipality=town)


@transaction.atomic
def propose_merger(
    *,
    actor: Actor,
    code: str,
    into_code: str,
    since: date,
    now: datetime,
    name_fi: str = "",
    name_sv: str = "",
) -> TerritoryChange:
    """A municipality is to be part of another from a day on, usually 1 January.

    The other one keeps its code or has a new one; of the network in which it is then. A new one is
    of the network of the first that becomes part of it.
    """
    can_keep_organisation(actor).require()
    _require_ahead(since, now)
    town = Municipality.objects.filter(pk=code).first()
    if town is None:
        raise Refused(_("No municipality here has this code."), field="code")
    if town.pk == into_code.strip():
        raise Refused(_("It becomes part of another, not of itself."), field="into_code")
    into = name_town_into(into_code, name_fi, name_sv)
    for one, field in ((town, "code"), (into, "into_code")):
        if one.merged_into_id is not None:
            raise Refused(_("It has become part of another already."), field=field)
    _require_separate(town, since)
    return _propose(actor, TerritoryKind.MERGES, since, now, municipality=town, into=into)


def name_town_into(code: str, name_fi: str, name_sv: str) -> Municipality:
    """The municipality that the other becomes part of; what is wrong is said of its own field."""
    try:
        return name_town(code, name_fi, name_sv)
    except Refused as refusal:
        field = "into_code" if refusal.field == "code" else refusal.field
        raise Refused(refusal.message, field=field) from refusal


@transaction.atomic
def propose_network_end(
    *, actor: Actor, network_id: UUID, since: date, now: datetime
) -> TerritoryChange:
    """A network is to be no more from a day on: its offices are closed by then.

    Raises :class:`Refused` with the offices that are not.
    """
    network = _standing(actor, network_id, since, now)
    _require_no_office(network, since)
    return _propose(actor, TerritoryKind.ENDS, since, now, network=network)


@transaction.atomic
def decide_territory(
    *, actor: Actor, change_id: UUID, accepted: bool, now: datetime
) -> TerritoryChange:
    """An officer lets it take effect from its day on, or turns it down. Raises ``NotVisible``."""
    change = _locked(actor, change_id)
    can_decide_territory(actor, change).require()
    if accepted:
        _take_effect(actor, change, now)
    else:
        _close(actor, change, ProposalState.TURNED_DOWN, now)
    return change


@transaction.atomic
def withdraw_territory(*, actor: Actor, change_id: UUID, now: datetime) -> None:
    """Whoever keeps the organisation takes a proposal back. Raises ``NotVisible``."""
    change = _locked(actor, change_id)
    can_keep_organisation(actor).require()
    _close(actor, change, ProposalState.WITHDRAWN, now)


def _propose(
    actor: Actor,
    kind: TerritoryKind,
    since: date,
    now: datetime,
    *,
    network: Network | None = None,
    municipality: Municipality | None = None,
    into: Municipality | None = None,
) -> TerritoryChange:
    waiting = TerritoryChange.objects.filter(state=ProposalState.WAITING, kind=kind)
    if waiting.filter(network=network, municipality=municipality).exists():
        raise Refused(_("This is proposed already, and waits to be decided."), field="since")
    others = TerritoryChange.objects.filter(
        state=ProposalState.WAITING, municipality=municipality, municipality__isnull=False
    )
    if others.exists():
        raise Refused(_("Something else is proposed of it, and waits to be decided."))
    change = TerritoryChange.objects.create(
        kind=kind, network=network, municipality=municipality, into=into, since=since,
        proposed_by_id=actor.user_id, proposed_at=now,
    )  # fmt: skip
    _record(actor, "territory_proposed", change, now)
    if holds_nobody():
        _take_effect(actor, change, now, decided=False)
    return change


def _take_effect(
    actor: Actor, change: TerritoryChange, now: datetime, *, decided: bool = True
) -> None:
    on = max(change.since, day_of(now))
    _close(actor, change, ProposalState.DONE, now, decided=decided)
    town, network = change.municipality, change.network
    if change.kind == TerritoryKind.ENDS:
        assert network is not None
        _end_network(actor, network, on, now)
        return
    assert town is not None
    _require_separate(town, on)
    held = (
        NetworkMunicipality.objects.select_for_update()
        .filter(valid_on(on), municipality=town)
        .first()
    )
    _end_days(held, on)
    if held is not None and change.kind != TerritoryKind.MERGES:
        tell(actor, OrganisationKind.TOWN_LEFT, network=held.network, municipality=town, on=on,
             now=now)  # fmt: skip
    if change.kind == TerritoryKind.JOINS:
        assert network is not None
        join(network, town, on)
        tell(actor, OrganisationKind.TOWN_JOINED, network=network, municipality=town, on=on,
             now=now)  # fmt: skip
    if change.kind == TerritoryKind.MERGES:
        _merge(actor, change, held, on, now)


def _merge(
    actor: Actor, change: TerritoryChange, held: NetworkMunicipality | None, on: date, now: datetime
) -> None:
    town, into = change.municipality, change.into
    assert town is not None and into is not None
    town.merged_into, town.merged_on = into, on
    town.save(update_fields=["merged_into", "merged_on"])
    forget_cached()
    there = NetworkMunicipality.objects.filter(valid_on(on), municipality=into).first()
    if there is None and held is not None:
        there = join(held.network, into, on)
    networks = {row.network for row in (held, there) if row is not None}
    for network in networks:
        tell(actor, OrganisationKind.TOWNS_MERGED, network=network, municipality=into,
             words=town.name_fi, on=on, now=now)  # fmt: skip


def _end_days(held: NetworkMunicipality | None, on: date) -> None:
    if held is None:
        return
    forget_cached()
    if held.since == on:
        held.delete()
    else:
        held.until = on
        held.save(update_fields=["until"])


def _end_network(actor: Actor, network: Network, on: date, now: datetime) -> None:
    _require_no_office(network, on)
    network.ends_on = on
    network.save(update_fields=["ends_on"])
    for row in (
        NetworkMunicipality.objects.select_for_update()
        .filter(network=network)
        .exclude(until__lte=on)
    ):
        _end_days(row, max(on, row.since))
    at = max(start_of(on), now)
    for position in Position.objects.filter(network=network, role__in=OF_A_NETWORK).exclude(
        until__lte=at
    ):
        position.until, position.ended_by_id = max(at, position.since), actor.user_id
        if position.until > position.since:
            position.save(update_fields=["until", "ended_by"])
        else:
            position.delete()
    tell(actor, OrganisationKind.NETWORK_ENDED, network=network, on=on, now=now)


def _standing(actor: Actor, network_id: UUID, since: date, now: datetime) -> Network:
    can_keep_organisation(actor).require()
    _require_ahead(since, now)
    network = Network.objects.select_for_update().filter(pk=network_id).first()
    if network is None:
        raise NotVisible
    if network.ends_on is not None and network.ends_on <= since:
        raise Refused(_("The network has ended by then."), field="since")
    return network


def _require_ahead(since: date, now: datetime) -> None:
    if since < day_of(now):
        raise Refused(
            _("From today on at the earliest: nobody is let see what was, by a day gone by."),
            field="since",
        )


def _require_separate(town: Municipality, since: date) -> None:
    if town.merged_on is not None:
        raise Refused(_("It has become part of another already."), field="code")
    if NetworkMunicipality.objects.filter(municipality=town, since__gt=since).exists():
        raise Refused(_("Something is decided of it for a later day already."), field="since")


def _require_no_office(network: Network, on: date) -> None:
    open_ones = Office.objects.filter(network=network).exclude(closes_on__lte=on)
    names = list(open_ones.order_by("name").values_list("name", flat=True))
    if names:
        raise Refused(
            _("Close its offices first, from that day or before: %(names)s.")
            % {"names": ", ".join(names)},
            field="since",
        )


def _locked(actor: Actor, change_id: UUID) -> TerritoryChange:
    change = None
    if actor.is_keeper or actor.is_officer:
        found = TerritoryChange.objects.select_for_update(of=("self",))
        change = (
            found.filter(pk=change_id, state=ProposalState.WAITING)
            .select_related("network", "municipality", "into")
            .first()
        )
    if change is None:
        raise NotVisible
    return change


def _close(
    actor: Actor, change: TerritoryChange, state: ProposalState, now: datetime, *,
    decided: bool = True,
) -> None:  # fmt: skip
    change.state, change.decided_at = state, now
    change.decided_by_id = actor.user_id if decided else None
    change.save(update_fields=["state", "decided_at", "decided_by"])
    _record(actor, f"territory_{state.value}", change, now)


def _record(actor: Actor, action: str, change: TerritoryChange, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="territory_change", subject_id=change.pk, now=now
    )
