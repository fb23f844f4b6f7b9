"""The record of each night's run, of each batch of its work, and of the making of practice."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id


class NightlyRun(models.Model):
    """The night's work for one day, from its plan to its end, however many processes did it.

    At most one is unfinished at any time: whoever comes, helps with that one. ``counts`` and
    ``failure`` are of its finished work: what was done, and which batches were given up.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=True),
                nulls_distinct=False,
                name="run_one_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="run_finishes_after_it_starts",
            ),
        ]

    @property
    def took(self) -> timedelta | None:
        """From its beginning to its end; None while it goes on."""
        return self.finished_at - self.started_at if self.finished_at else None


class BatchState(models.TextChoices):
    WAITING = "waiting", _("Waits")
    DONE = "done", _("Done")
    SPLIT = "split", _("Failed, and done again in halves")
    PARKED = "parked", _("Failed: somebody must look into it")


class Batch(models.Model):
    """One batch of a night: a step, for the cases from ``first`` to ``last`` where it goes by case.

    Done in one transaction together with its own state, so that a process killed in the middle
    leaves it as it was. ``failure``: the class of the error and the rule of the database it
    broke, never its message, which may carry values.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(NightlyRun, on_delete=models.CASCADE, related_name="batches")
    step = models.CharField(max_length=30)
    stage = models.PositiveSmallIntegerField()
    first = models.UUIDField()
    last = models.UUIDField()
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    counts = models.JSONField(default=dict)
    failure = models.CharField(max_length=100, blank=True)
    seconds = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "step", "first", "last"], name="batch_once_a_run"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="batch_has_a_range"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["run", "stage"],
                condition=Q(state=BatchState.WAITING),
                name="batch_waiting",
            ),
        ]


class PracticeState(models.Model):
    """How the practice network stands: one row of the real database, of what is in the other one.

    ``asked_at``: somebody wants it made, or put back to its beginning. ``begun_at``: a process is
    doing it. ``built_at``: since when it stands as it is. ``failure``: the class of the error of
    the last try.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(null=True)
    built_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="practice_state_is_one_row"),
        ]
