"""That there was a case before, for whoever is about to begin another and may know of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from cases.access import visible_to
from cases.models import Case
from common.actor import Actor
from consent.models import Category


def earlier_case_of(actor: Actor, person_id: UUID, *, now: datetime) -> Case | None:
    """The latest ended case of somebody that this reader may know of; telling it is logged.

    Who was never in an earlier case learns of none.
    """
    ended = visible_to(actor, now=now).filter(person=person_id, ended_at__isnull=False)
    case = ended.order_by("-opened_at", "pk").first()
    if case is not None:
        shown = ShownData(person_id, case.pk, frozenset({Category.CASE_HANDLING.value}))
        record_access(
            actor=actor, action="earlier_case_told", purpose=Purpose.ASSESS_NEED, shown=[shown],
            now=now,
        )  # fmt: skip
    return case
