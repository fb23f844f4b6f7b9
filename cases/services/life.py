"""Opening a case, moving it by the table of its states, keeping it longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access import can_hold
from cases.lifecycle import ENDED_STATES, CaseState, Transition, transition_between
from cases.models import (
    Case,
    TeamMembership,
    TeamRole,
)
from cases.services.rows import lock_case, record_case_change, require_not_their_own
from cases.signals import case_begun, case_ended
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from common.validity import valid_at
from people.models import Office, Person, Position, Role
from people.services import forget_drafts_about


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    person_id: UUID,
    statute: str,
    first_contact_on: date,
    case_manager_id: UUID,
    member_ids: Iterable[UUID],
    office_ids: Iterable[UUID] = (),
    now: datetime,
) -> Case:
    """Open a case in the actor's network, with its case manager and team: it starts today.

    ``member_ids`` are users of the network's three bodies; the case manager need not be
    among them. ``office_ids`` are its offices that name their person themselves. Raises
    :class:`Refused` when the person already has an open case in the network, or somebody named
    does not work in it.
    """
    workers = {case_manager_id, *member_ids}
    known = set(
        Position.objects.filter(
            valid_at(now),
            network_id=actor.working_network_id,
            role=Role.CASEWORKER,
            user_id__in=workers,
            user__is_active=True,
        ).values_list("user_id", flat=True)
    )
    if case_manager_id not in known:
        raise Refused(_("Choose a case manager who works in this network."), field="case_manager")
    offices = set(office_ids)
    named = Office.objects.filter(pk__in=offices, network_id=actor.working_network_id)
    if workers - known or len(offices) > named.count():
        raise Refused(_("Choose team members who work in this network."), field="members")
    # Held: a death that is being written down at this moment comes before or after, not between.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if person.died_on is not None:
        raise Refused(_("This person has died."))
    by = {actor.user_id} if actor.user_id else set()
    require_not_their_own(person, sorted(workers | by), field="members")
    try:
        with transaction.atomic():
            case = Case.objects.create(
                person_id=person_id,
                network_id=actor.working_network_id,
                statute=statute,
                first_contact_on=first_contact_on,
                started_on=day_of(now),
                state=CaseState.MAPPING,
                opened_at=now,
                opened_by_id=actor.writer_id,
                client_untold=person.user_id is None,
            )
    except IntegrityError as error:
        raise Refused(_("This person already has an open case in your network.")) from error
    TeamMembership.objects.bulk_create(
        TeamMembership(
            case=case,
            user_id=user_id,
            role=TeamRole.CASE_MANAGER if user_id == case_manager_id else TeamRole.MEMBER,
            since=now,
        )
        for user_id in sorted(workers)
    )
    TeamMembership.objects.bulk_create(
        TeamMembership(case=case, office_id=office_id, role=TeamRole.AWAITED, since=now)
        for office_id in sorted(offices)
    )
    record_change(
        actor=actor,
        action=f"case_{_transition(None, CaseState.MAPPING).verb}",
        subject_type="case",
        subject_id=case.pk,
        case_id=case.pk,
        person_id=person_id,
        now=now,
    )
    case_begun.send(Case, case=case, actor=actor, now=now)
    return case


@transaction.atomic
def move_case(*, actor: Actor, case: Case, to: CaseState, now: datetime) -> Case:
    """Move a case to another state, by the table. The caller has asked whether the actor may.

    Raises :class:`Refused` where the table has no such move: somebody was quicker.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    transition = _transition(CaseState(locked.state), to)
    case.state = to
    case.started_on = locked.started_on
    if to not in ENDED_STATES:
        case.ended_at, case.ended_by_id = None, None
    elif locked.ended_at is None:
        case.ended_at, case.ended_by_id = now, actor.writer_id
    else:
        case.ended_at, case.ended_by_id = locked.ended_at, locked.ended_by_id
    try:
        with transaction.atomic():
            case.save(update_fields=["state", "ended_at", "ended_by"])
    except IntegrityError as error:
        raise Refused(_("This person already has an open case in your network.")) from error
    if not case.is_open:
        forget_drafts_about(case_id=case.pk)
    record_case_change(actor, f"case_{transition.verb}", case, case.pk, now, subject="case")
    if locked.ended_at is None and case.ended_at is not None:
        case_ended.send(Case, case=case, actor=actor, now=now)
    return case


@transaction.atomic
def hold_case(*, actor: Actor, case: Case, why: str, now: datetime) -> Case:
    """Keep an ended case beyond its time, or (``why`` empty) let it go again; a worker of its team.

    For a statutory task or a pending matter only (Act 381/2023 s. 12).
    """
    lock_case(case)
    can_hold(actor, case, now=now).require()
    case.hold_why = why.strip()
    case.save(update_fields=["hold_why"])
    record_case_change(
        actor, "case_held" if why.strip() else "case_let_go", case, case.pk, now, subject="case"
    )
    return case


def _transition(before: CaseState | None, after: CaseState) -> Transition:
    transition = transition_between(before, after)
    if transition is None:
        raise Refused(_("The case has moved on meanwhile. Look at it again."))
    return transition
