"""Who is known to their body's directory and asks to be let in here."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.ids import new_id
from people.models.organisation import Office, Position


class EntryWhat(models.TextChoices):
    """What somebody's directory says that is not so here yet."""

    WORKS = "works", _("Somebody who works here")
    MOVED = "moved", _("Works in another office now")
    RENAMED = "renamed", _("Has another name now")


class EntryState(models.TextChoices):
    WAITING = "waiting", _("Waits to be answered")
    GRANTED = "granted", _("Let in")
    REFUSED = "refused", _("Not let in")
    OVERTAKEN = "overtaken", _("Nothing to answer any more")


class EntryRequest(models.Model):
    """What a body's directory says of somebody who logged in, until whoever lets in has answered.

    It gives nothing by itself: no office, no role, no case, no name. ``said``: what the directory
    said, by our own names of claims. ``offices``: where they may be let in, the one that was named
    or else every office their provider speaks for; nobody lets them in anywhere else.
    ``oversteps``: the directory named a body or an office that its provider does not speak for.
    ``position``: what they were given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="entry_requests"
    )
    what = models.CharField(max_length=10, choices=EntryWhat)
    provider = models.CharField(max_length=100)
    body = models.CharField(max_length=20, choices=Body, blank=True)
    offices = models.ManyToManyField(Office, related_name="+")
    said = models.JSONField()
    oversteps = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    position = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=EntryState.WAITING), name="entry_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("user")),
                name="entry_not_let_in_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.WAITING, decided_at__isnull=True)
                | (~Q(state=EntryState.WAITING) & Q(decided_at__isnull=False)),
                name="entry_decided_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EntryState.GRANTED, EntryState.REFUSED])
                | Q(decided_by__isnull=False),
                name="entry_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.REFUSED) | ~Q(reason=""),
                name="entry_refused_with_a_reason",
            ),
        ]
