"""More time that the client has asked for: what waits for an answer, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.plan.models import Action, MoreTime, MoreTimeState
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds
from records.access import get_row, rows_of_case
from records.selectors import Reading, reading_of


def open_more_time(actor: Actor, more_time_id: UUID, *, now: datetime) -> MoreTime:
    """What was asked, with its step; logged. Raises ``NotVisible``."""
    asked = get_row(actor, MoreTime, more_time_id, now=now)
    asked.action = get_row(actor, Action, asked.action_id, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        "more_time_opened", Purpose.MAKE_PLAN, [(asked.case, [asked, asked.action])]
    )
    return asked


def asked_of_step(reading: Reading, action: Action) -> list[MoreTime]:
    """What was asked of a visible step, the oldest first. Not logged."""
    found = list(
        rows_of_case(reading.grounds, action.case_id, MoreTime)
        .filter(action=action)
        .order_by("recorded_at", "pk")
    )
    for asked in found:
        asked.action = action
    return found


def mark_asked(grounds: Grounds, case_id: UUID, actions: Iterable[Action]) -> None:
    """Put on each step, as ``more_time``, what was asked of it and waits for an answer.

    No question where no open step is the client's.
    """
    own = {one.pk: one for one in actions if one.is_open and one.owner_party == Party.CLIENT}
    if not own:
        return
    waiting = rows_of_case(grounds, case_id, MoreTime).filter(
        action__in=own, state=MoreTimeState.OPEN
    )
    for asked in waiting.order_by("recorded_at", "pk"):
        asked.action = own[asked.action_id]
        if asked.waits:
            asked.action.more_time = asked
