"""What is decided of a row of the ground table: signed, ended, suspended, and let hold again.

One officer begins and another confirms, by the same act; one alone can only close: a suspension
works at once, and whatever opens, opens by two. Whoever looked while a row was in force looked
lawfully: no day that has passed can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor, ActorKind
from common.clock import day_of
from common.decision import Decision, Refused
from common.history import save_with_history
from common.levels import Act
from consent.access import (
    can_edit_grounds,
    can_end_ground,
    can_lift_suspension,
    can_sign_ground,
    can_suspend_ground,
)
from consent.models import Ground, GroundAct, GroundDecision, GroundSuspension
from consent.services.grounds import lock_ground, record_ground, refuse_unless


@transaction.atomic
def sign_grounds(
    *, actor: Actor, ground_ids: Sequence[UUID], signed_by: str, now: datetime
) -> list[Ground]:
    """Sign several drafts that were read together, as one act: all of them, or none.

    Raises :class:`Refused`, as :func:`sign_ground` does, and where none is named.
    """
    can_edit_grounds(actor).require()
    if not ground_ids:
        raise Refused(_("There is nothing to sign."))
    return [
        sign_ground(actor=actor, ground_id=ground_id, signed_by=signed_by, now=now)
        for ground_id in sorted(set(ground_ids))
    ]


@transaction.atomic
def sign_ground(*, actor: Actor, ground_id: UUID, signed_by: str, now: datetime) -> Ground:
    """Sign a drafted row as the officer named. It is in force once two officers have.

    Raises :class:`Refused` where another signed row for the same category, receiver and network
    covers one of its days, or its first day has passed: nobody's earlier look becomes lawful.
    """
    can_edit_grounds(actor).require()
    Decision.proven(actor, Act.SIGN_GROUND).require()
    ground = lock_ground(ground_id)
    refuse_unless(can_sign_ground(actor, ground, on=day_of(now)))
    if not signed_by.strip():
        raise Refused(_("Write who signs."), field="signed_by")
    decision = _confirmed(actor, ground, GroundAct.SIGN, None, now)
    if decision is None:
        _refuse_overlap(ground)
        return ground
    first = f"{decision.begun_by.full_name}, " if decision.begun_by else ""
    ground.signed_at, ground.signed_by = now, f"{first}{signed_by.strip()}"
    try:
        with transaction.atomic():
            save_with_history(actor, ground, now=now)
    except IntegrityError as error:
        raise _overlaps() from error
    record_ground(actor, ground, "ground_signed", now)
    return ground


@transaction.atomic
def end_ground(*, actor: Actor, ground_id: UUID, last_day: date, now: datetime) -> Ground:
    """Bring the last day of a signed row nearer (inclusive): yesterday at the earliest.

    Ended yesterday, it is out of force at once. Never later than it was signed for: more days
    need signatures of their own. It ends once a second officer has sent the same day.
    """
    can_edit_grounds(actor).require()
    ground = lock_ground(ground_id)
    refuse_unless(can_end_ground(actor, ground, on=day_of(now)))
    if ground.valid_to is not None and last_day > ground.valid_to:
        raise Refused(
            _("It ends before that already. For more days, draft a new row."), field="last_day"
        )
    if last_day < max(day_of(now) - timedelta(days=1), ground.valid_from):
        raise Refused(
            _("Choose yesterday or a later day, and not before its first day."), field="last_day"
        )
    if _confirmed(actor, ground, GroundAct.END, last_day, now) is None:
        return ground
    ground.valid_to = last_day
    save_with_history(actor, ground, now=now)
    record_ground(actor, ground, "ground_ended", now)
    return ground


@transaction.atomic
def suspend_ground(
    *, actor: Actor, ground_id: UUID, reason: str, now: datetime
) -> GroundSuspension:
    """Take a signed row out of force at once, alone and for a reason that officers read.

    What it opened stays closed until two officers let it hold again, or end it.
    """
    can_edit_grounds(actor).require()
    ground = lock_ground(ground_id)
    refuse_unless(can_suspend_ground(actor, ground, on=day_of(now)))
    if not reason.strip():
        raise Refused(_("Write why."), field="reason")
    suspension = GroundSuspension.objects.create(
        ground=ground, reason=reason.strip(), since=day_of(now), suspended_at=now,
        suspended_by_id=actor.writer_id,
    )  # fmt: skip
    record_ground(actor, ground, "ground_suspended", now)
    return suspension


@transaction.atomic
def lift_suspension(*, actor: Actor, ground_id: UUID, now: datetime) -> Ground:
    """Let a suspended row hold again, once a second officer has said the same."""
    can_edit_grounds(actor).require()
    Decision.proven(actor, Act.SIGN_GROUND).require()
    ground = lock_ground(ground_id)
    refuse_unless(can_lift_suspension(actor, ground, on=day_of(now)))
    decision = _confirmed(actor, ground, GroundAct.LIFT, None, now)
    if decision is not None:
        suspension = ground.suspensions.get(lifted_on__isnull=True)
        suspension.lifted_on, suspension.lifted_by = day_of(now), decision
        suspension.save(update_fields=["lifted_on", "lifted_by"])
        record_ground(actor, ground, "ground_suspension_lifted", now)
    return ground


@transaction.atomic
def set_decision_aside(*, actor: Actor, ground_id: UUID, now: datetime) -> Ground:
    """Any officer takes back, or turns down, what one officer began: nothing comes of it."""
    can_edit_grounds(actor).require()
    ground = lock_ground(ground_id)
    waiting = ground.waiting_decision()
    if waiting is None:
        raise Refused(_("Nothing waits for a second officer here."))
    waiting.set_aside_at, waiting.set_aside_by_id = now, actor.writer_id
    waiting.save(update_fields=["set_aside_at", "set_aside_by"])
    record_ground(actor, ground, "ground_decision_set_aside", now)
    return ground


def _confirmed(
    actor: Actor, ground: Ground, act: GroundAct, last_day: date | None, now: datetime
) -> GroundDecision | None:
    """What two have decided now, or None: the actor was the first of them."""
    if actor.kind is ActorKind.SYSTEM:
        return GroundDecision.objects.create(
            ground=ground, act=act, last_day=last_day, begun_at=now, confirmed_at=now,
            set_up_by=actor.label,
        )  # fmt: skip
    waiting = ground.waiting_decision()
    if waiting is None:
        GroundDecision.objects.create(
            ground=ground, act=act, last_day=last_day, begun_at=now, begun_by_id=actor.writer_id
        )
        record_ground(actor, ground, f"ground_{act.value}_begun", now)
        return None
    if waiting.last_day != last_day:
        raise Refused(
            _("Another officer chose another day. Choose the same one, or set theirs aside first."),
            field="last_day",
        )
    waiting.confirmed_at, waiting.confirmed_by_id = now, actor.writer_id
    waiting.save(update_fields=["confirmed_at", "confirmed_by"])
    return waiting


def _refuse_overlap(ground: Ground) -> None:
    """The first of two is told what the second would be: that it can't be signed."""
    beside = Ground.objects.filter(
        category=ground.category, receiver=ground.receiver, network=ground.network_id,
        signed_at__isnull=False,
    )  # fmt: skip
    for other in beside:
        if (ground.valid_to is None or other.valid_from <= ground.valid_to) and (
            other.valid_to is None or other.valid_to >= ground.valid_from
        ):
            raise _overlaps()


def _overlaps() -> Refused:
    return Refused(
        _("Another ground already covers some of these days. End that one first."),
        field="valid_from",
    )
