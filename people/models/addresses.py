"""Where an account's own letters go, and how that changes."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.ids import new_id


class AccountLetter(StrEnum):
    """A letter about an account itself; each is written when it is handed over, and kept nowhere.

    ``PASSWORD``: a link to choose a password, to the person's own address. ``ADDRESS``: a link by
    which a new address says that it is theirs, to that address. ``ACCOUNT``: that something has
    changed, to the address that stood before. ``TRIAL``: a code that tells whether letters arrive.
    """

    PASSWORD = "password"  # noqa: S105
    ADDRESS = "address"
    ACCOUNT = "account"
    TRIAL = "trial"


class AddressChange(models.Model):
    """A new address of an account: asked for, confirmed from there, and then it holds or not.

    It holds once whoever reads the new address has confirmed it *and* the account's owner or a
    second person has approved it, or nobody has stopped it for seven days. Until then letters, and
    links to choose a password above all, go where they went. ``asked_by`` empty: by the
    installation's operator.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_changes"
    )
    address = models.EmailField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    holds = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at__isnull=True), name="address_change_one_open"
            ),
            # Whoever asks for somebody else's address does not approve it too.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(approved_by=F("user"))
                | ~Q(approved_by=F("asked_by")),
                name="address_change_second_person",
            ),
            models.CheckConstraint(
                condition=Q(holds=False) | Q(closed_at__isnull=False, confirmed_at__isnull=False),
                name="address_change_holds_once_confirmed",
            ),
        ]
