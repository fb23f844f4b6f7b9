"""Whoever leads an office gives cases of one of its workers to another of them.

At once: nobody has to be asked where the work of an office is shared out, but the client is told
who comes and why, and so are the one who had the case and the one who gets it. A leader gives no
case to themselves (ADR 0026): a case that opens to somebody by their own act needs a second person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access.covers import leads
from cases.models import (
    Case,
    Handover,
    HandoverState,
    NewsKind,
    TeamMembership,
    TeamRole,
)
from cases.services.handover import close_handover, finish_handover, make_manager
from cases.services.news import notify_of_change
from cases.services.rows import record_case_change, require_not_their_own
from cases.services.several import Several
from common.actor import Actor
from common.decision import NotVisible, Refused
from common.validity import valid_at
from people.models import Position, Role


@transaction.atomic
def share_out(
    *,
    actor: Actor,
    giver_id: UUID,
    case_ids: Iterable[UUID],
    receiver_id: UUID,
    reason: str,
    leaves: bool,
    now: datetime,
) -> Several:
    """Give chosen cases of a worker of the office to another of it. ``reason``: for the clients.

    ``leaves``: the giver leaves the team and reads on for some days. A case that has moved or
    ended meanwhile stays where it is, and so does one that can't go to whom was chosen: why that
    is is not said, because it would tell whose case it is. Raises :class:`NotVisible` for whoever
    does not lead the giver's office, and :class:`Refused` where nothing moves.
    """
    office_id = _office_led(actor, giver_id, now)
    wanted = sorted(set(case_ids))
    if not wanted:
        raise Refused(_("Choose the cases first."), field="cases")
    if receiver_id == actor.writer_id:
        raise Refused(
            _("You give no case to yourself. Somebody else of the office takes it."),
            field="receiver_id",
        )
    if receiver_id == giver_id or not _works_in(office_id, receiver_id, now):
        raise Refused(_("Choose somebody else who works in your office."), field="receiver_id")
    if not reason.strip():
        raise Refused(_("Write why. The client reads it."), field="reason")
    stayed = 0
    for case_id in wanted:
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("person")
            .filter(pk=case_id, ended_at=None, network_id=actor.working_network_id)
            .first()
        )
        if case is None or not _may_move(case, giver_id, receiver_id, now):
            stayed += 1
            continue
        _give(actor, case, giver_id, receiver_id, reason.strip(), leaves, now)
    said = _("It moved or ended meanwhile, or can't go to whom you chose.")
    if stayed == len(wanted):
        raise Refused(said, field="cases")
    return Several(len(wanted) - stayed, [str(said)] * stayed)


def _give(
    actor: Actor,
    case: Case,
    giver_id: UUID,
    receiver_id: UUID,
    reason: str,
    leaves: bool,
    now: datetime,
) -> None:
    for offer in Handover.objects.filter(case=case, state=HandoverState.OPEN):
        offer.case = case
        close_handover(actor, offer, HandoverState.WITHDRAWN, "", now)
    given = Handover.objects.create(
        case=case, giver_id=giver_id, receiver_id=receiver_id, reason=reason, leaves=leaves,
        state=HandoverState.ACCEPTED, asked_at=now, answered_at=now,
    )  # fmt: skip
    record_case_change(actor, "case_shared_out", case, given.pk, now, subject="handover")
    make_manager(actor, case, receiver_id, not leaves, now)
    finish_handover(actor, given, now)
    notify_of_change(
        actor=actor, case=case, kind=NewsKind.CASE_GIVEN_ON, subject_id=given.pk, now=now,
        workers=[giver_id], client=False, was=given.receiver.full_name,
    )  # fmt: skip


def _may_move(case: Case, giver_id: UUID, receiver_id: UUID, now: datetime) -> bool:
    manages = TeamMembership.objects.filter(
        valid_at(now), case=case, user=giver_id, role=TeamRole.CASE_MANAGER
    )
    if not manages.exists():
        return False
    try:
        require_not_their_own(case.person, [receiver_id], field="receiver_id")
    except Refused:
        return False
    return True


def _office_led(actor: Actor, giver_id: UUID, now: datetime) -> UUID:
    """The giver's office, if this actor leads it; also of somebody who works there no more."""
    sat = Position.objects.filter(user_id=giver_id, office__isnull=False)
    last = sat.order_by("-since").first()
    if last is None or not actor.is_worker or not leads(actor, last.office_id, now=now):
        raise NotVisible
    assert last.office_id is not None
    return last.office_id


def _works_in(office_id: UUID, user_id: UUID, now: datetime) -> bool:
    return Position.objects.filter(
        valid_at(now), office=office_id, user=user_id, role=Role.CASEWORKER, user__is_active=True
    ).exists()
