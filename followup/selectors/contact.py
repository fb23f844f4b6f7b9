"""How somebody wants to be told."""

from __future__ import annotations

from uuid import UUID

from common.actor import Actor
from followup.models import ContactChoice, Notice, Notification


def contact_choice_of(actor: Actor) -> ContactChoice:
    """One's own choice, or what holds for whoever has chosen nothing."""
    found = ContactChoice.objects.filter(user_id=actor.writer_id).first()
    return found or ContactChoice(user_id=actor.writer_id)


def link_letter_of(user_id: UUID) -> Notification | None:
    """The latest letter with a link to choose a password that was to go to a user, if any."""
    found = Notification.objects.filter(user_id=user_id, notice=Notice.PASSWORD)
    return found.order_by("-made_at", "-pk").first()
