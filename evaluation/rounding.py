"""Counts leave rounded to fives, at random but always the same way (docs/adr/0046).

A count that is a multiple of five stays; another goes down or up to the next one, up the oftener
the nearer it is, so that sums and means over many cells come out right. Whoever reads a rounded
count knows only that the true one is less than five away: nothing from one to four can be told from
its neighbours, nought included.

The draw depends on a key of the installation, on the cell and on the true count, and on nothing
else: the same count of the same cell comes out alike on every page, in every period and however
often it is made, so that reading it again teaches nothing.
"""

from __future__ import annotations

from common.crypto import search_hash

BASE = 5
SLACK = BASE - 1
"""How far at most a rounded count lies from the true one."""


def rounded(count: int, *, cell: str, draw: int = 0) -> int:
    """The count as it is shown. ``draw``: another try where the first would tell too much."""
    rest = count % BASE
    if not rest:
        return count
    up = _chance(f"{cell}|{count}|{draw}") < rest / BASE
    return count - rest + (BASE if up else 0)


def may_be(shown: int) -> tuple[int, int]:
    """The least and the most that the true count can be, for whoever reads the rounded one."""
    return max(0, shown - SLACK), shown + SLACK


def _chance(text: str) -> float:
    """A number from nought to below one that nobody can foretell without the key."""
    digest = search_hash(f"evaluation.rounding|{text}")
    return int(digest[:13], 16) / 16**13
