"""What follows for consents when a change in the client's life ends a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cases.models import Case
from cases.signals import case_ended_immediately
from common.actor import Actor
from common.journal import Journal
from consent.models import ConsentRequest, OutsideParty


@receiver(case_ended_immediately)
def close_pending_requests(
    case: Case, journal: Journal, actor: Actor, now: datetime, **_: Any
) -> None:
    """No request waits for the client, and no invitation lets anybody in."""
    journal.change(ConsentRequest.objects.filter(case=case, closed_at=None), closed_at=now)
    journal.change(
        OutsideParty.objects.filter(case=case, user=None, secret_until__gt=now), secret_until=now
    )
