"""Where somebody is logged in, and what happened with their account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from audit.models import AuditRow
from common.clock import machine_now
from people.models import AccountEvent, LogIn

EVENTS_SHOWN = timedelta(days=90)
"""How far back an account's own page tells of it; the log itself goes further."""


def log_ins_of(user_id: UUID) -> list[LogIn]:
    """Where a user is logged in now, the last used first."""
    found = LogIn.objects.filter(user_id=user_id, expire_date__gt=machine_now())
    return list(found.order_by("-last_used_at", "pk"))


@dataclass(frozen=True, slots=True)
class AccountEventSeen:
    """One thing that happened with an account."""

    at: datetime
    event: AccountEvent


def account_events_of(user_id: UUID, *, now: datetime) -> list[AccountEventSeen]:
    """What happened with an account in the last 90 days, the newest first.

    For whose account it is, and for the data-protection officer.
    """
    rows = AuditRow.objects.filter(
        subject_type="user",
        subject_id=user_id,
        action__in=AccountEvent.values,
        at__gt=now - EVENTS_SHOWN,
    )
    return [
        AccountEventSeen(row.at, AccountEvent(row.action)) for row in rows.order_by("-at", "-pk")
    ]
