"""Founding a network in one step: its name, its municipalities, an office of each body.

Who leads, directs and answers is named next, each by a link of their own
(``people.services.roles``): whoever founds never holds the way in of somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import Refused
from people.models import Network
from people.services.offices import open_office
from people.services.territory import found_empty_network, propose_joining


@dataclass(frozen=True, slots=True)
class PlannedTown:
    """A municipality: its three-digit code, and its names where the code is new here."""

    code: str
    name_fi: str = ""
    name_sv: str = ""


@dataclass(frozen=True, slots=True)
class PlannedOffice:
    """An office of a body, as people are to read it."""

    name: str
    phone: str = ""


@transaction.atomic
def found_network(
    *,
    actor: Actor,
    name: str,
    towns: list[PlannedTown],
    offices: Mapping[Body, PlannedOffice],
    now: datetime,
) -> Network:
    """Make a network, whole or not at all. For whoever keeps the organisation.

    Its municipalities join at once where nobody is here yet; otherwise each waits for an officer,
    as they always do. Raises :class:`Refused` with the field: ``name``, ``towns``, or a body's.
    """
    network = found_empty_network(actor=actor, name=name, now=now)
    for town in towns:
        try:
            propose_joining(
                actor=actor, network_id=network.pk, code=town.code, name_fi=town.name_fi,
                name_sv=town.name_sv, since=day_of(now), now=now,
            )  # fmt: skip
        except Refused as refused:
            raise Refused(f"{town.code}: {refused.message}", field="towns") from refused
    for body, office in offices.items():
        open_office(
            actor=actor, network_id=network.pk, body=body, name=office.name, phone=office.phone,
            now=now,
        )  # fmt: skip
    return network
