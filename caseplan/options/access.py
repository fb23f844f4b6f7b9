"""Who offers options, who answers them, and who says something to the answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.options.models import Offer
from cases.access import can_write_in_case, case_is_open
from common.actor import Actor
from common.decision import Decision


def can_answer_offer(actor: Actor, offer: Offer, *, now: datetime) -> Decision:
    """May this actor answer? The client, once; or a worker of the team who types for them."""
    if not offer.is_open:
        return Decision.no(_("This has been answered already."))
    if actor.is_client:
        return case_is_open(offer.case)
    if not actor.types_for_client_of(offer.case_id):
        return Decision.no(_("Only the client chooses. Choose together, with the client present."))
    return can_write_in_case(actor, offer.case, now=now)


def can_withdraw_offer(actor: Actor, offer: Offer, *, now: datetime) -> Decision:
    """May this worker take an offer back? The body that made it, until it is answered."""
    if not offer.is_open:
        return Decision.no(_("This has been answered already."))
    return _of_its_body(actor, offer, now)


def can_reply_to_answer(actor: Actor, offer: Offer, *, now: datetime) -> Decision:
    """May this worker say something to a "none" or a wish? The body that offered, once."""
    if not offer.wants_reply:
        return Decision.no(_("Nothing here waits for a reply."))
    return _of_its_body(actor, offer, now)


def _of_its_body(actor: Actor, offer: Offer, now: datetime) -> Decision:
    if actor.party != offer.recorded_for:
        return Decision.no(_("Only the body that offered these can do this."))
    return can_write_in_case(actor, offer.case, now=now)
