"""Each indicator counted a second time, in plain Python, so that its statement is not alone.

Reads rows as objects and counts them one by one; shares nothing with the statements but the
indicators' definitions. Slow, and meant to be: it counts one network at a time, each night another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from evaluation.periods import Period
from evaluation.recounted import cases, requests
from evaluation.recounted.rows import RecountedRow

RECOUNTS: Mapping[str, Callable[[UUID, Period], Iterable[RecountedRow]]] = {
    "open_cases": cases.open_cases,
    "requests_in_time": requests.requests_in_time,
}

__all__ = ["RECOUNTS", "RecountedRow"]
