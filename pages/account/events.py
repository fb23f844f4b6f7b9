"""What happened with an account, as it is shown to whose it is and to the officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from people.models import AccountEvent
from people.selectors import AccountEventSeen


@dataclass(frozen=True, slots=True)
class EventShown:
    """One thing that happened, when, and how often in a row."""

    at: datetime
    label: str
    count: int


def events_shown(rows: Iterable[AccountEventSeen]) -> list[EventShown]:
    """The events in their order; the same again and again is one line with its number."""
    shown: list[EventShown] = []
    for row in rows:
        label = str(row.event.label)
        if shown and shown[-1].label == label and row.event is AccountEvent.LOG_IN_FAILED:
            shown[-1] = EventShown(shown[-1].at, label, shown[-1].count + 1)
        else:
            shown.append(EventShown(row.at, label, 1))
    return shown
