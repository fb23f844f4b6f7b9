"""What follows for whoever asked when their life changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from caseplan.intake.models import OwnRequest, OwnRequestState
from caseplan.intake.services.own_requests import gone_on
from caseplan.intake.signals import answered
from common.journal import Journal
from people.models import LifeEvent, LifeKind, Person
from people.signals import life_changed, records_merged


@receiver(life_changed)
def close_requests_of_the_dead(event: LifeEvent, journal: Journal, now: datetime, **_: Any) -> None:
    """Nobody answers somebody who has died, and no letter is written."""
    if event.kind != LifeKind.DIED:
        return
    waiting = OwnRequest.objects.filter(person=event.person_id, state=OwnRequestState.OPEN)
    keys = list(waiting.values_list("pk", flat=True))
    journal.change(
        waiting,
        state=OwnRequestState.CLOSED.value,
        answered_at=now,
        gone_on=gone_on(now),
        read_at=now,
    )
    for key in keys:
        answered.send(OwnRequest, subject_id=key, now=now)


@receiver(records_merged)
def merge_requests(person: Person, other: Person, journal: Journal, **_: Any) -> None:
    """What both have asked is the one person's; of two that wait in one office, the later goes."""
    theirs = OwnRequest.objects.filter(person=other)
    here = OwnRequest.objects.filter(person=person, state=OwnRequestState.OPEN)
    twice = theirs.filter(state=OwnRequestState.OPEN, office__in=here.values("office"))
    journal.delete(twice)
    journal.change(theirs, person_id=person.pk)
