"""What follows for consents and outside parties when a case ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cases.models import Case
from cases.signals import case_ended, case_ended_immediately
from common.actor import Actor
from common.journal import Journal
from consent.models import ConsentRequest, EndedCode, OutsideParty
from consent.services.parties import end_parties


@receiver(case_ended_immediately)
def close_pending_requests(
    case: Case, journal: Journal, actor: Actor, now: datetime, **_: Any
) -> None:
    """No request waits for the client, no invitation lets anybody in, nobody outside sees it."""
    journal.change(ConsentRequest.objects.filter(case=case, closed_at=None), closed_at=now)
    _end(case, actor, now, journal)


@receiver(case_ended)
def end_what_was_shared(case: Case, actor: Actor, now: datetime, **_: Any) -> None:
    """What was shared outside was shared for the joint service, and ends with it."""
    _end(case, actor, now, None)


def _end(case: Case, actor: Actor, now: datetime, journal: Journal | None) -> None:
    end_parties(
        actor=actor,
        case=case,
        parties=list(OutsideParty.objects.filter(case=case, ended_at=None).order_by("pk")),
        code=EndedCode.CASE_ENDED,
        now=now,
        journal=journal,
    )
