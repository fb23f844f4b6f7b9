"""Somebody outside the three bodies, invited to one case."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.ids import new_id


class OutsideKind(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    REHABILITATION = "rehabilitation", _("Rehabilitation provider")
    WORKPLACE = "workplace", _("Workplace")
    HEALTH = "health", _("Contact in health care")
    TRUSTED = "trusted", _("Person of trust")


class OutsideParty(models.Model):
    """Somebody outside the three bodies, invited to one case by a consent of its client.

    Named by the client (or a worker beside them). The invitation is a secret that works once,
    kept as its hash; taking it up ties a user to it. It is sent to ``email``, else to ``phone``,
    the party's own; where neither is known, the client alone is shown it. ``invitation_number``
    counts how often it was made anew. ``ended_at``: since then nothing of the case is open to them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outside_parties")
    kind = models.CharField(max_length=20, choices=OutsideKind)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(blank=True, db_default="")
    phone = models.CharField(max_length=30, blank=True, db_default="")
    invitation_number = models.PositiveSmallIntegerField(default=1, db_default=1)
    secret_hash = models.CharField(max_length=64, blank=True)
    secret_until = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outside_parties",
    )
    taken_up_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, taken_up_at__isnull=True)
                | Q(user__isnull=False, taken_up_at__isnull=False, secret_hash=""),
                name="outside_party_secret_works_once",
            ),
            models.UniqueConstraint(
                fields=["secret_hash"],
                condition=~Q(secret_hash=""),
                name="outside_party_secret_is_unique",
            ),
        ]

    @property
    def label(self) -> str:
        """The name, with the organisation where there is one."""
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def sent_to(self) -> str:
        """The address of their own that the invitation goes to; empty where there is none."""
        return self.email or self.phone
