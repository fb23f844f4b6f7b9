"""A language opens for clients when somebody who reads it as their own has signed its texts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from common.ids import new_id


class LanguageSignature(models.Model):
    """A native reader has read every text of a language, as they stood, and stands by them.

    ``digest``: of all texts together, as they were read; ``texts``: of each one, to count what has
    changed since. The newest of a language holds, while its texts are those that were signed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    language = models.CharField(max_length=10)
    reader = models.CharField(max_length=200)
    signed_on = models.DateField()
    digest = models.CharField(max_length=64)
    texts = ArrayField(models.CharField(max_length=16))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reader=""), name="language_signed_by_somebody"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="language_signed_as_it_stood"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["language", "-recorded_at"], name="language_signed_newest")
        ]
