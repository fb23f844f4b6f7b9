"""Sends the making of an extract to Celery, once its approval is committed."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from evaluation.signals import extract_approved
from evaluation.tasks import make_approved_extract


@receiver(extract_approved)
def enqueue(order_id: UUID, **_: Any) -> None:
    """Have it made by a worker; where nobody takes it, the night makes it."""
    transaction.on_commit(partial(make_approved_extract.delay, str(order_id)), robust=True)
