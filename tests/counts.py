"""What the cache counts, of one test alone.

All tests, and both processes that run them, share one cache; it counts the wrong tries of whoever
logs in. A test that emptied it would let another test's tries go free, or be held up by them.
"""

from __future__ import annotations

from uuid import uuid4

from django.core.cache.backends.base import BaseCache

_make_key = BaseCache.make_key
_own = ""


def begin_anew() -> None:
    """From here on nothing has been counted, for this process alone."""
    global _own  # noqa: PLW0603 - one test runs at a time in a process
    _own = uuid4().hex


def key_of_this_test(cache: BaseCache, key: str, version: int | None = None) -> str:
    """Where a key of the cache stands while this test runs; in place of Django's ``make_key``."""
    return _make_key(cache, f"{_own}:{key}", version)
