"""A file of who works in which office: checked first, then written, or thrown away."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models.organisation import Office, Position


class StaffFileState(models.TextChoices):
    CHECKED = "checked", _("Checked, nothing written")
    WAITING = "waiting", _("Waits for a second person")
    DONE = "done", _("Written")
    TURNED_DOWN = "turned_down", _("Turned down")
    DISCARDED = "discarded", _("Discarded")


class StaffFile(models.Model):
    """One file as it was read; what it would do is asked anew whenever it is shown or written.

    ``office``: of the leader who gave it; empty where the keeper gave one of several offices, and
    an officer decides. ``rows``: the lines that could be read, with their numbers; ``faults``: the
    others, by line, column and reason. Both are forgotten once it is written or thrown away, save
    the faults and how many lines did what (``counts``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    rows = models.JSONField()
    faults = models.JSONField()
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=StaffFileState, default=StaffFileState.CHECKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            # A file of several offices is never written by who gave it.
            models.CheckConstraint(
                condition=Q(office__isnull=False)
                | ~Q(state="done")
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("asked_by")),
                name="staff_file_second_person",
            ),
        ]


class StaffMissing(models.Model):
    """Somebody works in an office and a file of its staff no longer names them.

    Nobody's work ends by it: whoever leads the office ends it, or says that they work on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="missing")
    said_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["position"], condition=Q(answered_at__isnull=True),
                name="staff_missing_asked_once",
            ),
        ]  # fmt: skip
