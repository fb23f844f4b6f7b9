"""Everything that waits for somebody at a moment, as the statement gives it."""

from __future__ import annotations

from datetime import datetime

from common.actor import Actor
from inbox import statement
from inbox.statement import Row
from records.selectors import reading_of

_ALL = (
    f"\nSELECT told, {statement._COLUMNS} FROM counts LEFT JOIN once ON true ORDER BY {{order}}"
).format(order="kind, subject_id, party")


def rows_of(actor: Actor, *, now: datetime) -> list[Row]:
    """Whatever place of the page it stands in."""
    return statement._ask(reading_of(actor, now=now), _ALL).rows
