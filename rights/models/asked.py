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


class OwedAnswer(models.Model):
    """What a client has asked of their information: an answer is owed by ``due_on``, inclusive.

    A month from the asking; once, within it, whoever answers may take two months more, and tells
    the client why (GDPR Art. 12(3)): ``prolonged_why``.
    """

    asked_at = models.DateTimeField()
    due_on = models.DateField()
    prolonged_at = models.DateTimeField(null=True, blank=True)
    prolonged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prolonged_why = models.TextField(blank=True, default="", db_default="")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(prolonged_at=None, prolonged_by=None, prolonged_why="")
                | Q(prolonged_at__isnull=False, prolonged_by__isnull=False) & ~Q(prolonged_why=""),
                name="%(class)s_prolonged_says_why",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Question(OwedAnswer):
    """The client asks why somebody looked; the data-protection officer must answer by ``due_on``.

    ``log_row`` is the number of a row of the access log, which outlives every case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    log_row = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            *OwedAnswer.Meta.constraints,
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


class Outcome(models.TextChoices):
    CORRECTED = "corrected", _("Corrected")
    NOT_CORRECTED = "not_corrected", _("Not corrected, and why")


class Correction(OwedAnswer):
    """The client says that something recorded is wrong; the body that recorded it answers.

    ``subject_type`` and ``subject_id`` name the row (GDPR Art. 16).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    to_body = models.CharField(max_length=20, choices=Body)
    category = models.CharField(max_length=30, choices=Category)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    statement = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)

    class Meta:
        constraints: ClassVar = [
            *OwedAnswer.Meta.constraints,
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
