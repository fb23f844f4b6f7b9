"""What somebody has begun to type, and where what they sent led to."""

from __future__ import annotations

from common.actor import Actor
from people.models import Draft, SentForm


def draft_of(actor: Actor, page: str) -> Draft | None:
    """What this actor has begun to write on a page, if anything."""
    return Draft.objects.filter(user_id=actor.writer_id, page=page).first()


def answer_to(digest: str) -> str:
    """Where a form that was sent before led to; empty where it showed a page."""
    return SentForm.objects.values_list("answer", flat=True).get(digest=digest)
