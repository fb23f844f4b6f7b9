"""A network's figures of one period, made once, when the period is over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models import Network


class PeriodKind(models.TextChoices):
    """How long a period is. ``YEAR``: from 1 January to the end of a month; December's is whole."""

    WEEK = "week", _("A week")
    MONTH = "month", _("A month")
    YEAR = "year", _("The year until then")


class Snapshot(models.Model):
    """The figures of one network for the days from ``since`` to ``until``, both inclusive.

    Made once, in the night after the period, and never again: what is answered late, corrected or
    erased afterwards changes no figure that was published.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=5, choices=PeriodKind)
    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField()

    only_changes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "kind", "until"], name="snapshot_once"),
            models.CheckConstraint(
                condition=Q(since__lte=F("until")), name="snapshot_since_before_until"
            ),
        ]
