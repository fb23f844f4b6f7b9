"""Who is on the team of a case, and which of them manages it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access import can_work_on, get_seat
from cases.models import (
    Case,
    NewsKind,
    TeamMembership,
    TeamRole,
)
from cases.selectors import colleague_on_team
from cases.services.handover import move_work
from cases.services.news import notify_of_change, notify_team_of_change
from cases.services.rows import require_not_their_own
from cases.signals import seat_named
from common.actor import Actor
from common.decision import Refused
from common.validity import valid_at
from people.models import Position, Role
from people.selectors import body_at
from people.services import forget_drafts_about


@transaction.atomic
def add_team_member(
    *, actor: Actor, case: Case, user_id: UUID, why: str, now: datetime
) -> TeamMembership:
    """Put a worker of the case's network on the team. Raises :class:`Refused` if they are on it."""
    can_work_on(actor, case, now=now).require()
    works_here = Position.objects.filter(
        valid_at(now), network_id=case.network_id, role=Role.CASEWORKER, user_id=user_id
    )
    if not works_here.exists():
        raise Refused(_("Choose somebody who works in this network."), field="user")
    require_not_their_own(case.person, [user_id], field="user")
    return _added(actor, case, user_id, why, now)


def _added(actor: Actor, case: Case, user_id: UUID, why: str, now: datetime) -> TeamMembership:
    """Put somebody on the team; the place that their body's office held is theirs."""
    try:
        with transaction.atomic():
            membership = TeamMembership.objects.create(
                case=case, user_id=user_id, role=TeamRole.MEMBER, why=why, since=now
            )
    except IntegrityError as error:
        raise Refused(_("They are on the team already."), field="user") from error
    bodies = Position.objects.filter(
        valid_at(now), user_id=user_id, network_id=case.network_id
    ).values("office__body")
    TeamMembership.objects.filter(
        valid_at(now), case=case, role=TeamRole.AWAITED, office__body__in=bodies
    ).update(until=now, ended_by_id=actor.writer_id)
    record_change(
        actor=actor,
        action="team_member_added",
        subject_type="team_membership",
        subject_id=membership.pk,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )
    notify_of_change(
        actor=actor, case=case, kind=NewsKind.TEAM_JOINED, subject_id=case.pk, now=now,
        workers=[user_id], client=False,
    )  # fmt: skip
    return membership


@transaction.atomic
def name_for_office(
    *, actor: Actor, membership_id: UUID, user_id: UUID, now: datetime
) -> TeamMembership:
    """Say, for the actor's office, who of it works on a case that its place was kept in.

    The place is taken: the office stands there no more, its person does. The client, the case
    manager and the others of the team are told. Raises ``NotVisible`` to every other office.
    """
    seat = get_seat(actor, membership_id, now=now, lock=True)
    assert seat.office_id is not None
    works_here = Position.objects.filter(
        valid_at(now), office_id=seat.office_id, role=Role.CASEWORKER, user_id=user_id,
        user__is_active=True,
    )  # fmt: skip
    if not works_here.exists():
        raise Refused(_("Choose somebody who works in your office."), field="user_id")
    require_not_their_own(seat.case.person, [user_id], field="user_id")
    member = _added(actor, seat.case, user_id, "", now)
    seat_named.send(Case, case=seat.case, user_id=user_id, actor=actor, now=now)
    notify_team_of_change(
        actor=actor,
        case=seat.case,
        kind=NewsKind.PERSON_NAMED,
        subject_id=member.pk,
        now=now,
        client=True,
    )
    return member


@transaction.atomic
def end_team_term(*, actor: Actor, case: Case, user_id: UUID, now: datetime) -> None:
    """End a membership: from the next request the case does not exist for them. They are told that
    they are off a team, not whose.

    The case manager cannot be ended here (:class:`Refused`): a case is never without one.
    """
    can_work_on(actor, case, now=now).require()
    membership = (
        TeamMembership.objects.select_for_update()
        .filter(valid_at(now), case=case, user_id=user_id)
        .first()
    )
    if membership is None:
        raise Refused(_("They are not on the team."), field="user")
    if membership.role == TeamRole.CASE_MANAGER:
        raise Refused(_("A case always has a case manager. Name another one first."), field="user")
    membership.until, membership.ended_by_id = now, actor.user_id
    membership.save(update_fields=["until", "ended_by"])
    forget_drafts_about(case_id=case.pk, user_id=user_id)
    body = body_at(user_id, now)
    receiver = colleague_on_team(case, body, now=now) if body else None
    move_work(actor, case, user_id, receiver, True, now)
    record_change(
        actor=actor,
        action="team_member_ended",
        subject_type="team_membership",
        subject_id=membership.pk,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )
    notify_of_change(
        actor=actor, case=case, kind=NewsKind.TEAM_LEFT, subject_id=case.pk, now=now,
        workers=[user_id], client=False,
    )  # fmt: skip
