"""The record of each night's run."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from common.ids import new_id


class NightlyRun(models.Model):
    """One run of the night's work for one day, with what it did, or what kind of error ended it.

    ``failure`` is the class of the error and the rule of the database it broke, never its
    message, which may carry values.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    failure = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_at__gte=models.F("started_at")),
                name="run_finishes_after_it_starts",
            ),
        ]
