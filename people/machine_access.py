"""Who registers a system that reads by itself, who is the second person, and who ends it."""

from __future__ import annotations

import ipaddress
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.decision import Decision, NotVisible
from common.validity import valid_at
from people.access import LEADS_LONG_ENOUGH
from people.models import Machine, MachineKey, Position, ProposalState


def machines_seen_by(actor: Actor, *, now: datetime) -> QuerySet[Machine]:
    """The registrations an actor sees: the keeper and an officer all, a network's director and
    whoever leads an office of it those of the network."""
    found = Machine.objects.select_related(
        "network", "proposed_by", "decided_by", "ended_by"
    ).order_by("network__name", "body", "name", "pk")
    if actor.is_keeper or actor.is_officer:
        return found
    if actor.kind is ActorKind.DIRECTOR or _led(actor, now).exists():
        return found.filter(network_id=actor.working_network_id)
    return found.none()


def get_machine(
    actor: Actor, machine_id: UUID | None, *, now: datetime, lock: bool = False
) -> Machine:
    """One of them. Raises :class:`NotVisible`."""
    rows = machines_seen_by(actor, now=now)
    machine = (
        (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=machine_id).first()
        if machine_id
        else None
    )
    if machine is None:
        raise NotVisible
    return machine


def can_propose_machine(actor: Actor) -> Decision:
    """May they register a system, and keys of one? Whoever keeps the organisation."""
    if actor.is_keeper:
        return Decision.yes()
    return Decision.no(_("Whoever keeps the organisation registers systems."))


def can_decide_machine(actor: Actor, asked: Machine | MachineKey, *, now: datetime) -> Decision:
    """May they be the second person for a system, or for a key of one?

    An officer, or whoever leads an office of another body of the network, and did already a week
    before it was proposed; never who proposed it.
    """
    if actor.user_id == asked.proposed_by_id:
        return Decision.no(_("A second person decides it: not the one who proposed it."))
    if actor.is_officer:
        return Decision.yes()
    machine = asked.machine if isinstance(asked, MachineKey) else asked
    led = _led(actor, now).filter(since__lte=asked.proposed_at - LEADS_LONG_ENOUGH)
    if led.filter(office__network=machine.network_id).exclude(office__body=machine.body).exists():
        return Decision.yes()
    return Decision.no(
        _("A data-protection officer decides it, or whoever leads an office of another body.")
    )


def can_read_calls(actor: Actor) -> Decision:
    """May they read what a system has asked for? The keeper, who ends it, and the officer."""
    if actor.is_keeper or actor.is_officer:
        return Decision.yes()
    return Decision.no(_("The data-protection officer reads this."))


def can_end_machine(actor: Actor, machine: Machine, *, now: datetime) -> Decision:
    """May they end a system's reading, or one of its keys? Either of the two kinds of people who
    let it begin, alone; and whoever leads an office of its own body in the network."""
    if actor.is_keeper or actor.is_officer or actor.user_id == machine.decided_by_id:
        return Decision.yes()
    if _led(actor, now).filter(office__network=machine.network_id).exists():
        return Decision.yes()
    return Decision.no(_("The keeper, an officer, or whoever leads an office ends it."))


def reads_on(machine: Machine, day: date) -> bool:
    """Whether two people have let it read, its day has come, and nobody has ended it."""
    return (
        machine.state == ProposalState.DONE
        and machine.ended_at is None
        and machine.valid_from <= day <= machine.valid_until
    )


def calls_from(machine: Machine, address: str) -> bool:
    """Whether an address lies in one of the networks a system calls from."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in ipaddress.ip_network(network) for network in machine.addresses)


def _led(actor: Actor, now: datetime) -> QuerySet[Position]:
    """The offices an actor leads now."""
    mine = Q(user_id=actor.user_id) if actor.is_worker else Q(pk__in=[])
    return Position.objects.filter(valid_at(now), mine, leads=True)
