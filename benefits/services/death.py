"""Somebody who is no client has died: they meet no trigger any more (docs/adr/0011).

Written down by whoever may know of them; within its days it is taken back by any of those.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from benefits.access import get_death_before_case, get_person
from cases.access import visible_to
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from people.models import LifeEvent, LifeKind, Person
from people.services.life import apply_change, can_still_be_undone, undo_event


@transaction.atomic
def record_death_before_case(
    *, actor: Actor, person_id: UUID, died_on: date, now: datetime
) -> LifeEvent:
    """Write down a death: triggers, signals and letters stop at once.

    Raises ``NotVisible`` where the actor may not know of the person, :class:`Refused` for a day to
    come or before the birth, and for a client of an open case: the team of the case does it there.
    """
    get_person(actor, person_id, now=now)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if visible_to(actor, now=now).filter(person=person, ended_at=None).exists():
        raise Refused(_("There is a joint case. Write the death down there."))
    if person.died_on is not None:
        raise Refused(_("The death has been written down already."))
    if died_on > day_of(now):
        raise Refused(_("The day has not come yet. Look at it again."), field="died_on")
    if died_on < person.birth_date:
        raise Refused(_("The day is before the birth. Look at it again."), field="died_on")
    event = apply_change(
        actor=actor,
        person=person,
        kind=LifeKind.DIED,
        change={"died_on": died_on.isoformat()},
        on=died_on,
        now=now,
    )
    _record(actor, "life_died", event, now)
    return event


@transaction.atomic
def undo_death_before_case(*, actor: Actor, event_id: UUID, now: datetime) -> LifeEvent:
    """Take it back whole. Raises ``NotVisible``, :class:`Refused` when its days are over."""
    event = get_death_before_case(actor, event_id, now=now)
    Person.objects.select_for_update(of=("self",)).get(pk=event.person_id)
    event = LifeEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if not can_still_be_undone(event, now):
        raise Refused(_("This can no longer be taken back here."))
    undo_event(actor=actor, event=event, now=now)
    _record(actor, "life_taken_back", event, now)
    return event


def _record(actor: Actor, action: str, event: LifeEvent, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="life_event",
        subject_id=event.pk,
        person_id=event.person_id,
        now=now,
    )
