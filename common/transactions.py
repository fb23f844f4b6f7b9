"""One transaction a request or task, whose first statement names the actor.

``app.actor`` is set for the transaction only, so that row-level security can read it later
and a pooled connection never carries somebody else's name.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from common.actor import Actor


def name_actor(actor: Actor) -> None:
    """Set ``app.actor`` for the rest of the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', %s, true)", [actor.label])


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Open a transaction and name the actor in its first statement."""
    with transaction.atomic():
        name_actor(actor)
        yield
