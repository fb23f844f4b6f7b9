"""What follows for offers when a case ends: nothing is left to choose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from caseplan.options.models import Offer, OfferState
from cases.models import Case
from cases.signals import case_ended, case_ended_immediately
from common.actor import Actor
from common.journal import Journal
from records.services import log_row


@receiver(case_ended_immediately)
def end_offers_at_once(case: Case, journal: Journal, now: datetime, **_: Any) -> None:
    """What was offered and not answered is taken back, and comes back if that was a mistake."""
    journal.change(
        Offer.objects.filter(case=case, state=OfferState.OPEN),
        state=OfferState.WITHDRAWN.value,
        answered_at=now,
    )


@receiver(case_ended)
def end_offers(case: Case, actor: Actor, now: datetime, **_: Any) -> None:
    """What was offered and not answered is taken back. Nobody is told of it apart from the end."""
    offers = Offer.objects.select_for_update(of=("self",)).filter(case=case, state=OfferState.OPEN)
    for offer in offers.select_related("case").order_by("pk"):
        offer.state, offer.answered_at = OfferState.WITHDRAWN, now
        offer.save(update_fields=["state", "answered_at"])
        log_row(actor, offer, "withdrawn", now)
