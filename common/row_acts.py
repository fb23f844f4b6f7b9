"""What may be done with one row of a list where it stands: one value, made where the rule lives.

A room's selector says what, and in which order; a page only draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID


class RowSubject(Enum):
    """What the row is about."""

    ACTION = auto()
    GOAL = auto()
    REMINDER = auto()
    REQUEST = auto()
    VERSION = auto()
    THREAD = auto()
    HANDOVER = auto()


class RowAct(Enum):
    """One thing that can be done with a row."""

    DONE = auto()
    MOVE = auto()
    LATER = auto()
    ANSWER = auto()
    ACCEPT = auto()
    DECLINE = auto()
    READ = auto()
    ASK = auto()
    HOW = auto()
    NOTE = auto()
    CHANGE = auto()
    DROP = auto()
    WITHDRAW = auto()
    UNDO = auto()
    REOPEN = auto()


@dataclass(frozen=True, slots=True)
class RowActs:
    """What this reader may do with this thing, in order.

    ``title``: its words, for those who hear the page. ``revision``: the one the row was read at, 0
    where the thing has none. ``case_id``: of the case it is about, where there is one.
    """

    kind: RowSubject
    subject_id: UUID
    title: str
    acts: tuple[RowAct, ...] = ()
    revision: int = 0
    case_id: UUID | None = None
