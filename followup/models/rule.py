"""What a network has decided about reminders, over the national core in ``followup.rules``."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from common.reminders import ReminderKind
from people.models import Network


class ReminderRule(models.Model):
    """One kind of reminder, as one network wants it; the newest row of a kind holds.

    All figures in days; empty where the national core holds. ``notice``: so many days before the
    due day. ``allowed``: what is counted, where the rule counts something (days without contact).
    ``leader_after`` and ``director_after``: so many days after the due day it goes up. ``is_on``
    can be off only for what no statute asks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="reminder_rules")
    kind = models.CharField(max_length=20, choices=ReminderKind)
    is_on = models.BooleanField(_("Reminds"), default=True)
    notice = models.SmallIntegerField(_("Days before"), null=True, blank=True)
    allowed = models.PositiveSmallIntegerField(_("After how many days"), null=True, blank=True)
    leader_after = models.PositiveSmallIntegerField(
        _("To the office's leader after so many days"), null=True, blank=True
    )
    director_after = models.PositiveSmallIntegerField(
        _("To the director after so many days"), null=True, blank=True
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["network", "kind", "-decided_at"], name="reminder_rule_newest"),
        ]
