"""Sends the work that was asked for to Celery, once it is committed."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from benefits.signals import import_asked
from benefits.tasks import read_extract


@receiver(import_asked)
def enqueue(run_id: UUID, commit: bool, **_: Any) -> None:
    """Have the extract read or written by a worker, after the request has ended well."""
    # A broker that is away does not undo what was asked: the page offers to go on.
    transaction.on_commit(partial(read_extract.delay, str(run_id), commit), robust=True)
