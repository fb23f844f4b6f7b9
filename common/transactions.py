"""One transaction a request or task, whose first statement names the actor.

``app.actor`` is set for the transaction only, so that row-level security can read it later
and a pooled connection never carries somebody else's name.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, transaction

from common.actor import Actor

Found = TypeVar("Found")


def set_database_actor(actor: Actor) -> None:
    """Set ``app.actor`` for the rest of the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', %s, true)", [actor.label])


_cached: ContextVar[dict[Hashable, Any] | None] = ContextVar("cached", default=None)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Open a transaction and name the actor in its first statement."""
    cache = _cached.set({})
    try:
        with transaction.atomic():
            set_database_actor(actor)
            yield
    finally:
        _cached.reset(cache)


def cached_for_transaction(key: Hashable, find: Callable[[], Found]) -> Found:
    """What ``find`` finds, asked once in a request or task: for what changes seldom.

    Outside :func:`acting_as` it is asked every time. Whoever changes what is cached calls
    :func:`forget_cached`.
    """
    cache = _cached.get()
    if cache is None:
        return find()
    if key not in cache:
        cache[key] = find()
    return cache[key]  # type: ignore[no-any-return]


def forget_cached() -> None:
    """What was cached has changed: it is asked again."""
    cache = _cached.get()
    if cache is not None:
        cache.clear()


def kind_of_error(error: Exception) -> str:
    """What kind of error it is, for a log: never its words, which can quote a row.

    Its class, and of one from the database the rule of ours that it broke, or else what the driver
    calls it.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    detail = getattr(diagnosis, "constraint_name", None)
    if diagnosis is not None and detail is None:
        detail = type(error.__cause__).__name__
    return f"{type(error).__name__} {detail}"[:100] if detail else type(error).__name__
