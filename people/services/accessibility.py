"""Feedback on accessibility: anybody gives it, whoever keeps the service answers in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from people.access import can_keep_organisation
from people.models import AccessibilityFeedback
from people.selectors.accessibility import get_accessibility_feedback

ANSWERED_WITHIN = timedelta(days=14)
KEPT_AFTER = timedelta(days=365)


@transaction.atomic
def give_accessibility_feedback(
    *, actor: Actor, text: str, where: str = "", address: str = "", now: datetime
) -> AccessibilityFeedback:
    """Keep what somebody says. ``actor`` is the form, never a person: who sent it stays theirs.

    Raises :class:`Refused` where nothing is said.
    """
    if not text.strip():
        raise Refused(_("Write what does not work."), field="text")
    feedback = AccessibilityFeedback.objects.create(
        text=text.strip(), where=where.strip(), address=address.strip(), sent_at=now,
        due_on=day_of(now) + ANSWERED_WITHIN if address.strip() else None,
    )  # fmt: skip
    _record(actor, feedback, "accessibility_feedback_given", now)
    return feedback


@transaction.atomic
def answer_accessibility_feedback(
    *, actor: Actor, feedback_id: UUID, answer: str, now: datetime
) -> AccessibilityFeedback:
    """Note what was answered, or done where nobody waits for an answer.

    Raises :class:`Refused` where it has been answered, and where nothing is written.
    """
    can_keep_organisation(actor).require()
    feedback = get_accessibility_feedback(actor, feedback_id, lock=True)
    if not feedback.is_open:
        raise Refused(_("This has been answered already."))
    if not answer.strip():
        raise Refused(_("Write what you answered, or what was done."), field="answer")
    feedback.answer, feedback.answered_at = answer.strip(), now
    feedback.answered_by_id = actor.writer_id
    feedback.save()
    _record(actor, feedback, "accessibility_feedback_answered", now)
    return feedback


def forget_accessibility_feedback(*, now: datetime) -> int:
    """Forget what was answered a year ago; how many. The night's work, and our own choice."""
    over = AccessibilityFeedback.objects.filter(answered_at__lt=now - KEPT_AFTER)
    return over.delete()[0]


def _record(actor: Actor, feedback: AccessibilityFeedback, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="accessibilityfeedback",
        subject_id=feedback.pk,
        now=now,
    )
