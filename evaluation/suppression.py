"""No count under five leaves the room, and none that would give such a count away.

Works on one column of counts and its total, as a reader may subtract them. Counts cannot be
negative, so a withheld part lies between nothing and the sum of all withheld parts; that sum
must leave room for five and more, or the reader could read the small count from it.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST = 5


def suppressed(parts: Sequence[int], *, whole: Sequence[int] | None = None) -> list[int | None]:
    """The parts and, last, their total; None for what may not be shown.

    ``whole``, where given, are counts of which each part is a share (all cases, where the
    parts are the cases with Kela) and which are published beside it through this function: what
    is left over is then a count too, and is guarded like the part itself.
    """
    rests = [w - p for p, w in zip(parts, whole or parts, strict=True)]
    total_stays = may_show(sum(parts), sum(rests))
    hidden = {
        at
        for at, (part, left) in enumerate(zip(parts, rests, strict=True))
        if not may_show(part, left)
    }
    if whole:
        hidden |= {at for at, value in enumerate(suppressed(whole)[:-1]) if value is None}
    more = sorted(set(range(len(parts))) - hidden, key=lambda at: (parts[at], at))
    while total_stays and hidden and not _holds(hidden, parts, rests):
        if not more:
            total_stays = False
            break
        hidden.add(more.pop(0))
    return [
        *(None if at in hidden else part for at, part in enumerate(parts)),
        sum(parts) if total_stays else None,
    ]


def may_show(part: int, rest: int) -> bool:
    """May a single count be shown, ``rest`` being what it leaves of a count shown beside it?"""
    return part >= SMALLEST and (rest == 0 or rest >= SMALLEST)


def _holds(hidden: set[int], parts: Sequence[int], rests: Sequence[int]) -> bool:
    """Does the sum of what is withheld, which the total tells, say nothing of any one part?"""
    return len(hidden) > 1 and may_show(
        sum(parts[at] for at in hidden), sum(rests[at] for at in hidden)
    )
