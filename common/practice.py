"""The practice database: a second one beside the real, in which everybody is artificial.

What is done inside :func:`in_practice` asks that database alone, whatever room it goes through: it
holds no real person, so that none can be met, counted or written to (docs/adr/0036). It is reached
by the same log-ins as the real one, at a database whose name ends in ``_practice``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections

PRACTICE = "practice"
ENDING = "_practice"
"""How the name of the practice database ends: what clears one looks at it."""

_inside: ContextVar[bool] = ContextVar("practice", default=False)


def is_practice() -> bool:
    """Whether what is asked of the database now is asked of the practice database."""
    return _inside.get()


def practice_alias(alias: str) -> str:
    """What the settings call the same log-in at the practice database."""
    return PRACTICE if alias == DEFAULT_DB_ALIAS else f"{PRACTICE}_{alias}"


@contextmanager
def in_practice() -> Iterator[None]:
    """Whatever is asked of the database within the block is asked of the practice database."""
    own = connections[DEFAULT_DB_ALIAS]
    inside = _inside.set(True)
    connections[DEFAULT_DB_ALIAS] = connections[PRACTICE]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
        _inside.reset(inside)
