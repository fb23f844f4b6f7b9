"""What stands of a decision: its lines, whom they let in, and what they answer or overtake.

Called under the lock of the case's row alone.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from cases.models import NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.history import save_with_history
from consent.access import ConsentChange, Target
from consent.models import (
    Choice,
    Consent,
    ConsentLine,
    ConsentRequest,
    WrittenDown,
    WrittenState,
)
from consent.services.parties import align_party_access
from consent.signals import written_settled


def bring_into_effect(
    actor: Actor,
    consent: Consent,
    change: ConsentChange,
    now: datetime,
    *,
    request: ConsentRequest | None = None,
) -> None:
    """Let a change stand from now on, and do what follows from that.

    It overtakes what waits and was said before it; a request that it answers is closed; an outside
    party's view of the case follows.
    """
    lay_lines(actor, consent, change, now)
    overtake(actor, consent, change, now)
    if request is not None:
        _close_request(actor, request, now)
    close_answered(actor, consent, change, now)
    if consent.party is not None:
        align_party_access(actor=actor, party=consent.party, now=now)


def lay_lines(actor: Actor, consent: Consent, change: ConsentChange, now: datetime) -> None:
    """Lay the lines of a change that takes effect as a whole; they end those before them."""
    standing = _standing(consent, change)
    for target in sorted(change.targets, key=str):
        _end(actor, standing.get(target), consent, now)
        if change.choice != Choice.REVOKED:
            denied = change.choice == Choice.DENIED
            _lay(actor, consent, change, target, now, denied=denied, last=consent.valid_to)


def lay_what_narrows(
    actor: Actor, consent: Consent, change: ConsentChange, now: datetime, *, said_last: bool
) -> tuple[frozenset[Target], frozenset[Target]]:
    """Lay of what a worker wrote down only what lets nobody see more.

    Returns what waits instead, and which yes now ends sooner.

    A no, a withdrawal and an earlier last day hold at once. What waits: agreeing to more or for
    longer, and taking back a *no* or letting it end sooner, which opens as much. ``said_last``: the
    last day was said; where it was not, it shortens nothing that the client gave for longer.
    """
    today = day_of(now)
    standing = _standing(consent, change)
    waits: set[Target] = set()
    shortened: set[Target] = set()
    for target in sorted(change.targets, key=str):
        earlier = standing.get(target)
        is_there = earlier is not None and _reaches(earlier.valid_to, today)
        yes = earlier if is_there and earlier is not None and not earlier.denied else None
        no = earlier if is_there and earlier is not None and earlier.denied else None
        if change.choice == Choice.GRANTED:
            if yes is None or not _reaches_as_far(yes.valid_to, consent.valid_to):
                waits.add(target)
            elif said_last and not _reaches_as_far(consent.valid_to, yes.valid_to):
                # What stays open stays open by the earlier word, and not for as long.
                _end(actor, yes, consent, now)
                _lay(actor, yes.consent, change, target, now, denied=False, last=consent.valid_to)
                shortened.add(target)
        elif no is not None and (
            change.choice == Choice.REVOKED or not _reaches_as_far(consent.valid_to, no.valid_to)
        ):
            waits.add(target)
        else:
            _end(actor, earlier, consent, now)
            if change.choice == Choice.DENIED:
                _lay(actor, consent, change, target, now, denied=True, last=consent.valid_to)
    return frozenset(waits), frozenset(shortened)


def overtake(actor: Actor, consent: Consent, change: ConsentChange, now: datetime) -> None:
    """What waits and was said before: a later word on the same no longer waits to be confirmed.

    A no or a withdrawal of a whole kind also reaches what waits for one thing in it, and one
    towards a body what waits for one of its offices: nothing opens again behind it.
    """
    narrows = change.choice != Choice.GRANTED
    whole = {target.category for target in change.targets if target.document is None}
    single = {(target.category, target.document) for target in change.targets}
    same_office = (
        Q() if narrows and change.office_id is None else Q(consent__office=change.office_id)
    )
    waiting = WrittenDown.objects.select_for_update(of=("self",)).filter(
        same_office,
        state=WrittenState.WAITING,
        consent__case=consent.case_id,
        consent__receiver=change.receiver,
        consent__party=change.party_id,
        consent__given_at__lte=consent.given_at,
    )
    for written in waiting.exclude(consent=consent).order_by("pk"):
        reached = {
            code
            for code in written.still_waiting
            if (code, written.document) in single or (narrows and code in whole)
        }
        if not reached:
            continue
        written.overtaken = sorted({*written.overtaken, *reached})
        if not written.still_waiting:
            written.state, written.settled_at = WrittenState.OVERTAKEN, now
            written.settled_by_id = actor.user_id
        written.save(update_fields=["overtaken", "state", "settled_at", "settled_by"])
        if not written.waits:
            written_settled.send(sender=WrittenDown, written=written, now=now)


def _standing(consent: Consent, change: ConsentChange) -> dict[Target, ConsentLine]:
    lines = ConsentLine.objects.select_for_update(of=("self",)).filter(
        case=consent.case,
        receiver=change.receiver,
        office=change.office_id,
        party=change.party_id,
        ended_at__isnull=True,
    )
    return {Target(line.category, line.document): line for line in lines.select_related("consent")}


def _end(actor: Actor, line: ConsentLine | None, by: Consent, now: datetime) -> None:
    if line is not None:
        line.ended_at, line.ended_by = now, by
        save_with_history(actor, line, now=now)


def _lay(
    actor: Actor,
    consent: Consent,
    change: ConsentChange,
    target: Target,
    now: datetime,
    *,
    denied: bool,
    last: date | None,
) -> None:
    line = ConsentLine(
        consent=consent,
        case_id=consent.case_id,
        denied=denied,
        receiver=change.receiver,
        office_id=change.office_id,
        party_id=change.party_id,
        category=target.category,
        document=target.document,
        valid_from=day_of(now),
        valid_to=last,
    )
    save_with_history(actor, line, now=now)


def _reaches(last: date | None, day: date) -> bool:
    return last is None or last >= day


def _reaches_as_far(last: date | None, other: date | None) -> bool:
    """Does what holds to ``last`` hold on every day that the other does?"""
    return last is None or (other is not None and last >= other)


def close_answered(actor: Actor, consent: Consent, change: ConsentChange, now: datetime) -> None:
    """A body's request is answered once all it asks for is decided, however that was heard."""
    if change.choice == Choice.REVOKED or change.office_id is not None:
        return
    decided = {target.category for target in change.targets if target.document is None}
    asked = ConsentRequest.objects.select_for_update(of=("self",)).filter(
        case=consent.case_id, receiver=change.receiver, closed_at__isnull=True
    )
    for request in asked.order_by("pk"):
        if decided.issuperset(request.categories):
            _close_request(actor, request, now)


def _close_request(actor: Actor, request: ConsentRequest, now: datetime) -> None:
    """It is answered: whoever asked is told, not what the answer was but that there is one."""
    request.closed_at = now
    request.save(update_fields=["closed_at"])
    notify_of_change(
        actor=actor,
        case=request.case,
        kind=NewsKind.CONSENT_ANSWERED,
        subject_id=request.pk,
        now=now,
        workers=[request.asked_by_id],
        client=False,
    )
