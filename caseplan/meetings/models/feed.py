"""The private address at which a worker's calendar program reads when they have meetings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.ids import new_id


class CalendarFeed(models.Model):
    """One private address of a worker. Only its hash is kept: the table opens nothing.

    One stands at a time; a new one, or its owner, ends it for good. ``fetches`` and ``fetched_at``:
    how often and when it was read last, so that its owner sees a reader they do not know.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    fetches = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="calendar_feed_one_stands"
            ),
        ]
