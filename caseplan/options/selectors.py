"""Offers as a reader may see them, each with its options."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.options.models import Offer, OfferedStep, OfferState
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from consent.models import ClientInformation
from records.access import get_row, rows_of_case
from records.selectors import Reading, reading_of


@dataclass(frozen=True, slots=True)
class OfferShown:
    """An offer with its options, in the order in which they stand."""

    offer: Offer
    steps: list[OfferedStep]

    @property
    def chosen(self) -> OfferedStep | None:
        """The option that was chosen, if one was."""
        return next((step for step in self.steps if step.is_chosen), None)


def list_offers(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[Case, list[OfferShown]]:
    """The offers of a visible case, what is open first, then the newest; logged."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now).in_case(case)
    offers = list(
        rows_of_case(reading.grounds, case.pk, Offer)
        .exclude(state=OfferState.WITHDRAWN)
        .select_related("goal", "action", "recorded_by")
        .order_by("-recorded_at", "pk")
    )
    offers.sort(key=lambda offer: not (offer.is_open or offer.wants_reply))
    found = _with_steps(reading, case, offers)
    _log(reading, "offers_listed", case, found)
    return case, found


def open_offer(actor: Actor, offer_id: UUID, *, now: datetime) -> OfferShown:
    """One visible offer with its options; logged. Raises ``NotVisible``."""
    offer = get_row(actor, Offer, offer_id, now=now)
    reading = reading_of(actor, now=now).in_case(offer.case)
    (found,) = _with_steps(reading, offer.case, [offer])
    _log(reading, "offer_opened", offer.case, [found])
    return found


def offers_waiting(reading: Reading, case: Case) -> list[Offer]:
    """What of a visible case the client has not answered, oldest day first; the reading logs it."""
    return list(
        rows_of_case(reading.grounds, case.pk, Offer)
        .filter(state=OfferState.OPEN)
        .order_by("answer_by", "pk")
    )


def list_offers_waiting(actor: Actor, case: Case, *, now: datetime) -> list[Offer]:
    """The same for a page that shows nothing else of it; logged."""
    reading = reading_of(actor, now=now).in_case(case)
    found = offers_waiting(reading, case)
    if found:
        reading.log_and_hide_names("offers_waiting", Purpose.MAKE_PLAN, [(case, list(found))])
    return found


def _with_steps(reading: Reading, case: Case, offers: list[Offer]) -> list[OfferShown]:
    steps = (
        rows_of_case(reading.grounds, case.pk, OfferedStep)
        .filter(offer__in=offers)
        .select_related("owner")
        .order_by("position")
    )
    of: dict[UUID, list[OfferedStep]] = {offer.pk: [] for offer in offers}
    for step in steps:
        of[step.offer_id].append(step)
    return [OfferShown(offer, of[offer.pk]) for offer in offers]


def _log(reading: Reading, act: str, case: Case, found: Iterable[OfferShown]) -> None:
    rows: list[ClientInformation] = [row for one in found for row in (one.offer, *one.steps)]
    reading.log_and_hide_names(act, Purpose.MAKE_PLAN, [(case, rows)])
