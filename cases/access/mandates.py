"""Who writes down, confirms and ends that somebody acts for a client; what may be done by it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access.visibility import get_case, is_on_team, visible_to
from cases.access.work import can_write_in_case
from cases.models import Case, Mandate, MandateState
from common.actor import Actor
from common.clock import day_of
from common.decision import Decision, NotVisible
from common.mandates import MAY, MandateSource, ProxyAct
from common.validity import valid_at
from people.models import Position


def mandates_visible_to(actor: Actor, *, now: datetime) -> QuerySet[Mandate]:
    """The mandates of the cases that a worker of the team, or the client, sees."""
    if actor.is_client or actor.is_worker:
        return Mandate.objects.filter(case__in=visible_to(actor, now=now)).select_related(
            "case__person", "recorded_by", "recorded_office", "decided_by", "ended_by"
        )
    return Mandate.objects.none()


def get_mandate(actor: Actor, mandate_id: UUID, *, now: datetime, lock: bool = False) -> Mandate:
    """One of them. Raises :class:`NotVisible`."""
    rows = mandates_visible_to(actor, now=now)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=mandate_id).first()
    if found is None:
        raise NotVisible
    return found


def can_confirm_mandate(actor: Actor, mandate: Mandate, *, now: datetime) -> Decision:
    """May they be the second person? Of another body on the team, or who leads the writer's office.

    They look at the document themselves. Never who wrote it down.
    """
    if mandate.state != MandateState.WAITING:
        return Decision.no(_("This has been answered already."))
    if actor.user_id == mandate.recorded_by_id:
        return Decision.no(_("A second person confirms it: not the one who wrote it down."))
    if not actor.is_worker or not is_on_team(actor, mandate.case, now):
        return Decision.no(_("Only a worker on the team of the case can do this."))
    if actor.body != mandate.recorded_office.body or _leads(actor, mandate, now):
        return Decision.yes()
    return Decision.no(
        _("Somebody of another organisation on the team confirms it, or who leads the office.")
    )


def can_end_mandate(actor: Actor, mandate: Mandate, *, now: datetime) -> Decision:
    """May they say that somebody acts for the client no longer?

    Anybody on the team, alone; the client what they have authorised themselves: a guardian or a
    custodian is not theirs to end.
    """
    if mandate.state not in (MandateState.WAITING, MandateState.STANDS):
        return Decision.no(_("This has ended already."))
    if actor.is_client and mandate.person_id == actor.person_id:
        if mandate.source == MandateSource.AUTHORISATION:
            return Decision.yes()
        return Decision.no(
            _("A guardian or a custodian acts by law. Tell your worker if it is wrong.")
        )
    return can_write_in_case(actor, mandate.case, now=now)


def can_act_for(mandate: Mandate, act: ProxyAct, *, on: date) -> Decision:
    """May whoever holds a mandate do this for the client on a day? As the table has it; else no.

    Nothing for somebody who has died, and nothing in a case that has ended but to read it.
    """
    if not mandate.holds_on(on) or mandate.person.died_on is not None:
        return Decision.no(_("Nobody acts for the client by this on this day."))
    matter = MAY[MandateSource(mandate.source)].get(act)
    if matter is None or matter not in mandate.matters:
        return Decision.no(_("The client does this themselves: this does not cover it."))
    if act is not ProxyAct.READ and not mandate.case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()


def mandates_held(code_hash: str, *, on: date) -> QuerySet[Mandate]:
    """By what whoever has this identity code acts for somebody on a day: for their own log-in."""
    return Mandate.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), holder_code_hash=code_hash, since__lte=on,
        state=MandateState.STANDS, person__died_on=None,
    ).select_related("person", "case")  # fmt: skip


def can_act_in_case(code_hash: str, case: Case, act: ProxyAct, *, now: datetime) -> Decision:
    """May whoever has this identity code do this for the client of a case, by what they hold?"""
    held = mandates_held(code_hash, on=day_of(now)).filter(person=case.person_id)
    refused = Decision.no(_("Nobody acts for the client by this on this day."))
    for mandate in held.order_by("recorded_at", "pk"):
        refused = can_act_for(mandate, act, on=day_of(now))
        if refused.allowed:
            return refused
    return refused


def get_case_of_mandates(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The case in which a worker of its team reads who acts for the client. Raises ``NotVisible``
    for whoever sees it for a time only: a guardian is not why they were let in."""
    case = get_case(actor, case_id, now=now)
    if actor.is_worker and not is_on_team(actor, case, now):
        raise NotVisible
    return case


def _leads(actor: Actor, mandate: Mandate, now: datetime) -> bool:
    led = Position.objects.filter(valid_at(now), leads=True, office=mandate.recorded_office_id)
    # Where the writer leads the office, nobody in it is above them.
    return (
        led.filter(user_id=actor.writer_id).exists()
        and not led.filter(user_id=mandate.recorded_by_id).exists()
    )
