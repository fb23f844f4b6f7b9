"""How much waits in all: the counts of the statement put together, by tab, group and body."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from common.bodies import Body, Party
from common.inbox import Group, InboxPlace, InboxTab
from inbox.statement import InboxCount


@dataclass(frozen=True, slots=True)
class Blocked:
    """How much waits for somebody, and since when the oldest."""

    party: str
    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Waits:
    """How much waits in all, by tab and by group; ``for_me``: by who waits for it."""

    total: int
    tabs: list[tuple[InboxTab, int]]
    groups: dict[Group, int]
    for_me: list[Blocked]
    for_others: list[Blocked]
    postponed: int

    @property
    def others_wait(self) -> int:
        return sum(one.count for one in self.for_me)


def waits_of(counts: Iterable[InboxCount]) -> Waits:
    """The counts put together; what stands beside the list is no part of the total."""
    listed = [one for one in counts if one.place == InboxPlace.LIST]
    tabs, groups = Counter[str](), Counter[int]()
    for one in listed:
        tabs[one.tab] += one.n
        groups[one.group] += one.n
    return Waits(
        total=groups.total(),
        tabs=[(tab, tabs[tab.value]) for tab in InboxTab if tabs[tab.value]],
        groups={group: groups[group.value] for group in Group},
        for_me=_by_party(listed),
        for_others=_by_party(one for one in counts if one.place == InboxPlace.OTHERS),
        postponed=number_in(counts, InboxPlace.POSTPONED),
    )


def number_in(counts: Iterable[InboxCount], place: InboxPlace) -> int:
    """How many things stand in one place."""
    return sum(one.n for one in counts if one.place == place)


def _by_party(counts: Iterable[InboxCount]) -> list[Blocked]:
    found: dict[str, list[InboxCount]] = defaultdict(list)
    for one in counts:
        if one.party:
            found[one.party].append(one)
    return [
        Blocked(
            party.value,
            sum(one.n for one in found[party.value]),
            min((one.oldest for one in found[party.value] if one.oldest), default=None),
        )
        for party in (Party.CLIENT, *(Party(body.value) for body in Body))
        if party.value in found
    ]
