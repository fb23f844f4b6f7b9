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


def name_actor(actor: Actor) -> None:
    """Set ``app.actor`` for the rest of the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', %s, true)", [actor.label])


_remembered: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Open a transaction and name the actor in its first statement."""
    memory = _remembered.set({})
    try:
        with transaction.atomic():
            name_actor(actor)
            yield
    finally:
        _remembered.reset(memory)


def remembered(key: Hashable, find: Callable[[], Found]) -> Found:
    """What ``find`` finds, asked once in a request or task: for what changes seldom.

    Outside :func:`acting_as` it is asked every time. Whoever changes what is remembered calls
    :func:`forget`.
    """
    memory = _remembered.get()
    if memory is None:
        return find()
    if key not in memory:
        memory[key] = find()
    return memory[key]  # type: ignore[no-any-return]


def forget() -> None:
    """What was remembered has changed: it is asked again."""
    memory = _remembered.get()
    if memory is not None:
        memory.clear()
