"""What is open to somebody outside, and how it ends: by the client, with the case, or unused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from cases.models import Case, TemporaryAccess, TemporaryAccessReason
from cases.services import end_of_day, end_temporary_access, give_temporary_access
from common.actor import Actor
from common.clock import day_of
from common.journal import Journal
from consent.models import ConsentLine, EndedCode, OutsideParty, WrittenDown, WrittenState

SECRET_DAYS = 14
"""So long does an invitation let somebody in."""


def align_party_access(*, actor: Actor, party: OutsideParty, now: datetime) -> None:
    """Let an outside party's view of the case last as long as what is open to it, and no longer.

    Where nothing is, an invitation that was not taken up lets nobody in any more.
    """
    last_days = [
        line.valid_to
        for line in party.lines.filter(
            ended_at__isnull=True, denied=False, valid_to__gte=day_of(now)
        ).order_by("valid_to")
    ]
    is_open = bool(last_days) and party.case.is_open
    if is_open == (party.ended_at is not None):
        party.ended_at = None if is_open else now
        party.save(update_fields=["ended_at"])
    if party.user_id is None:
        return
    if is_open and last_days[-1] is not None:
        give_temporary_access(
            actor=actor,
            case=party.case,
            user_id=party.user_id,
            why=TemporaryAccessReason.SHARED,
            until=end_of_day(last_days[-1]),
            now=now,
        )
    else:
        end_temporary_access(actor=actor, case=party.case, user_id=party.user_id, now=now)


def end_parties(
    *,
    actor: Actor,
    case: Case,
    parties: Iterable[OutsideParty],
    code: EndedCode,
    now: datetime,
    journal: Journal | None = None,
) -> None:
    """End at once what is open to these parties of a case, though the client decided nothing.

    ``journal``: of an act that may be undone within some days; what it changed comes back with it.
    """
    kept = journal or Journal(actor, now)
    of_these = Q(case=case, party__in=[party.pk for party in parties])
    kept.change(
        ConsentLine.objects.filter(of_these, ended_at__isnull=True),
        ended_at=now,
        ended_code=code.value,
    )
    if journal is None:
        # Nobody confirms afterwards what was written down for them and waits.
        WrittenDown.objects.filter(
            consent__case=case,
            consent__party__in=[party.pk for party in parties],
            state=WrittenState.WAITING,
        ).update(state=WrittenState.TAKEN_BACK, settled_at=now, settled_by=actor.user_id)
    for party in parties:
        kept.change(OutsideParty.objects.filter(pk=party.pk, ended_at=None), ended_at=now)
        if journal is None and party.user_id is not None:
            end_temporary_access(actor=actor, case=case, user_id=party.user_id, now=now)
    if journal is not None:
        users = [party.user_id for party in parties if party.user_id is not None]
        journal.delete(
            TemporaryAccess.objects.filter(
                content_object=case, why=TemporaryAccessReason.SHARED, user__in=users
            )
        )
