"""Sends the work that was asked for to Celery, once it is committed; takes the dead off lists."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from benefits.models import ClosedBecause, Coming, Flag
from benefits.signals import import_asked
from benefits.tasks import read_extract
from common.clock import day_of
from common.journal import Journal
from people.models import LifeEvent, LifeKind
from people.signals import life_changed


@receiver(import_asked)
def enqueue(run_id: UUID, commit: bool, **_: Any) -> None:
    """Have the extract read or written by a worker, after the request has ended well."""
    # A broker that is away does not undo what was asked: the page offers to go on.
    transaction.on_commit(partial(read_extract.delay, str(run_id), commit), robust=True)


@receiver(life_changed)
def off_the_worklist(event: LifeEvent, journal: Journal, now: datetime, **_: Any) -> None:
    """Whoever has died meets no trigger, and comes to none."""
    if event.kind == LifeKind.DIED:
        journal.change(
            Flag.objects.filter(person_id=event.person_id, closed_on=None),
            closed_on=day_of(now),
            closed_because=ClosedBecause.DIED.value,
        )
        journal.take_away(Coming.objects.filter(person_id=event.person_id))
