"""One worker stands in for another, for a time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cases.models.team import term_in_time
from common.ids import new_id
from people.models import Network


class Cover(models.Model):
    """One worker stands in for another of the same body in all their cases, for a time.

    From ``since`` to before ``until``; chosen once, ends by itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covering"
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(user=F("by")), name="cover_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="cover_ends_after_start"
            ),
            ExclusionConstraint(
                name="cover_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (term_in_time(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "until"], name="cover_by_whom")]
