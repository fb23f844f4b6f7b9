"""What was counted, and what may be shown of it: two tables, of which the web reads the second."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from evaluation.models.snapshots import Snapshot
from evaluation.rounding import BASE


class Breakdown(models.TextChoices):
    """By what a figure is told: for the network as a whole, or for each part of it."""

    NETWORK = "network", _("The whole network")
    MUNICIPALITY = "municipality", _("By municipality")
    BODY = "body", _("By organisation")
    OFFICE = "office", _("By office")
    ITEM = "item", _("By kind")


class _Cell(models.Model):
    """One cell of one indicator's table.

    ``key``: which part it is of: the code of a municipality (its group's, "" for one outside the
    network), a body, an office's id, an item of the indicator; empty for the whole network.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE)
    indicator = models.CharField(max_length=40)
    breakdown = models.CharField(max_length=12, choices=Breakdown, default=Breakdown.NETWORK)
    key = models.CharField(max_length=40, blank=True)

    only_changes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class Tally(_Cell):
    """What was really counted. Only the night reads and writes it: the web's log-in has no right.

    ``whole``: how many; ``part``: of how many of them it is so. ``half_within`` and
    ``nine_in_ten_within``: the value that half, and nine in ten, are not above (nearest rank).
    ``mean`` and ``deviation``: of the values, the latter the sample's (n - 1).
    """

    whole = models.PositiveIntegerField()
    part = models.PositiveIntegerField()
    half_within = models.FloatField(null=True)
    nine_in_ten_within = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    deviation = models.FloatField(null=True)

    keeper_alone = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["snapshot", "indicator", "breakdown", "key"], name="tally_cell_once"
            ),
            models.CheckConstraint(
                condition=Q(part__lte=F("whole")), name="tally_part_of_the_whole"
            ),
        ]


class PublishedFigure(_Cell):
    """What is shown of a tally: counts rounded to fives (docs/adr/0046), None for what is not.

    ``margin``: half of the 95 % interval of the mean. A value of few people is not shown.
    """

    whole = models.PositiveIntegerField(null=True)
    part = models.PositiveIntegerField(null=True)
    half_within = models.FloatField(null=True)
    nine_in_ten_within = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    margin = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["snapshot", "indicator", "breakdown", "key"], name="figure_cell_once"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{counted}__isnull": True})
                    | Q(Exact(Mod(F(counted), BASE), 0)),
                    name=f"figure_{counted}_is_rounded",
                )
                for counted in ("whole", "part")
            ),
        ]
