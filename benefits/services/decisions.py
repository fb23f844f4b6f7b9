"""What a network decides on flags: being assessed, declined or snoozed with a reason, taken.

A decision is kept for each flag, with the figures it rested on; people decide about persons, so
most services here decide on all of somebody's reasons that the actor may know of at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from benefits.models import Flag, FlagDecision, FlagState
from benefits.selectors import WorklistPart, WorklistRow, flag_of, flags_of
from cases.models import NewsKind
from cases.services import notify_of_own_work
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible, Refused
from common.history import save_with_history
from people.models import Person
from people.selectors import caseworkers_of, names_of


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody chosen on whom nothing was decided, and who assesses them instead; empty: nobody."""

    person: Person
    assessed_by: str = ""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of several people chosen at once.

    ``gone``: how many more are not on the list any more, nor to be spoken of by name: they may
    have a joint case that the actor does not see.
    """

    done: list[Person] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    gone: int = 0


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision to be written on each of somebody's flags."""

    state: FlagState
    reason: str = ""
    until: date | None = None
    assessed_by: UUID | None = None


def assess_flag(
    *, actor: Actor, person_id: UUID, rule: str, reason: str = "", now: datetime
) -> FlagDecision:
    """Say that one looks at the need; also takes a decline or a snooze back.

    Takes it over from whoever assessed it before, who is told. Raises ``NotVisible`` when the
    actor may not know of such a flag, :class:`Refused` when the person has been taken into joint
    service on it.
    """
    decided = _Decided(FlagState.BEING_ASSESSED, reason, assessed_by=actor.writer_id)
    return _handle(actor, person_id, rule, decided, now)


def decline_flag(
    *, actor: Actor, person_id: UUID, rule: str, reason: str, now: datetime
) -> FlagDecision:
    """Keep that, and why, one reason is dismissed; the person's others stand.

    It holds for as long as the facts do: the same rule reached on the same day. Raises
    ``NotVisible`` and :class:`Refused` without a reason or when it was declined already.
    """
    _require_reason(reason)
    return _handle(actor, person_id, rule, _Decided(FlagState.DECLINED, reason), now)


@transaction.atomic
def decline_person(
    *, actor: Actor, person_id: UUID, reason: str, now: datetime
) -> list[FlagDecision]:
    """Keep that, and why, there is no need for joint service: on each reason that stands.

    On those the actor's body may know of: the others stand, for whoever knows them. Raises as
    :func:`decline_flag`.
    """
    _require_reason(reason)
    _lock([person_id])
    standing = flags_of(actor, person_id, now=now, part=WorklistPart.STANDING)
    if not standing:
        raise Refused(_("This person is not on the list any more."))
    decided = _Decided(FlagState.DECLINED, reason)
    return [_decide(actor, row, decided, now) for row in standing]


@transaction.atomic
def assess_people(*, actor: Actor, person_ids: Iterable[UUID], now: datetime) -> Handled:
    """Say that one looks at the need of several. Whoever a colleague assesses stays with them."""
    decided = _Decided(FlagState.BEING_ASSESSED, assessed_by=actor.writer_id)
    return _handle_people(actor, person_ids, decided, now)


@transaction.atomic
def give_people(
    *, actor: Actor, person_ids: Iterable[UUID], to_user_id: UUID, now: datetime
) -> Handled:
    """Give several to a colleague of the actor's office to assess, who is told; or to oneself.

    What somebody of the office assesses already goes on to the other, and both are told; whom
    another office assesses stays there. Raises :class:`Refused` where they do not work there.
    """
    office = colleagues_of(actor, now=now)
    if to_user_id not in office:
        raise Refused(_("Choose somebody of your own office."), field="to_user_id")
    decided = _Decided(FlagState.BEING_ASSESSED, assessed_by=to_user_id)
    return _handle_people(actor, person_ids, decided, now, gives_way=office)


@transaction.atomic
def snooze_people(
    *, actor: Actor, person_ids: Iterable[UUID], until: date, reason: str, now: datetime
) -> Handled:
    """Leave several out of the list until a day, on which they are back.

    Raises :class:`Refused` without a reason, or for a day that is not after today.
    """
    _require_reason(reason)
    if until <= day_of(now):
        raise Refused(_("Choose a day after today."), field="until")
    return _handle_people(actor, person_ids, _Decided(FlagState.SNOOZED, reason, until), now)


def colleagues_of(actor: Actor, *, now: datetime) -> dict[UUID, str]:
    """Who works in the actor's office now, themselves too, by name: to be given people."""
    positions = caseworkers_of(actor.working_network_id, now=now)
    return {p.user_id: p.user.full_name for p in positions if p.office_id == actor.office_id}


