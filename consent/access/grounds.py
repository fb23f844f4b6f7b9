"""Who writes the table of grounds: officers, two of them where something opens or ends."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.decision import Decision
from consent.models import Ground, GroundAct


def can_edit_grounds(actor: Actor) -> Decision:
    """May this actor write the table of grounds? The data-protection officer signs it.

    So may a named part of the system that sets an installation up.
    """
    if actor.is_officer or actor.kind is ActorKind.SYSTEM:
        return Decision.yes()
    return Decision.no(_("Only the data-protection officer changes the grounds."))


def can_sign_ground(actor: Actor, ground: Ground, *, on: date) -> Decision:
    """May this row be signed? A draft whose first day has not passed, by who has not yet.

    Nobody's earlier look becomes lawful. Who sets an installation up writes down what was decided
    before it.
    """
    if ground.is_signed:
        return Decision.no(_("This row has been signed already."))
    if actor.is_officer and ground.valid_from < on:
        return Decision.no(_("Its first day has passed. Draft it again from today on."))
    return _can_decide(actor, ground, GroundAct.SIGN)


def can_end_ground(actor: Actor, ground: Ground, *, on: date) -> Decision:
    """May this row be given a last day? A signed one that has not ended: none is opened again."""
    standing = _holds(ground, on)
    return standing and _can_decide(actor, ground, GroundAct.END)


def can_suspend_ground(actor: Actor, ground: Ground, *, on: date) -> Decision:
    """May this row be taken out of force at once? A signed one that has not ended, by anyone."""
    standing = _holds(ground, on)
    if standing and ground.suspensions.filter(lifted_on__isnull=True).exists():
        return Decision.no(_("This row is suspended already."))
    return standing and can_edit_grounds(actor)


def can_lift_suspension(actor: Actor, ground: Ground, *, on: date) -> Decision:
    """May this row be let hold again? A suspended one that has not ended."""
    standing = _holds(ground, on)
    if standing and not ground.suspensions.filter(lifted_on__isnull=True).exists():
        return Decision.no(_("This row is not suspended."))
    return standing and _can_decide(actor, ground, GroundAct.LIFT)


def _holds(ground: Ground, on: date) -> Decision:
    if not ground.is_signed:
        return Decision.no(_("This row is a draft: it is not in force. Discard it instead."))
    if ground.valid_to is not None and ground.valid_to < on:
        return Decision.no(_("This row has ended already. Draft a new one instead."))
    return Decision.yes()


def _can_decide(actor: Actor, ground: Ground, act: GroundAct) -> Decision:
    """Two officers decide the same, one after the other; one thing waits at a time."""
    waiting = ground.waiting_decision()
    if actor.is_officer and waiting is not None:
        if waiting.begun_by_id == actor.user_id and waiting.act == act:
            return Decision.no(_("You have decided it. Another officer is to confirm it."))
        if waiting.act != act:
            return Decision.no(_("Something else waits for a second officer here first."))
    return can_edit_grounds(actor)


def can_discard_draft(actor: Actor, ground: Ground) -> Decision:
    """May this row be removed? Only one that was never signed."""
    if ground.is_signed:
        return Decision.no(_("A signed row stays. End it instead."))
    return can_edit_grounds(actor)
