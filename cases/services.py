"""Writes about case headers and teams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access import can_work_on
from cases.models import Case, TeamRole, TeamTerm
from common.actor import Actor
from common.decision import Refused
from people.models import Position, Role
from people.selectors import standing_at


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    person_id: UUID,
    statute: str,
    started_on: date,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    now: datetime,
) -> Case:
    """Open a case in the actor's network, with its case manager and team.

    ``member_ids`` are users of the network's three bodies; the case manager need not be
    among them. Raises :class:`Refused` when the person already has an open case in the
    network, or somebody named does not work in it.
    """
    workers = {case_manager_id, *member_ids}
    known = set(
        Position.objects.filter(
            standing_at(now),
            network_id=actor.working_network_id,
            role=Role.CASEWORKER,
            user_id__in=workers,
            user__is_active=True,
        ).values_list("user_id", flat=True)
    )
    if case_manager_id not in known:
        raise Refused(_("Choose a case manager who works in this network."), field="case_manager")
    if workers - known:
        raise Refused(_("Choose team members who work in this network."), field="members")
    try:
        with transaction.atomic():
            case = Case.objects.create(
                person_id=person_id,
                network_id=actor.working_network_id,
                statute=statute,
                started_on=started_on,
                opened_at=now,
                opened_by_id=actor.writer_id,
            )
    except IntegrityError as error:
        raise Refused(_("This person already has an open case in your network.")) from error
    TeamTerm.objects.bulk_create(
        TeamTerm(
            case=case,
            user_id=user_id,
            role=TeamRole.CASE_MANAGER if user_id == case_manager_id else TeamRole.MEMBER,
            since=now,
        )
        for user_id in sorted(workers)
    )
    record_change(
        actor=actor,
        action="case_opened",
        subject_type="case",
        subject_id=case.pk,
        case_id=case.pk,
        person_id=person_id,
        now=now,
    )
    return case


@transaction.atomic
def add_team_member(
    *, actor: Actor, case: Case, user_id: UUID, why: str, now: datetime
) -> TeamTerm:
    """Put a worker of the case's network on the team. Raises :class:`Refused` if they are on it."""
    can_work_on(actor, case).require()
    works_here = Position.objects.filter(
        standing_at(now), network_id=case.network_id, role=Role.CASEWORKER, user_id=user_id
    )
    if not works_here.exists():
        raise Refused(_("Choose somebody who works in this network."), field="user")
    try:
        with transaction.atomic():
            term = TeamTerm.objects.create(
                case=case, user_id=user_id, role=TeamRole.MEMBER, why=why, since=now
            )
    except IntegrityError as error:
        raise Refused(_("They are on the team already."), field="user") from error
    record_change(
        actor=actor,
        action="team_member_added",
        subject_type="team_term",
        subject_id=term.pk,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )
    return term


@transaction.atomic
def end_team_term(*, actor: Actor, case: Case, user_id: UUID, now: datetime) -> None:
    """End a member's term: from the next request the case does not exist for them.

    The case manager cannot be ended here (:class:`Refused`): a case is never without one.
    """
    can_work_on(actor, case).require()
    term = (
        TeamTerm.objects.select_for_update()
        .filter(standing_at(now), case=case, user_id=user_id)
        .first()
    )
    if term is None:
        raise Refused(_("They are not on the team."), field="user")
    if term.role == TeamRole.CASE_MANAGER:
        raise Refused(_("A case always has a case manager. Name another one first."), field="user")
    term.until, term.ended_by_id = now, actor.user_id
    term.save(update_fields=["until", "ended_by"])
    record_change(
        actor=actor,
        action="team_member_ended",
        subject_type="team_term",
        subject_id=term.pk,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )


@transaction.atomic
def change_case_manager(*, actor: Actor, case: Case, user_id: UUID, now: datetime) -> TeamTerm:
    """Hand the case to another named worker of the network; the old one stays a team member."""
    can_work_on(actor, case).require()
    works_here = Position.objects.filter(
        standing_at(now),
        network_id=case.network_id,
        role=Role.CASEWORKER,
        user_id=user_id,
        user__is_active=True,
    )
    if not works_here.exists():
        raise Refused(_("Choose a case manager who works in this network."), field="case_manager")
    standing = TeamTerm.objects.select_for_update().filter(standing_at(now), case=case)
    manager = standing.filter(role=TeamRole.CASE_MANAGER).first()
    if manager is not None and manager.user_id == user_id:
        raise Refused(_("They are the case manager already."), field="case_manager")
    former = manager.user_id if manager else None
    for term in standing.filter(user_id__in=[user_id, former]):
        term.until, term.ended_by_id = now, actor.user_id
        term.save(update_fields=["until", "ended_by"])
    new = TeamTerm.objects.create(case=case, user_id=user_id, role=TeamRole.CASE_MANAGER, since=now)
    if former:
        TeamTerm.objects.create(case=case, user_id=former, role=TeamRole.MEMBER, since=now)
    record_change(
        actor=actor,
        action="case_manager_changed",
        subject_type="team_term",
        subject_id=new.pk,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )
    return new