@transaction.atomic
def take_flags(*, actor: Actor, person_id: UUID, network_id: UUID, now: datetime) -> None:
    """Mark a person's standing flags as taken: a case was opened. Whatever the actor may know."""
    standing = Flag.objects.filter(person_id=person_id, closed_on__isnull=True).order_by("pk")
    for flag in standing:
        decision = FlagDecision.objects.filter(flag=flag, network_id=network_id).first()
        decision = decision or FlagDecision(
            flag=flag, network_id=network_id, statute="", asked_on=flag.opened_on, measured=0
        )
        _save(actor, decision, _Decided(FlagState.TAKEN), now)


def _handle_people(
    actor: Actor,
    person_ids: Iterable[UUID],
    decided: _Decided,
    now: datetime,
    *,
    gives_way: Iterable[UUID] = (),
) -> Handled:
    """Decide on each person's standing flags, save on those of whom a colleague assesses.

    ``gives_way``: colleagues from whom they go on all the same.
    """
    done: list[Person] = []
    left: list[tuple[Person, UUID | None]] = []
    gone, yields = 0, {actor.writer_id, *gives_way}
    for person in _lock(person_ids):
        try:
            standing = flags_of(actor, person.pk, now=now, part=WorklistPart.STANDING)
        except NotVisible:
            gone += 1
            continue
        holders = set(
            FlagDecision.objects.filter(
                flag__in=[row.flag_id for row in standing],
                network_id=actor.working_network_id,
                state=FlagState.BEING_ASSESSED,
            ).values_list("assessed_by", flat=True)
        )
        if not standing or holders - yields:
            left.append((person, next(iter(sorted(holders - yields)), None)))
            continue
        for row in standing:
            _decide(actor, row, decided, now)
        done.append(person)
    names = names_of({holder for _person, holder in left if holder})
    return Handled(done, [Left(p, names.get(h, "") if h else "") for p, h in left], gone)


@transaction.atomic
def _handle(
    actor: Actor, person_id: UUID, rule: str, decided: _Decided, now: datetime
) -> FlagDecision:
    _lock([person_id])
    return _decide(actor, flag_of(actor, person_id, rule=rule, now=now), decided, now)


def _lock(person_ids: Iterable[UUID]) -> list[Person]:
    """Two people at once: the second waits for the first on the person's row."""
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=set(person_ids))
    return list(rows.order_by("pk"))


def _decide(actor: Actor, row: WorklistRow, decided: _Decided, now: datetime) -> FlagDecision:
    decision = FlagDecision.objects.filter(
        flag_id=row.flag_id, network_id=actor.working_network_id
    ).first() or FlagDecision(flag_id=row.flag_id, network_id=actor.working_network_id)
    if decision.state == FlagState.TAKEN:
        raise Refused(_("A joint case has been opened for this person."))
    if decision.state == FlagState.DECLINED and decided.state == FlagState.DECLINED:
        raise Refused(_("This has been declined already on the same facts."))
    decision.statute = row.statute
    decision.asked_on = row.asked_on
    decision.measured = row.measured
    return _save(actor, decision, decided, now)


def _save(actor: Actor, decision: FlagDecision, decided: _Decided, now: datetime) -> FlagDecision:
    before = decision.assessed_by_id
    decision.state = decided.state
    decision.reason = decided.reason.strip()
    decision.snoozed_until = decided.until
    decision.assessed_by_id = decided.assessed_by
    decision.handled_at = now
    decision.handled_by_id = actor.writer_id
    decision.handled_for = actor.working_body
    save_with_history(actor, decision, now=now)
    record_change(
        actor=actor,
        action=f"flag_{decided.state}",
        subject_type="flag_decision",
        subject_id=decision.pk,
        person_id=decision.flag.person_id,
        now=now,
    )
    if decision.assessed_by_id != before:
        _tell(actor, before, NewsKind.PEOPLE_TAKEN, now)
        _tell(actor, decision.assessed_by_id, NewsKind.PEOPLE_GIVEN, now)
    return decision


def _tell(actor: Actor, user_id: UUID | None, kind: NewsKind, now: datetime) -> None:
    """Whoever is given people to assess, or is to assess them no more by somebody else's doing.

    Once until they have seen it, however many people it was: whom they assess stands in the list.
    """
    if user_id is not None and user_id != actor.user_id:
        notify_of_own_work(user_ids=[user_id], kind=kind, subject_id=user_id, now=now)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason: it is kept."), field="reason")
