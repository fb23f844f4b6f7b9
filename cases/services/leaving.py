"""Somebody goes: their cases, and what they were asked or stood in for, never stay with nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Case,
    Handover,
    HandoverCode,
    HandoverState,
    NewsKind,
    TeamMembership,
    TeamRole,
)
from cases.selectors import colleague_on_team
from cases.services.absences import end_absences_of
from cases.services.covers import end_covers_of
from cases.services.handover import close_handover, make_manager, move_work
from cases.services.news import notify_of_own_work
from cases.services.rows import record_case_change
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import Refused
from common.validity import valid_at
from people.access import get_position
from people.models import Position, Role, User
from people.selectors import is_own_person
from people.services import close_account, end_position


@transaction.atomic
def end_work(*, actor: Actor, position_id: UUID, now: datetime) -> int:
    """Somebody no longer works in an office. Returns how many cases went to who leads it.

    At once they can't log in, are on no team and stand in for nobody. Raises :class:`Refused`
    while they manage cases and nobody else leads the office: a case is never without somebody who
    answers for it.
    """
    user_id = get_position(actor, position_id, now=now).user_id
    end_position(actor=actor, position_id=position_id, now=now)
    if _managed(now).filter(user_id=user_id).exists() and _leader_after(user_id, now) is None:
        raise Refused(
            _(
                "They manage cases, and nobody else leads the office to take them. "
                "Name a leader first."
            )
        )
    return _leave(actor, user_id, now)


@transaction.atomic
def end_work_later(*, actor: Actor, position_id: UUID, until: datetime, now: datetime) -> None:
    """Somebody works in an office until a moment ahead; from then on they can do nothing.

    The night after (:func:`finish_ended_work`) gives their cases to whoever leads the office.
    Raises :class:`Refused` where nobody would lead it then and they manage cases.
    """
    user_id = get_position(actor, position_id, now=now).user_id
    end_position(actor=actor, position_id=position_id, until=until, now=now)
    if _managed(now).filter(user_id=user_id).exists() and _leader_after(user_id, until) is None:
        raise Refused(
            _(
                "They manage cases, and nobody else leads the office to take them. "
                "Name a leader first."
            )
        )


@transaction.atomic
def finish_ended_work(*, actor: Actor, now: datetime) -> int:
    """What an end that was written ahead leaves to be done: log-ins, cases, teams, covers, offers.

    Returns how many people's.
    """
    standing = Position.objects.exclude(until__lte=now).values("user")
    gone = User.objects.filter(is_active=True, positions__until__lte=now).exclude(pk__in=standing)
    users = list(gone.exclude(positions__role=Role.OUTSIDE).distinct().order_by("pk"))
    for user in users:
        close_account(actor, user, now)
        _leave(actor, user.pk, now)
    return len(users)


def _leave(actor: Actor, user_id: UUID, now: datetime) -> int:
    moved = reassign_cases(actor=actor, now=now, of=user_id)
    _leave_teams(actor, user_id, now)
    end_covers_of(actor, user_id, now)
    end_absences_of(actor, user_id, now)
    _take_back_offers_to(actor, user_id, now)
    return moved


@transaction.atomic
def reassign_cases(*, actor: Actor, now: datetime, of: UUID | None = None) -> int:
    """Give each open case whose manager no longer works to whoever leads the manager's office.

    Returns how many moved. Also the night's work, for those who stopped working in another way: a
    case is never without somebody who answers. Where an office has no leader the case stays, and
    is counted as unowned on the board. ``of``: only the cases of one former manager. The client
    is told who and why.
    """
    working = Position.objects.filter(
        valid_at(now), role=Role.CASEWORKER, user__is_active=True
    ).values("user")
    orphans = _managed(now).filter(Q(user_id=of) if of else Q()).exclude(user__in=working)
    # The case first, as whoever accepts a handover does; what they changed is seen after.
    list(Case.objects.select_for_update().filter(pk__in=orphans.values("case")).order_by("pk"))
    moved = 0
    for membership in orphans.select_related("case__person").order_by("case"):
        assert membership.user_id is not None
        leader = _leader_after(membership.user_id, now, of=membership.case)
        if leader is not None:
            _tell_of_it(actor, membership, leader.user_id, now)
            make_manager(actor, membership.case, leader.user_id, False, now)
            moved += 1
    return moved


def _managed(now: datetime) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.filter(
        valid_at(now), role=TeamRole.CASE_MANAGER, case__ended_at__isnull=True
    )


def _tell_of_it(actor: Actor, membership: TeamMembership, leader_id: UUID, now: datetime) -> None:
    """A handover that is done: what the client and the one who takes the case are told it by."""
    assert membership.user_id is not None
    asked = Handover.objects.filter(
        case=membership.case, state=HandoverState.OPEN, receiver_id=leader_id
    ).first()
    if asked is None:
        asked = Handover(
            case=membership.case, giver_id=membership.user_id, receiver_id=leader_id,
            code=HandoverCode.LEFT, asked_at=now,
        )  # fmt: skip
    close_handover(actor, asked, HandoverState.ACCEPTED, "", now)
    notify_of_own_work(
        user_ids=[leader_id], kind=NewsKind.CASE_TAKEN, subject_id=membership.user_id, now=now,
        was=asked.giver.full_name,
    )  # fmt: skip


def _leave_teams(actor: Actor, user_id: UUID, now: datetime) -> None:
    last = Position.objects.filter(user_id=user_id).order_by("-since").first()
    # At night nobody acts: whoever wrote the end down ahead ended it, or they who went.
    by = actor.user_id or (last and last.ended_by_id) or user_id
    memberships = TeamMembership.objects.select_for_update(of=("self",)).filter(
        valid_at(now), user_id=user_id, role=TeamRole.MEMBER
    )
    for membership in memberships.select_related("case").order_by("pk"):
        membership.until, membership.ended_by_id = now, by
        membership.save(update_fields=["until", "ended_by"])
        record_case_change(
            actor,
            "team_member_ended",
            membership.case,
            membership.pk,
            now,
            subject="team_membership",
        )
        _leave_work_to_their_body(actor, membership.case, user_id, now)


def _leave_work_to_their_body(actor: Actor, case: Case, user_id: UUID, now: datetime) -> None:
    """To a colleague of the same body on the team; else their office names who comes.

    The leader sees no case by that: the place is theirs to give, as at a beginning.
    """
    last = Position.objects.filter(user_id=user_id, office__isnull=False).order_by("-since")
    sat = last.select_related("office").first()
    if not case.is_open or sat is None or sat.office is None:
        return
    office = sat.office
    receiver = colleague_on_team(case, Body(office.body), now=now)
    is_closed = office.closes_on is not None and office.closes_on <= day_of(now)
    if receiver is None and not is_closed:
        there = TeamMembership.objects.filter(valid_at(now), case=case, office=office)
        if not there.exists():
            seat = TeamMembership.objects.create(
                case=case, office=office, role=TeamRole.AWAITED, since=now
            )
            record_case_change(actor, "seat_kept", case, seat.pk, now, subject="team_membership")
    move_work(actor, case, user_id, receiver, True, now)


def _take_back_offers_to(actor: Actor, user_id: UUID, now: datetime) -> None:
    """What they were asked to take, nobody would answer; what they offered, others still may."""
    offers = Handover.objects.select_for_update(of=("self",)).filter(
        receiver_id=user_id, state=HandoverState.OPEN
    )
    for offer in offers.select_related("case").order_by("pk"):
        close_handover(actor, offer, HandoverState.WITHDRAWN, "", now)


def _leader_after(user_id: UUID, now: datetime, *, of: Case | None = None) -> Position | None:
    """Who leads the office that somebody last sat in; for a case, nobody whose own it is."""
    last = Position.objects.filter(user_id=user_id, office__isnull=False).order_by("-since").first()
    if last is None:
        return None
    leaders = Position.objects.filter(
        valid_at(now), leads=True, user__is_active=True, office=last.office
    )
    for leader in leaders.order_by("since", "pk"):
        if of is None or not is_own_person(leader.user_id, of.person_id):
            return leader
    return None
