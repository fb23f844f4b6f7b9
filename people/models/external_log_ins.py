"""Who somebody is at an identity provider."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.ids import new_id


class ExternalLogIn(models.Model):
    """That a user is somebody of an identity provider: by it they log in without a password here.

    ``issuer`` and ``subject`` are the provider's own names, of itself and of whom it means; one
    such pair is one user's for ever. A user may have several: one of each provider they come from.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="external_log_ins"
    )
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="external_log_in_is_one_users"
            ),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(subject=""), name="external_log_in_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(last_seen__gte=F("first_seen")), name="external_log_in_seen_in_order"
            ),
        ]
