"""How somebody wants to be told."""

from __future__ import annotations

from common.actor import Actor
from followup.models import ContactChoice


def contact_choice_of(actor: Actor) -> ContactChoice:
    """One's own choice, or what holds for whoever has chosen nothing."""
    found = ContactChoice.objects.filter(user_id=actor.writer_id).first()
    return found or ContactChoice(user_id=actor.writer_id)
