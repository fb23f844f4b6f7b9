"""What is checked of an installation before its first client: each thing, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from people.models import Network


class What(StrEnum):
    """What is checked, in the order in which it is done."""

    FOUNDED = "founded"
    TOWNS = "towns"
    OFFICES = "offices"
    LEADERS = "leaders"
    DIRECTOR = "director"
    WORKERS = "workers"
    OFFICERS = "officers"
    GROUNDS = "grounds"
    LETTERS = "letters"
    STAFF_LOG_IN = "staff_log_in"
    CLIENT_LOG_IN = "client_log_in"
    SECOND_FACTORS = "second_factors"
    NIGHT = "night"
    LOG = "log"


class CheckState(StrEnum):
    MISSING = "not_yet"
    WAITS = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing, and how far it is.

    ``missing``: what there is nothing of yet. ``waits``: what somebody has begun and another has
    still to do. Without either it is done. Both, and ``done``, are names as they are read, or
    counts; of a night, words of ``operations.installation``. ``on``: the day of the fact.
    ``about``: the office, or the key of the identity provider, that it is done for next.
    """

    what: What
    missing: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    on: date | None = None
    about: str = ""

    @property
    def state(self) -> CheckState:
        if self.missing:
            return CheckState.MISSING
        return CheckState.WAITS if self.waits else CheckState.DONE

    @property
    def is_done(self) -> bool:
        return self.state is CheckState.DONE


@dataclass(frozen=True, slots=True)
class NetworkChecks:
    """A network, and what is checked of it alone."""

    network: Network
    checks: Sequence[Check]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is checked of each network the reader answers for, and of the whole installation."""

    networks: Sequence[NetworkChecks]
    installation: Sequence[Check]

    @property
    def left(self) -> int:
        """How many things are not done: none, and every network here can take its first client."""
        every = [*self.installation, *(c for n in self.networks for c in n.checks)]
        return sum(not check.is_done for check in every)

    @property
    def ready(self) -> list[Network]:
        """The networks that can take their first client."""
        if not all(check.is_done for check in self.installation):
            return []
        return [n.network for n in self.networks if all(c.is_done for c in n.checks)]


@dataclass(frozen=True, slots=True)
class LogInProvider:
    """An identity provider of the operator's table, as far as it matters here."""

    key: str
    name: str
    issuer: str
    for_clients: bool
