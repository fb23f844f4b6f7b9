"""Whether letters arrive: one sent to somebody's own address, with a code that is typed back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.ids import new_id


class LetterTrial(models.Model):
    """A trial letter to whoever asked for it. ``arrived_at``: when they typed its code back.

    The code follows from the row and a key of the installation, and stands nowhere.
    ``address``: where it went. ``wrong``: how often another code was typed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_trials"
    )
    address = models.EmailField()
    sent_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_at__gte=F("sent_at")),
                name="letter_trial_arrives_after_it_was_sent",
            ),
        ]
