"""Feedback on accessibility, for whoever keeps the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from common.actor import Actor
from common.decision import NotVisible
from people.access import can_keep_organisation
from people.models import AccessibilityFeedback


@dataclass(frozen=True, slots=True)
class FeedbackWaiting:
    """How many wait for an answer or to be looked at, and how many of them are late."""

    waiting: int
    late: int


def get_accessibility_feedback(
    actor: Actor, feedback_id: UUID, *, lock: bool = False
) -> AccessibilityFeedback:
    """One feedback. Raises NotVisible for anybody but whoever keeps the service."""
    found = list_accessibility_feedback(actor).filter(pk=feedback_id)
    feedback = (found.select_for_update() if lock else found).first()
    if feedback is None:
        raise NotVisible
    return feedback


def list_accessibility_feedback(actor: Actor) -> QuerySet[AccessibilityFeedback]:
    """All of it: what is open first, the soonest due before the rest; then the last answered."""
    if not can_keep_organisation(actor).allowed:
        return AccessibilityFeedback.objects.none()
    return AccessibilityFeedback.objects.order_by(
        F("answered_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "sent_at", "pk"
    )


def accessibility_feedback_waiting(actor: Actor, *, on: date) -> FeedbackWaiting:
    """What waits for this reader; a day in time has passed where today is after it."""
    waiting = list_accessibility_feedback(actor).filter(answered_at__isnull=True)
    return FeedbackWaiting(waiting.count(), waiting.filter(due_on__lt=on).count())
