"""Handing a case to the next manager."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.access import can_answer_handover, can_hand_over, get_handover
from cases.models import (
    TOLD_TO_ONE,
    Case,
    Handover,
    HandoverState,
    News,
    NewsKind,
    TeamMembership,
    TeamRole,
    TemporaryAccessReason,
)
from cases.services.news import notify_of_change, notify_of_own_work
from cases.services.rows import lock_case, record_case_change, require_not_their_own
from cases.services.temporary_access import end_of_day, give_temporary_access
from cases.signals import work_moved
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from common.validity import valid_at
from people.models import Position, Role

_NEWS = {
    HandoverState.ACCEPTED: NewsKind.HANDOVER_ACCEPTED,
    HandoverState.DECLINED: NewsKind.HANDOVER_DECLINED,
    HandoverState.WITHDRAWN: NewsKind.HANDOVER_WITHDRAWN,
}
GRACE_DAYS = 14
"""For how many days a former case manager who left the team may still read the case."""


@transaction.atomic
def hand_over(
    *, actor: Actor, case: Case, receiver_id: UUID, reason: str, leaves: bool, now: datetime
) -> Handover:
    """Ask another worker of the network to manage the case. It moves when they accept.

    ``reason``: why, for the client. Raises :class:`Refused` while one is waiting already.
    """
    lock_case(case)
    can_hand_over(actor, case, now=now).require()
    if not reason.strip():
        raise Refused(_("Write why. The client reads it."), field="reason")
    giver_id = _manager_of(case, now)
    require_works_here(case, receiver_id, now, field="receiver_id")
    if giver_id == receiver_id:
        raise Refused(_("They are the case manager already."), field="receiver_id")
    _require_not_for_themselves(actor, receiver_id, field="receiver_id")
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                case=case,
                giver_id=giver_id,
                receiver_id=receiver_id,
                reason=reason.strip(),
                leaves=leaves,
                asked_at=now,
            )
    except IntegrityError as error:
        raise Refused(_("A handover waits for an answer already. Take it back first.")) from error
    record_case_change(actor, "handover_asked", case, handover.pk, now, subject="handover")
    return handover


@transaction.atomic
def accept_handover(*, actor: Actor, handover_id: UUID, now: datetime) -> Handover:
    """Take the case. The former manager stays a member, or leaves and reads on for some days."""
    handover = _locked(actor, handover_id, now)
    can_answer_handover(actor, handover, now=now).require()
    close_handover(actor, handover, HandoverState.ACCEPTED, "", now)
    make_manager(actor, handover.case, handover.receiver_id, not handover.leaves, now)
    finish_handover(actor, handover, now)
    return handover


def finish_handover(actor: Actor, handover: Handover, now: datetime) -> None:
    """The receiver is told what has come; a giver who left the team reads on for a while."""
    notify_of_own_work(
        user_ids=[handover.receiver_id], kind=NewsKind.CASE_TAKEN, subject_id=handover.giver_id,
        now=now, was=handover.giver.full_name,
    )  # fmt: skip
    if handover.leaves:
        give_temporary_access(
            actor=actor,
            case=handover.case,
            user_id=handover.giver_id,
            why=TemporaryAccessReason.GRACE,
            until=end_of_day(day_of(now) + timedelta(days=GRACE_DAYS)),
            now=now,
        )


@transaction.atomic
def decline_handover(*, actor: Actor, handover_id: UUID, answer: str, now: datetime) -> Handover:
    """Say why one can't take the case. It stays where it is."""
    handover = _locked(actor, handover_id, now)
    can_answer_handover(actor, handover, now=now).require()
    if not answer.strip():
        raise Refused(_("Write why you can't take the case."), field="answer")
    return close_handover(actor, handover, HandoverState.DECLINED, answer.strip(), now)


@transaction.atomic
def withdraw_handover(*, actor: Actor, handover_id: UUID, now: datetime) -> Handover:
    """Take back a handover nobody has answered yet."""
    handover = _locked(actor, handover_id, now)
    can_hand_over(actor, handover.case, now=now).require()
    return close_handover(actor, handover, HandoverState.WITHDRAWN, "", now)


@transaction.atomic
def change_case_manager(
    *, actor: Actor, case: Case, user_id: UUID, now: datetime
) -> TeamMembership:
    """Make another named worker of the network the case manager at once; the old one stays on.

    For what cannot wait for an acceptance; a handover is the usual way.
    """
    lock_case(case)
    can_hand_over(actor, case, now=now).require()
    require_works_here(case, user_id, now, field="case_manager")
    if _manager_of(case, now) == user_id:
        raise Refused(_("They are the case manager already."), field="case_manager")
    _require_not_for_themselves(actor, user_id, field="case_manager")
    return make_manager(actor, case, user_id, True, now)


