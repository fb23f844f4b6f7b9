"""Changes in a client's life, written down by the team of a case (docs/adr/0010).

Who may is asked here; the change itself is ``people.services.life``, and what follows in each room
is that room's own, all in one transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import (
    can_confirm_change,
    can_record_change,
    can_undo_change,
    get_life_event,
)
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from people.models import LifeEvent, LifeKind, LifeState, Person
from people.services import life


@transaction.atomic
def record_death(*, actor: Actor, case: Case, died_on: date, now: datetime) -> LifeEvent:
    """The client has died: every case of theirs ends, and everything that would reach them stops.

    One worker, one step. No assessment, no follow-up, no letter, no log-in; the team of each case
    is told. Raises :class:`Refused` for a day to come or before the birth, or a second time.
    """
    can_record_change(actor, case, now=now).require()
    person = _locked(case)
    if person.died_on is not None:
        raise Refused(_("The death has been written down already."))
    if died_on > day_of(now):
        raise Refused(_("The day has not come yet. Look at it again."), field="died_on")
    if died_on < person.birth_date:
        raise Refused(_("The day is before the birth. Look at it again."), field="died_on")
    return life.take_effect_at_once(
        actor=actor,
        person=person,
        kind=LifeKind.DIED,
        change={"died_on": died_on.isoformat()},
        on=died_on,
        now=now,
    )


@transaction.atomic
def confirm_change(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """A second worker of the team confirms a change: it takes effect now.

    Raises ``NotAllowed`` for whoever wrote it down.
    """
    event = _locked_event(actor, event_id, now)
    can_confirm_change(actor, event, now=now).require()
    return life.confirm_as_second(actor=actor, event=event, now=now)


@transaction.atomic
def turn_change_down(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """A change that waits does not take effect: whoever wrote it down, or the second, says so."""
    event = _locked_event(actor, event_id, now)
    if event.state != LifeState.ASKED:
        raise Refused(_("This has been answered already."))
    return life.turn_down(actor=actor, event=event, now=now)


@transaction.atomic
def undo_change(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """Take a change back within its days: everything it changed is as it was before.

    Raises ``NotAllowed`` when the days are over, :class:`Refused` when something of it has been
    changed since.
    """
    event = _locked_event(actor, event_id, now)
    can_undo_change(actor, event, now=now).require()
    return life.take_back_event(actor=actor, event=event, now=now)


@transaction.atomic
def note_change_seen(*, actor: Actor, event_id: UUID, now: datetime) -> None:
    """A worker has seen a change: it leaves their first page."""
    life.note_seen(actor=actor, event=get_life_event(actor, event_id, now=now), now=now)


def _locked(case: Case) -> Person:
    """The client, held: of two changes at once the second finds what the first has done.

    The person always comes before the cases, so that two never wait for each other.
    """
    return Person.objects.select_for_update(of=("self",)).get(pk=case.person_id)


def _locked_event(actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    event = get_life_event(actor, event_id, now=now)
    Person.objects.select_for_update(of=("self",)).get(pk=event.person_id)
    return (
        LifeEvent.objects.select_for_update(of=("self",)).select_related("person").get(pk=event.pk)
    )
