"""A row of client information that is edited again and again, by several people."""

from __future__ import annotations

from django.db import models

from consent.models import ClientInformation


class Revised(ClientInformation):
    """``revision`` counts the writings: an edit names the one it was made on."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
