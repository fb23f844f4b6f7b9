"""Who may write the ready texts of a network."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.decision import Decision
from people.selectors import leads_office


def can_write_templates(actor: Actor, *, now: datetime) -> Decision:
    """May this actor write the ready texts of their network? Its director and office leaders."""
    if actor.kind is ActorKind.DIRECTOR or (actor.is_worker and leads_office(actor, now=now)):
        return Decision.yes()
    return Decision.no(_("The leaders of the offices and the director write the templates."))
