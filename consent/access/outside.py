"""Who takes up an invitation, and who reads what was shared with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.decision import Decision
from common.levels import Act


def can_take_up(actor: Actor) -> Decision:
    """May this actor, who is logged in, take up an invitation? An outside party, and nobody else.

    Whoever works in the service, or is a client in it, is not let in by another door.
    """
    if actor.kind is not ActorKind.OUTSIDE:
        return Decision.no(_("Log out first. An invitation is for somebody outside the service."))
    return Decision.yes()


def can_read_shared(actor: Actor) -> Decision:
    """May this outside party open what was shared with them? With strong identification."""
    if actor.kind is ActorKind.OUTSIDE:
        return Decision.proven(actor, Act.READ_SHARED)
    return Decision.yes()
