"""What a night lets go, in its order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from common.actor import Actor
from operations import erasure


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many cases were closed, erased, and could not be erased."""

    closed: int
    erased: int
    failed: int


def close_and_erase(*, actor: Actor, on: date, now: datetime) -> LetGo:
    """The night's step that closes what has been followed, and the one that erases what is due."""
    closed = erasure.close_followed(actor=actor, on=on, now=now)
    gone = erasure.erase_due(actor=actor, on=on, now=now)
    return LetGo(closed, gone.erased, gone.failed)
