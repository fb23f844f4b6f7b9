"""One worker stands in for another, for a time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.team import validity_range
from common.ids import new_id
from people.models import Network


class CoverFinding(models.TextChoices):
    """What the data-protection officer found of a leader who named themselves."""

    IN_ORDER = "in_order", _("It was needed")
    NOT_IN_ORDER = "not_in_order", _("It was not in order")


class Cover(models.Model):
    """One worker stands in for another of the same body in all their cases, for a time.

    From ``since`` to before ``until``; chosen once, ends by itself, six months after its first
    day at the latest (``migrations/0004_covers.sql``, which also lets its end only come nearer).

    ``made_by``: the covered worker, or whoever leads their office. A leader who named themselves
    (``named_oneself``) stands in for some hours alone; with another leader's confirmation, to
    ``asked_until``. What nobody confirmed, the data-protection officer looks at, and ``finding``
    is kept.
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
    asked_until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    finding = models.CharField(max_length=20, choices=CoverFinding, blank=True, db_default="")
    found_why = models.CharField(max_length=500, blank=True, db_default="")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(user=F("by")), name="cover_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="cover_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(asked_until__isnull=True) | Q(made_by=F("by")),
                name="cover_goes_on_where_a_leader_named_themselves",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~Q(confirmed_by=F("made_by"))
                ),
                name="cover_confirmed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, finding="")
                | (
                    Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                    & ~Q(finding="")
                    & ~Q(reviewed_by=F("made_by"))
                    & ~Q(reviewed_by=F("by"))
                ),
                name="cover_reviewed_by_somebody_else",
            ),
            ExclusionConstraint(
                name="cover_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (validity_range(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "until"], name="cover_by_whom")]

    @property
    def named_oneself(self) -> bool:
        """Whether whoever stands in chose it themselves, for somebody of the office they lead."""
        return self.made_by_id == self.by_id
