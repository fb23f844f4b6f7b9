"""What a reader can work out from a table of rounded counts: parts, their sum, what they are of.

Each shown count leaves some room for the true one; that parts add up to their total, and that a
part is no more than what it is a part of, makes the room smaller. A table is shown only while every
cell keeps enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.rounding import may_be

FEWEST_LEFT = 3
"""How many values must stay possible for each true count."""


@dataclass(frozen=True, slots=True)
class Room:
    """The true count is from ``least`` to ``most``, both inclusive."""

    least: int
    most: int

    @property
    def values(self) -> int:
        return self.most - self.least + 1


def rooms(parts: Sequence[int], total: int) -> list[Room]:
    """The room left for each part and, last, for the total, where the parts make up the total.

    Exact: each room's ends are reached by some true table that is shown just so.
    """
    given = [Room(*may_be(shown)) for shown in parts]
    whole = Room(*may_be(total))
    least, most = sum(room.least for room in given), sum(room.most for room in given)
    left = [
        Room(
            max(room.least, whole.least - (most - room.most)),
            min(room.most, whole.most - (least - room.least)),
        )
        for room in given
    ]
    return [*left, Room(max(whole.least, least), min(whole.most, most))]


def tells_too_much(parts: Sequence[int], total: int) -> bool:
    """Whether some true count could be worked out, or nearly."""
    return any(room.values < FEWEST_LEFT for room in rooms(parts, total))
