"""Nobody stands alone in an extract by what a neighbour could know of them (k-anonymity)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
Known = tuple[str, ...]
"""What could be known of somebody from elsewhere; an empty part is not told."""

SMALLEST_CLASS = 5


@dataclass(frozen=True, slots=True)
class Anonymised(Generic[Key]):
    """What is told of each. ``k``: how many look alike at least; 0 where nobody is left."""

    rows: dict[Key, Known]
    k: int
    generalised: int
    left_out: int


def anonymised(known: Mapping[Key, Known], *, first_to_go: Sequence[int]) -> Anonymised[Key]:
    """Leave out parts, then people, until each looks like four others at least.

    Where too few look alike, of those few one part after another is not told, in the order of
    ``first_to_go``. Whoever stands apart even then is left out.
    """
    rows = dict(known)
    for part in first_to_go:
        for key in _alone(rows):
            told = rows[key]
            rows[key] = (*told[:part], "", *told[part + 1 :])
    alone = set(_alone(rows))
    kept = {key: told for key, told in rows.items() if key not in alone}
    return Anonymised(
        rows=kept,
        k=min(Counter(kept.values()).values(), default=0),
        generalised=sum(told != known[key] for key, told in kept.items()),
        left_out=len(alone),
    )


def _alone(rows: Mapping[Key, Known]) -> list[Key]:
    sizes = Counter(rows.values())
    return [key for key, told in rows.items() if sizes[told] < SMALLEST_CLASS]
