"""What somebody says of the accessibility of the service, to whoever keeps it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.ids import new_id


class AccessibilityFeedback(models.Model):
    """One feedback, by anybody, with or without a log-in; who sent it is not recorded.

    ``address``: where an answer is wished, or "". Then ``due_on`` is the last day in time (Act
    306/2019 chapter 3: two weeks); without one there is nobody to answer, and no day. ``answer``:
    what was answered, or done about it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text = models.TextField()
    where = models.CharField(max_length=200, blank=True)
    address = models.EmailField(blank=True)
    sent_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(address="", due_on__isnull=True)
                | (~Q(address="") & Q(due_on__isnull=False)),
                name="feedback_due_where_an_answer_is_wished",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__gte=F("sent_at")) & ~Q(answer="")),
                name="feedback_answered_at_and_with",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