def make_manager(
    actor: Actor, case: Case, user_id: UUID, former_stays: bool, now: datetime
) -> TeamMembership:
    """Put a user in the case manager's place; the former one becomes a member, or leaves."""
    standing = TeamMembership.objects.select_for_update().filter(valid_at(now), case=case)
    manager = standing.filter(role=TeamRole.CASE_MANAGER).first()
    former = manager.user_id if manager else None
    for membership in standing.filter(user_id__in=[user_id, former]):
        membership.until, membership.ended_by_id = now, actor.user_id or user_id
        membership.save(update_fields=["until", "ended_by"])
    new = TeamMembership.objects.create(
        case=case, user_id=user_id, role=TeamRole.CASE_MANAGER, since=now
    )
    if former and former_stays:
        TeamMembership.objects.create(case=case, user_id=former, role=TeamRole.MEMBER, since=now)
    record_case_change(actor, "case_manager_changed", case, new.pk, now, subject="team_membership")
    notify_of_change(
        actor=actor, case=case, kind=NewsKind.TEAM_JOINED, subject_id=case.pk, now=now,
        workers=[user_id], client=False,
    )  # fmt: skip
    if former and former != user_id:
        move_work(actor, case, former, user_id, not former_stays, now)
        notify_of_change(
            actor=actor, case=case, kind=NewsKind.MANAGER_CHANGED, subject_id=new.pk, now=now
        )
    return new


def move_work(
    actor: Actor, case: Case, giver_id: UUID, receiver_id: UUID | None, leaves: bool, now: datetime
) -> None:
    """What is open of somebody in a case is another's from now on; its history stays as it was.

    Every room moves its own (:data:`cases.signals.work_moved`). News that a giver who leaves has
    not seen is the receiver's to see, but for what was told to them alone.
    """
    if leaves and receiver_id is not None:
        unseen = News.objects.filter(case=case, for_user_id=giver_id, seen_at=None)
        unseen = unseen.exclude(kind__in=TOLD_TO_ONE)
        theirs = News.objects.filter(
            for_user_id=receiver_id, seen_at=None, kind=OuterRef("kind"),
            subject_id=OuterRef("subject_id"),
        )  # fmt: skip
        unseen.filter(~Exists(theirs)).update(for_user=receiver_id)
        unseen.delete()
    work_moved.send(
        Case, case=case, giver_id=giver_id, receiver_id=receiver_id, leaves=leaves, actor=actor,
        now=now,
    )  # fmt: skip


def _manager_of(case: Case, now: datetime) -> UUID:
    """The user who manages the case: a named one always (held by the database)."""
    membership = TeamMembership.objects.get(valid_at(now), case=case, role=TeamRole.CASE_MANAGER)
    assert membership.user_id is not None
    return membership.user_id


def _require_not_for_themselves(actor: Actor, receiver_id: UUID, *, field: str) -> None:
    """Who stands in for a manager does not give their cases to themselves for good."""
    if receiver_id == actor.user_id:
        raise Refused(
            _("You stand in for the case manager. They, or their leader, give the case to you."),
            field=field,
        )


def require_works_here(case: Case, user_id: UUID, now: datetime, *, field: str) -> None:
    works_here = Position.objects.filter(
        valid_at(now),
        network_id=case.network_id,
        role=Role.CASEWORKER,
        user_id=user_id,
        user__is_active=True,
    )
    if not works_here.exists():
        raise Refused(_("Choose a case manager who works in this network."), field=field)
    require_not_their_own(case.person, [user_id], field=field)


def _locked(actor: Actor, handover_id: UUID, now: datetime) -> Handover:
    handover = get_handover(actor, handover_id, now=now)
    Case.objects.select_for_update(of=("self",)).get(pk=handover.case_id)
    return get_handover(actor, handover_id, now=now)


def close_handover(
    actor: Actor, handover: Handover, state: HandoverState, answer: str, now: datetime
) -> Handover:
    """Write what became of an offer, with its audit row."""
    handover.state, handover.answer, handover.answered_at = state, answer, now
    handover.save()
    record_case_change(
        actor, f"handover_{state}", handover.case, handover.pk, now, subject="handover"
    )
    to_receiver = state is HandoverState.WITHDRAWN
    notify_of_change(
        actor=actor,
        case=handover.case,
        kind=_NEWS[state],
        subject_id=handover.pk,
        now=now,
        workers=[handover.receiver_id if to_receiver else handover.giver_id],
        client=False,
    )
    return handover
