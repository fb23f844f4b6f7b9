"""Systems that read by themselves: as whom one acts, what it has read, who may do what with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import overload
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.models import AuditRow
from audit.selectors import call_in, calls_of_machine
from audit.shown import MachineCall
from common.actor import Actor, ActorKind
from common.bodies import Body
from common.clock import day_of, machine_now
from common.crypto import search_hash
from common.decision import NotVisible
from common.scopes import MachineScope
from people.machine_access import (
    calls_from,
    can_decide_machine,
    can_end_machine,
    can_propose_machine,
    can_read_calls,
    get_machine,
    machines_seen_by,
    reads_on,
)
from people.models import Machine, MachineKey, MachineToken, ProposalState

ENDS_SOON = timedelta(days=60)
"""How long before its last day it is told to those who can register it anew."""


def hash_of_token(token: str) -> str:
    """How a token is kept and found again."""
    return search_hash(f"machine token:{token}")


def machine_actor(machine: Machine, scopes: Iterable[str] = ()) -> Actor:
    """As whom a system acts: its body in its network, for its purpose."""
    return Actor(
        kind=ActorKind.MACHINE, name=machine.name, machine_id=machine.pk, purpose=machine.purpose,
        body=Body(machine.body), network_id=machine.network_id,
        scopes=frozenset(MachineScope(scope) for scope in scopes),
    )  # fmt: skip


def machine_to_prove(machine_id: UUID) -> tuple[Machine, list[MachineKey]] | None:
    """A system that may call itself by this name, and the keys that count for it; None if none."""
    machine = Machine.objects.filter(pk=machine_id, state=ProposalState.DONE).first()
    if machine is None:
        return None
    keys = machine.keys.filter(state=ProposalState.DONE, ended_at__isnull=True)
    return machine, list(keys.order_by("slot"))


def machine_by_token(token: str, *, address: str, now: datetime) -> Actor | None:
    """As whom whoever brings this token reads; None where it does not count, or not any more."""
    row = (
        MachineToken.objects.filter(token_hash=hash_of_token(token), expires_at__gt=machine_now())
        .select_related("machine", "key")
        .first()
    )
    if row is None or row.key.ended_at is not None:
        return None
    if not reads_on(row.machine, day_of(now)) or not calls_from(row.machine, address):
        return None
    return machine_actor(row.machine, row.scopes)


@dataclass(frozen=True, slots=True)
class MachineKeyShown:
    """A key of a system, and whether the reader may let it count or end it."""

    key: MachineKey
    may_decide: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class MachineShown:
    """A registered system, how it stands on the day, and what the reader may do about it."""

    machine: Machine
    keys: tuple[MachineKeyShown, ...]
    reads_now: bool
    ends_soon: bool
    may_decide: bool
    may_end: bool
    may_withdraw: bool
    may_add_key: bool

    @property
    def scopes(self) -> list[str]:
        """What it reads, in words."""
        return [
            str(MachineScope(scope).label) for scope in MachineScope if scope in self.machine.scopes
        ]


def list_machines(actor: Actor, *, now: datetime) -> list[MachineShown]:
    """The systems this actor sees, by network, body and name."""
    rows = machines_seen_by(actor, now=now).prefetch_related("keys__proposed_by")
    return [_shown(actor, row, now) for row in rows]


def open_machine(actor: Actor, machine_id: UUID, *, now: datetime) -> MachineShown:
    """One of them. Raises ``NotVisible``."""
    return _shown(actor, get_machine(actor, machine_id, now=now), now)


def machines_waiting(actor: Actor, *, now: datetime) -> int:
    """How many systems, or keys of one, this actor may be the second person for."""
    waits = MachineKey.objects.filter(machine=OuterRef("pk"), state=ProposalState.WAITING)
    rows = machines_seen_by(actor, now=now).filter(
        Q(state=ProposalState.WAITING) | Q(state=ProposalState.DONE, ended_at__isnull=True),
        Exists(waits),
    )
    shown = [_shown(actor, row, now) for row in rows.prefetch_related("keys")]
    return sum(row.may_decide or any(key.may_decide for key in row.keys) for row in shown)


def machines_ending(actor: Actor, *, now: datetime) -> list[Machine]:
    """The systems this actor sees that soon read no more, with no registration that follows.

    A registration ends by itself: what reads by it stops, and nobody has said so.
    """
    today = day_of(now)
    follows = Machine.objects.filter(
        network=OuterRef("network"), body=OuterRef("body"), name__iexact=OuterRef("name"),
        state__in=[ProposalState.WAITING, ProposalState.DONE], ended_at__isnull=True,
        valid_until__gt=OuterRef("valid_until"),
    )  # fmt: skip
    rows = machines_seen_by(actor, now=now).filter(
        state=ProposalState.DONE, ended_at__isnull=True,
        valid_from__lte=today, valid_until__range=(today, today + ENDS_SOON),
    )  # fmt: skip
    return list(rows.exclude(Exists(follows)).order_by("valid_until", "name", "pk"))


def machine_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """What some systems are called."""
    return dict(Machine.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


class MachineCalls(Sequence[MachineCall]):
    """What one system has asked for, the newest first, for a page at a time."""

    def __init__(self, rows: QuerySet[AuditRow]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, part: int) -> MachineCall: ...

    @overload
    def __getitem__(self, part: slice) -> list[MachineCall]: ...

    def __getitem__(self, part: int | slice) -> MachineCall | list[MachineCall]:
        if isinstance(part, int):
            return call_in(self._rows[part])
        return [call_in(row) for row in self._rows[part]]


def machine_calls(actor: Actor, machine_id: UUID, *, now: datetime) -> MachineCalls:
    """What a system has read, or was refused: of how many people and which kinds, never of whom.

    For the keeper and an officer: nothing that is drawn for whoever leads others comes from the log
    (docs/adr/0023). Raises ``NotVisible``.
    """
    machine = get_machine(actor, machine_id, now=now)
    if not can_read_calls(actor):
        raise NotVisible
    return MachineCalls(calls_of_machine(machine_actor(machine).label))


def _shown(actor: Actor, machine: Machine, now: datetime) -> MachineShown:
    today = day_of(now)
    waits = machine.state == ProposalState.WAITING
    stands = machine.state == ProposalState.DONE and machine.ended_at is None
    stands = stands and machine.valid_until >= today
    may_end = can_end_machine(actor, machine, now=now).allowed
    keys = sorted(machine.keys.all(), key=lambda key: (key.proposed_at, str(key.pk)))
    for key in keys:
        key.machine = machine
    return MachineShown(
        machine=machine,
        keys=tuple(
            MachineKeyShown(
                key,
                may_decide=stands and key.state == ProposalState.WAITING
                and can_decide_machine(actor, key, now=now).allowed,
                may_end=stands and may_end and key.ended_at is None
                and key.state in (ProposalState.WAITING, ProposalState.DONE),
            )
            for key in keys
        ),
        reads_now=reads_on(machine, today),
        ends_soon=stands and machine.valid_until <= today + ENDS_SOON,
        may_decide=waits and can_decide_machine(actor, machine, now=now).allowed,
        may_end=stands and may_end,
        may_withdraw=waits and machine.proposed_by_id == actor.user_id,
        may_add_key=stands and can_propose_machine(actor).allowed,
    )  # fmt: skip
