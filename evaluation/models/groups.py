"""Small municipalities are counted together, for a whole year at a time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from common.ids import new_id
from people.models import Municipality, Network


class MunicipalityGroup(models.Model):
    """In a year's figures of a network, a municipality stands in the group of ``under``.

    Its own, where it is large enough to stand alone. Settled once a year and kept: a group that
    came apart within the year would tell by subtraction what it was made for to hide.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    under = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")

    only_changes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "year", "municipality"], name="municipality_group_once_a_year"
            )
        ]
