"""Questions about a look at one's information, and requests that something be corrected."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Body
from common.ids import new_id
from consent.models import Category


class Question(models.Model):
    """The client asks why somebody looked; the data-protection officer must answer by ``due_on``.

    ``log_row`` is the number of a row of the access log, which outlives every case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    log_row = models.BigIntegerField()
    text = models.TextField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="question_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="question_answered_at_by_and_with",
            ),
            models.UniqueConstraint(
                fields=["case", "log_row"],
                condition=Q(answered_at__isnull=True),
                name="question_open_once_a_look",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Outcome(models.TextChoices):
    CORRECTED = "corrected", _("Corrected")
    NOT_CORRECTED = "not_corrected", _("Not corrected, and why")


class Correction(models.Model):
    """The client says that something recorded is wrong; the body that recorded it answers.

    ``subject_type`` and ``subject_id`` name the row (GDPR Art. 16). ``due_on`` is the last day
    in time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    to_body = models.CharField(max_length=20, choices=Body)
    category = models.CharField(max_length=30, choices=Category)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    statement = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(statement=""), name="correction_says_what_is_wrong"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="")),
                name="correction_answered_at_by_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_CORRECTED) | ~Q(answer=""),
                name="correction_refused_says_why",
            ),
            models.UniqueConstraint(
                fields=["case", "subject_type", "subject_id"],
                condition=Q(answered_at__isnull=True),
                name="correction_open_once_a_thing",
            ),
        ]

    @property
    def subject_key(self) -> str:
        """The key of the row as its own table has it: rows of the registers have numbers."""
        number = self.subject_id.int
        return str(number) if number < 2**63 else str(self.subject_id)

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
