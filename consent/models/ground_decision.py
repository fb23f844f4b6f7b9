"""What two officers decide of a row of the ground table together, and what one does alone."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from consent.models.ground import Ground


class GroundAct(models.TextChoices):
    """What is done to a row by two officers; nothing opens or ends by one of them."""

    SIGN = "sign", _("Sign it")
    END = "end", _("End it")
    LIFT = "lift", _("End the suspension")


class GroundDecision(models.Model):
    """One officer began it, another one confirmed it: only then does it count.

    ``last_day`` (inclusive) where it ends a row. Confirmed or set aside, it stands still. A named
    part of the system that sets an installation up (``set_up_by``) writes down what was decided
    before it, and needs nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ground = models.ForeignKey(Ground, on_delete=models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=10, choices=GroundAct)
    last_day = models.DateField(null=True, blank=True)
    set_up_by = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ground"],
                condition=Q(confirmed_at__isnull=True, set_aside_at__isnull=True),
                name="ground_decision_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(act=GroundAct.END, last_day__isnull=False)
                | (~Q(act=GroundAct.END) & Q(last_day__isnull=True)),
                name="ground_decision_last_day_of_an_end",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(set_up_by=""),
                    begun_by__isnull=True,
                    confirmed_by__isnull=True,
                    confirmed_at__isnull=False,
                )
                | Q(set_up_by="", begun_by__isnull=False),
                name="ground_decision_by_officers_or_set_up",
            ),
            models.CheckConstraint(
                condition=~Q(set_up_by="")
                | Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~Q(confirmed_by=F("begun_by"))
                ),
                name="ground_decision_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True)
                | Q(
                    set_aside_at__isnull=False,
                    set_aside_by__isnull=False,
                    confirmed_at__isnull=True,
                ),
                name="ground_decision_set_aside_or_confirmed",
            ),
        ]


class GroundSuspension(models.Model):
    """One officer took a row out of force at once; two let it hold again, or end it.

    ``since`` is its first day (inclusive), ``lifted_on`` the day from which the row holds again.
    Nothing opens by itself meanwhile: also a network's own row that is suspended keeps the one
    for the whole country out.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=300)
    since = models.DateField()
    suspended_at = models.DateTimeField()
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.OneToOneField(
        GroundDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="lifted"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ground"],
                condition=Q(lifted_on__isnull=True),
                name="ground_suspended_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ground_suspended_for_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
                name="ground_suspension_lifted_by_two",
            ),
        ]

    def stands_on(self, day: date) -> bool:
        """Whether the row is out of force by it on a day."""
        return self.since <= day and (self.lifted_on is None or self.lifted_on > day)
