"""Networks and their municipalities, on a day: the one rule of which is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import get_language

from common.clock import day_of
from common.transactions import cached_for_transaction
from people.models import Municipality, Network, NetworkMunicipality, Office, TerritoryChange


@dataclass(frozen=True, slots=True)
class Towns:
    """Which municipality is of which network on one day, by codes.

    ``network_of``: every code that is of a network, one that was merged too, as a register may
    still place people there. ``standing``: what a merged code is that day; a code not in it is
    itself.
    """

    network_of: Mapping[str, UUID]
    standing: Mapping[str, str]

    def codes_of(self, network_id: UUID | None) -> list[str]:
        """The codes by which a register may place somebody in a network's municipalities."""
        return sorted(code for code, network in self.network_of.items() if network == network_id)

    def now_called(self, code: str) -> str:
        """The code of the municipality that this one is part of that day."""
        return self.standing.get(code, code)

    def codes_within(self, code: str) -> list[str]:
        """A municipality's own code, and those of what has become part of it."""
        return [code, *sorted(old for old, new in self.standing.items() if new == code)]


def valid_on(day: date) -> Q:
    """Rows whose days, from ``since`` to before ``until``, hold this one."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def towns_on(day: date) -> Towns:
    """Which municipality is of which network on a day: asked here, and nowhere else.

    A municipality that has become part of another is of that one's network. One query a request.
    """
    return cached_for_transaction(("towns", day), lambda: _towns_on(day))


def _towns_on(day: date) -> Towns:
    holds = NetworkMunicipality.objects.filter(valid_on(day), municipality=OuterRef("pk"))
    rows = Municipality.objects.annotate(of=Subquery(holds.values("network")[:1]))
    found = list(rows.values_list("code", "of", "merged_into", "merged_on"))
    merged = {code: into for code, _of, into, on in found if into is not None and on and on <= day}
    own = {code: network for code, network, _into, _on in found}
    standing = {code: _last(merged, code) for code in merged}
    networks = {code: own[standing.get(code, code)] for code in own}
    return Towns({code: network for code, network in networks.items() if network}, standing)


def _last(merged: Mapping[str, str], code: str) -> str:
    while code in merged:
        code = merged[code]
    return code


def all_networks() -> list[Network]:
    """The networks of this installation, by name."""
    return list(Network.objects.order_by("name", "pk"))


def municipality_names(network_id: UUID, *, on: date) -> list[tuple[str, str]]:
    """The codes and names of a network's municipalities on a day, by name, as the reader reads."""
    towns, field = towns_on(on), _name_field()
    codes = [code for code in towns.codes_of(network_id) if code not in towns.standing]
    found = Municipality.objects.filter(code__in=codes).order_by(field, "pk")
    return cached_for_transaction(
        ("names of towns", field, *codes), lambda: list(found.values_list("code", field))
    )


def municipalities_served(day: date) -> list[tuple[str, str]]:
    """The codes and names of every municipality of a network here on a day, by name."""
    field = "name_sv" if get_language() == "sv" else "name_fi"
    towns = towns_on(day)
    served = [code for code in towns.network_of if code not in towns.standing]
    found = Municipality.objects.filter(code__in=served)
    return list(found.order_by(field).values_list("code", field))


def names_of_municipalities(codes: Iterable[str]) -> dict[str, str]:
    """The names of some municipalities by their codes, as the reader reads."""
    found = Municipality.objects.filter(code__in=set(codes))
    return dict(found.values_list("code", _name_field()))


def municipality_shown(code: str) -> str:
    """A municipality's code with its name, in the reader's language; the code where none is known.

    Only the municipalities of this installation's networks have a name here.
    """
    name = Municipality.objects.filter(code=code).values_list(_name_field(), flat=True).first()
    return f"{name} ({code})" if name else code


def _name_field() -> str:
    return "name_sv" if get_language() == "sv" else "name_fi"


@dataclass(frozen=True, slots=True)
class NetworkShown:
    """A network as it is on a day, with what is decided of it for days ahead."""

    network: Network
    towns: list[NetworkMunicipality]
    coming: list[NetworkMunicipality]
    offices: list[Office]

    @property
    def open_offices(self) -> int:
        return len(self.offices)


def list_networks(*, now: datetime) -> list[NetworkShown]:
    """Every network with its municipalities and open offices, by name. Three queries."""
    day = day_of(now)
    towns: dict[UUID, list[NetworkMunicipality]] = defaultdict(list)
    coming: dict[UUID, list[NetworkMunicipality]] = defaultdict(list)
    rows = NetworkMunicipality.objects.exclude(until__lte=day).select_related("municipality")
    for row in rows.order_by(f"municipality__{_name_field()}", "pk"):
        (coming if row.since > day else towns)[row.network_id].append(row)
    offices: dict[UUID, list[Office]] = defaultdict(list)
    for office in Office.objects.exclude(closes_on__lte=day).order_by("body", "name", "pk"):
        offices[office.network_id].append(office)
    return [
        NetworkShown(n, towns[n.pk], coming[n.pk], offices[n.pk])
        for n in Network.objects.order_by("name", "pk")
    ]


def waiting_territory_changes() -> list[TerritoryChange]:
    """What is proposed of networks and their municipalities and waits, the oldest first."""
    found = TerritoryChange.objects.filter(state="waiting")
    rows = found.select_related("network", "municipality", "into", "proposed_by")
    return list(rows.order_by("proposed_at", "pk"))
