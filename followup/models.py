"""Reminders: what is due, in which case, for whom, what ended it. No text of the plan."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.ids import new_id


class ReminderKind(models.TextChoices):
    PLAN_DUE = "plan_due", _("The plan is to be made")
    REVIEW_DUE = "review_due", _("The plan is to be reviewed")
    ACTION_OVERDUE = "action_overdue", _("An action is overdue")
    CONSENT_ASKED = "consent_asked", _("A request for consent waits for an answer")


class Reminder(models.Model):
    """One thing due, for one user (a worker, or the client's own user); made once by the night.

    ``subject_id`` is the case, the plan version, the action or the request it is about.
    ``due_on`` is the last day in time. The unique key is what makes a second night make
    nothing twice.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=ReminderKind)
    subject_id = models.UUIDField()
    due_on = models.DateField()
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    raised_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "due_on", "for_user"], name="reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("raised_on")),
                name="reminder_ends_after_it_is_raised",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["for_user", "due_on"],
                condition=Q(ended_on__isnull=True),
                name="reminder_open_by_user",
            ),
        ]
