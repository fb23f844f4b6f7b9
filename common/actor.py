"""Who acts: the value that every access question and every write is given.

An ``Actor`` is made once at the edge (``people.selectors.actor_for``) and passed down; no
room looks up "the current user" by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from common.bodies import Body, Party, Receiver
from common.levels import Act
from common.scopes import MachineScope

T = TypeVar("T")


class ActorKind(StrEnum):
    """What somebody acts as. A ``STRANGER`` is logged in but holds no position and is no client.

    An ``OFFICER`` is the data-protection officer of the installation; somebody ``OUTSIDE`` the
    three bodies sees what a client has opened to them, and nothing else. The director's deputy acts
    as a ``DIRECTOR``. A member of the ``STEERING`` group reads a network's figures, a ``NATIONAL``
    reader those over networks; the ``KEEPER`` keeps networks, offices and roles. None of these
    three sees anything of a client, nor does a ``GRANTER``, who lets workers in for the state's
    centre. A ``MACHINE`` is a system of one of the bodies that reads by itself.
    """

    WORKER = "worker"
    CLIENT = "client"
    DIRECTOR = "director"
    STEERING = "steering"
    NATIONAL = "national"
    KEEPER = "keeper"
    OFFICER = "officer"
    GRANTER = "granter"
    OUTSIDE = "outside"
    MACHINE = "machine"
    SYSTEM = "system"
    STRANGER = "stranger"


AT_WORK = (
    ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.STEERING, ActorKind.NATIONAL, ActorKind.KEEPER,
    ActorKind.OFFICER, ActorKind.GRANTER,
)  # fmt: skip
"""Those who are here for their work: in an office, a network or the whole installation."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a named part of the system, with what it acts for at this moment.

    ``body``, ``office_id`` and ``network_id`` are set for workers (a director has only the
    network: the director has no line authority over the bodies); ``person_id`` is set for
    clients. ``name`` is for showing and is never written to a log. ``proven``: the acts for which
    they have shown who they are, surely and lately enough. ``language``: in which they read, empty
    where nobody does. ``with_client_of``: the case whose client sits beside the worker while they
    write (assisted mode), or whose paper they have before them: ``paper`` says where that is kept,
    and is empty while the client is there. ``own_person_id``: who a worker is themselves, where
    their body tells: their own case does not exist for them at work.
    ``machine_id``, ``scopes`` and ``purpose``: of a machine alone, what it may read and what for.
    """

    kind: ActorKind
    name: str
    user_id: UUID | None = None
    body: Body | None = None
    office_id: UUID | None = None
    network_id: UUID | None = None
    person_id: UUID | None = None
    proven: frozenset[Act] = frozenset()
    language: str = ""
    with_client_of: UUID | None = None
    paper: str = ""
    own_person_id: UUID | None = None
    machine_id: UUID | None = None
    scopes: frozenset[MachineScope] = frozenset()
    purpose: str = ""

    @property
    def party(self) -> Party | None:
        """The party to a plan this actor speaks for, if any."""
        if self.kind is ActorKind.CLIENT:
            return Party.CLIENT
        if self.is_machine:
            return None  # it speaks for nobody
        return Party(self.body.value) if self.body else None

    @property
    def receiver(self) -> Receiver | None:
        """As whom this actor is given client information: their body, or an outside party."""
        if self.kind is ActorKind.OUTSIDE:
            return Receiver.OUTSIDE
        reads_for_body = self.is_worker or self.is_machine
        return Receiver(self.body.value) if reads_for_body and self.body else None

    @property
    def writer_id(self) -> UUID:
        """The user who is written down as the one who did it. Raises TypeError for the system."""
        return _given(self.user_id, "user")

    @property
    def working_network_id(self) -> UUID:
        """The network somebody works in. Raises TypeError for whoever works in none."""
        return _given(self.network_id, "network")

    @property
    def working_body(self) -> Body:
        """The body a worker works for. Raises TypeError for everybody else."""
        return _given(self.body, "body")

    @property
    def working_office_id(self) -> UUID:
        """The office a worker sits in. Raises TypeError for everybody else."""
        return _given(self.office_id, "office")

    def is_with_client_of(self, case_id: UUID) -> bool:
        """Whether this worker writes with the client of that case beside them."""
        return self.types_for_client_of(case_id) and not self.paper

    def types_for_client_of(self, case_id: UUID) -> bool:
        """Whether this worker types that client's own words: beside them, or from their paper."""
        return self.is_worker and self.with_client_of == case_id

    @property
    def is_worker(self) -> bool:
        return self.kind is ActorKind.WORKER

    @property
    def is_client(self) -> bool:
        return self.kind is ActorKind.CLIENT

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    @property
    def is_keeper(self) -> bool:
        return self.kind is ActorKind.KEEPER

    @property
    def is_machine(self) -> bool:
        return self.kind is ActorKind.MACHINE

    @property
    def works_here(self) -> bool:
        """Whether they are here for their work: in an office, a network or the installation."""
        return self.kind in AT_WORK

    @property
    def label(self) -> str:
        """What stands in ``app.actor`` and in the log: an opaque id, or the system's name."""
        if self.machine_id:
            return f"machine:{self.machine_id}"
        return f"user:{self.user_id}" if self.user_id else f"{self.kind}:{self.name}"


def _given(value: T | None, what: str) -> T:
    if value is None:
        raise TypeError(f"This actor has no {what}.")
    return value


def system_actor(name: str) -> Actor:
    """A named part of the system that reads or writes by itself, such as ``night``."""
    return Actor(kind=ActorKind.SYSTEM, name=name)
