"""Reminders: what is due, in which case, for whom, what ended it. No text of the plan."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.ids import new_id
from common.reminders import ReminderKind


class SnoozeReason(models.TextChoices):
    """Why a reminder may wait: a code, so that no words about a client stand here."""

    AGREED = "agreed", _("Agreed with the client")
    OTHERS = "others", _("Waits for somebody else")
    AWAY = "away", _("The client cannot be reached now")
    OTHER_FIRST = "other_first", _("Something else comes first")


class Level(models.IntegerChoices):
    """Whom a reminder reached: whose it is, then who leads their office, then the director."""

    OWN = 0, _("Whose it is")
    LEADER = 1, _("Who leads the office")
    DIRECTOR = 2, _("The director")


OF_NO_CASE = (
    ReminderKind.COVER_ENDS,
    ReminderKind.SEAT_WAITS,
    ReminderKind.OWN_REQUEST_WAITS,
    ReminderKind.CONSULTATION_WAITS,
)
"""What is reminded of beside the cases: a worker's own absence, a person whom an office has yet to
name, and what stands before a case."""


class Reminder(models.Model):
    """One thing due, for one user (a worker, or the client's own user); made once by the night.

    ``subject_id`` is what it is about: a case, a version, an action, a request, and so on.
    ``due_on`` is the last day in time. The unique key is what makes a second night make
    nothing twice. ``about``: whose it is, where it has gone up (``level``). ``case`` is empty
    only where it is about no client. Snoozed, it is not shown before ``snoozed_until``; that
    ends nothing, and it goes up all the same.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=20, choices=ReminderKind)
    subject_id = models.UUIDField()
    due_on = models.DateField()
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.OWN, db_default=Level.OWN)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    raised_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    snoozed_because = models.CharField(
        max_length=12, choices=SnoozeReason, blank=True, db_default=""
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "due_on", "for_user"], name="reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("raised_on")),
                name="reminder_ends_after_it_is_raised",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(kind__in=OF_NO_CASE),
                name="reminder_is_about_a_case",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.OWN, about__isnull=True)
                | (~Q(level=Level.OWN) & Q(about__isnull=False)),
                name="reminder_gone_up_says_whose_it_is",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True, snoozed_because="")
                | (Q(snoozed_until__isnull=False) & ~Q(snoozed_because="")),
                name="reminder_snoozed_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["for_user", "due_on"],
                condition=Q(ended_on__isnull=True),
                name="reminder_open_by_user",
            ),
            models.Index(
                fields=["subject_id"],
                condition=Q(ended_on__isnull=True),
                name="reminder_open_by_subject",
            ),
        ]
