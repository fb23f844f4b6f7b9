"""Who acts for a client, as the team and the client read it; logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from cases.access import (
    can_confirm_mandate,
    can_end_mandate,
    get_case_of_mandates,
    get_mandate,
    mandates_visible_to,
)
from cases.models import Case, Mandate
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible
from consent.models import Category
from records.selectors import reading_of


@dataclass(frozen=True, slots=True)
class MandateShown:
    """One mandate, whether it holds today, and what the reader may do about it."""

    mandate: Mandate
    holds: bool
    may_confirm: bool
    may_end: bool

    @property
    def is_untold(self) -> bool:
        """Whether the client, who has no log-in, is still to be told of it by somebody."""
        return self.mandate.client_untold and self.mandate.person.user_id is None


def open_mandates(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[Case, list[MandateShown]]:
    """The mandates written down in a case, the newest first. Raises ``NotVisible``.

    Of how the case is handled: none where that is not open to the reader's body.
    """
    case = get_case_of_mandates(actor, case_id, now=now)
    reading = reading_of(actor, now=now).in_case(case)
    found: list[MandateShown] = []
    if reading.opens(Category.CASE_HANDLING, [case.pk]):
        found = _shown(actor, case, now)
    reading.log_and_hide_names(
        "mandates_opened", Purpose.KEEP_CASE, [(case, [])],
        beside=(Category.IDENTITY_CONTACT, Category.CASE_HANDLING),
    )  # fmt: skip
    return case, found


def open_mandate(actor: Actor, mandate_id: UUID, *, now: datetime) -> MandateShown:
    """One mandate with its case, as :func:`open_mandates` shows it. Raises ``NotVisible``."""
    case_id = get_mandate(actor, mandate_id, now=now).case_id
    _case, shown = open_mandates(actor, case_id, now=now)
    for row in shown:
        if row.mandate.pk == mandate_id:
            return row
    raise NotVisible


def own_mandates(actor: Actor, *, now: datetime) -> list[MandateShown]:
    """Who acts for the client who asks, in any of their cases, the newest first; logged."""
    rows = mandates_visible_to(actor, now=now).order_by("-recorded_at", "-pk")
    cases = {row.case_id: row.case for row in rows}
    reading_of(actor, now=now).log_and_hide_names(
        "mandates_opened", Purpose.OWN_DATA, [(case, []) for case in cases.values()],
        beside=(Category.CASE_HANDLING,),
    )  # fmt: skip
    return [_one(actor, row, now) for row in rows]


def _shown(actor: Actor, case: Case, now: datetime) -> list[MandateShown]:
    rows = mandates_visible_to(actor, now=now).filter(case=case).order_by("-recorded_at", "-pk")
    return [_one(actor, row, now) for row in rows]


def _one(actor: Actor, row: Mandate, now: datetime) -> MandateShown:
    return MandateShown(
        row,
        holds=row.holds_on(day_of(now)),
        may_confirm=can_confirm_mandate(actor, row, now=now).allowed,
        may_end=can_end_mandate(actor, row, now=now).allowed,
    )
