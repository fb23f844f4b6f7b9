"""The audit row of what happens to a case, its team and those outside it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.services import record_change
from cases.models import (
    Case,
)
from common.actor import Actor


def record(
    actor: Actor,
    action: str,
    case: Case,
    subject_id: UUID,
    now: datetime,
    subject: str = "user",
) -> None:
    """Write the audit row of a change about a case."""
    record_change(
        actor=actor,
        action=action,
        subject_type=subject,
        subject_id=subject_id,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )
