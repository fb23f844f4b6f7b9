"""Who writes down, confirms and undoes a change in a client's life."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access.handing_over import can_hand_over
from cases.access.visibility import is_on_team, on_team_of, worked_on_by
from cases.lifecycle import CaseState
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.decision import Decision, NotVisible
from people.models import LifeEvent, LifeKind, LifeState
from people.selectors import towns_on
from people.services.life import can_still_be_undone


def can_record_change(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor write down a change in the client's life? The team, until it is closed."""
    if not actor.is_worker or not is_on_team(actor, case, now):
        return Decision.no(_("Only a worker on the team of the case can do this."))
    if case.state in (CaseState.CLOSED, CaseState.DECLINED):
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()


def life_events_visible_to(actor: Actor, *, now: datetime) -> QuerySet[LifeEvent]:
    """The changes in the lives of the clients on whose teams this worker stands."""
    return LifeEvent.objects.filter(person__in=on_team_of(actor, now=now).values("person"))


def get_life_event(actor: Actor, event_id: UUID, *, now: datetime) -> LifeEvent:
    """One change in a client's life. Raises :class:`NotVisible`."""
    event = (
        life_events_visible_to(actor, now=now)
        .filter(pk=event_id)
        .select_related("person", "recorded_by", "done_by")
        .first()
    )
    if event is None:
        raise NotVisible
    return event


def can_undo_change(actor: Actor, event: LifeEvent, *, now: datetime) -> Decision:
    """May this actor, who sees a change, take it back? Anybody on the team, for some days."""
    if not can_still_be_undone(event, now):
        return Decision.no(_("This can no longer be taken back here."))
    if not life_events_visible_to(actor, now=now).filter(pk=event.pk).exists():
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def can_confirm_change(actor: Actor, event: LifeEvent, *, now: datetime) -> Decision:
    """May this actor, who sees a change that waits, be its second person?

    Another worker on the team: they know the client, and nobody new need read of them.
    """
    if event.state != LifeState.ASKED:
        return Decision.no(_("This has been answered already."))
    if event.kind == LifeKind.JOINED:
        return Decision.no(_("The data-protection officer looks at it."))
    if event.recorded_by_id == actor.user_id:
        return Decision.no(_("Somebody else on the team confirms it."))
    if not life_events_visible_to(actor, now=now).filter(pk=event.pk).exists():
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def cases_moved_away(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The open cases on whose team this worker stands and whose client lives elsewhere now.

    Elsewhere: in a municipality of another network, or of none, on this day. They have moved, or
    their municipality has: the plan goes on until the team hands it over or ends it.
    """
    if not actor.is_worker:
        return Case.objects.none()
    here = towns_on(day_of(now)).codes_of(actor.working_network_id)
    return worked_on_by(actor, now=now).exclude(person__municipality_code__in=here)


def can_end_because_moved(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor end the case because the client lives elsewhere? Its manager, while so."""
    can = can_hand_over(actor, case, now=now)
    if not can.allowed:
        return can
    if not cases_moved_away(actor, now=now).filter(pk=case.pk).exists():
        return Decision.no(_("The client lives in a municipality of this network."))
    return Decision.yes()


def duplicates_to_judge(actor: Actor) -> QuerySet[LifeEvent]:
    """The two records each of which the officer is asked whether they are one person."""
    if not actor.is_officer:
        return LifeEvent.objects.none()
    return LifeEvent.objects.filter(kind=LifeKind.JOINED, state=LifeState.ASKED)


def get_possible_duplicate(actor: Actor, event_id: UUID) -> LifeEvent:
    """One of them, with its person. Raises :class:`NotVisible` for all but the officer."""
    found = duplicates_to_judge(actor).filter(pk=event_id).select_related("person", "recorded_by")
    event = found.first()
    if event is None:
        raise NotVisible
    return event
