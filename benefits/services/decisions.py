"""What a network decides on a flag: being assessed, declined or snoozed with a reason, taken."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from benefits.models import Flag, FlagDecision, FlagState
from benefits.selectors import flag_of
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from common.history import save_with_history
from people.models import Person


def assess_flag(
    *, actor: Actor, person_id: UUID, rule: str, reason: str = "", now: datetime
) -> FlagDecision:
    """Say that somebody looks at the need; also takes a decline or a snooze back.

    Raises ``NotVisible`` when the actor may not know of such a flag, :class:`Refused` when the
    person has been taken into joint service on it.
    """
    return _handle(actor, person_id, rule, FlagState.BEING_ASSESSED, reason, None, now)


def decline_flag(
    *, actor: Actor, person_id: UUID, rule: str, reason: str, now: datetime
) -> FlagDecision:
    """Keep that, and why, there is no need for joint service, or that a signal is dismissed.

    It holds for as long as the facts do: the same rule reached on the same day. Raises
    ``NotVisible`` and :class:`Refused` without a reason or when it was declined already.
    """
    _require_reason(reason)
    return _handle(actor, person_id, rule, FlagState.DECLINED, reason, None, now)


def snooze_flag(
    *, actor: Actor, person_id: UUID, rule: str, reason: str, until: date, now: datetime
) -> FlagDecision:
    """Leave a flag out of the list until a day, on which it is back. Raises as declining does."""
    _require_reason(reason)
    if until <= day_of(now):
        raise Refused(_("Choose a day after today."), field="until")
    return _handle(actor, person_id, rule, FlagState.SNOOZED, reason, until, now)


@transaction.atomic
def take_flags(*, actor: Actor, person_id: UUID, network_id: UUID, now: datetime) -> None:
    """Mark a person's standing flags as taken: a case was opened. Whatever the actor may know."""
    standing = Flag.objects.filter(person_id=person_id, closed_on__isnull=True).order_by("pk")
    for flag in standing:
        decision = FlagDecision.objects.filter(flag=flag, network_id=network_id).first()
        decision = decision or FlagDecision(
            flag=flag, network_id=network_id, statute="", asked_on=flag.opened_on, measured=0
        )
        _save(actor, decision, FlagState.TAKEN, "", None, now)


@transaction.atomic
def _handle(
    actor: Actor,
    person_id: UUID,
    rule: str,
    state: FlagState,
    reason: str,
    until: date | None,
    now: datetime,
) -> FlagDecision:
    # Two people at once: the second waits for the first on the person's row.
    Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
    found = flag_of(actor, person_id, rule=rule, now=now)
    decision = FlagDecision.objects.filter(
        flag_id=found.flag_id, network_id=actor.working_network_id
    ).first() or FlagDecision(flag_id=found.flag_id, network_id=actor.working_network_id)
    if decision.state == FlagState.TAKEN:
        raise Refused(_("A joint case has been opened for this person."))
    if decision.state == FlagState.DECLINED and state == FlagState.DECLINED:
        raise Refused(_("This has been declined already on the same facts."))
    decision.statute = found.statute
    decision.asked_on = found.asked_on
    decision.measured = found.measured
    return _save(actor, decision, state, reason, until, now)


def _save(
    actor: Actor,
    decision: FlagDecision,
    state: FlagState,
    reason: str,
    until: date | None,
    now: datetime,
) -> FlagDecision:
    decision.state = state
    decision.reason = reason.strip()
    decision.snoozed_until = until
    decision.handled_at = now
    decision.handled_by_id = actor.writer_id
    decision.handled_for = actor.working_body
    save_with_history(actor, decision, now=now)
    record_change(
        actor=actor,
        action=f"flag_{state}",
        subject_type="flag_decision",
        subject_id=decision.pk,
        person_id=decision.flag.person_id,
        now=now,
    )
    return decision


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason: it is kept."), field="reason")
