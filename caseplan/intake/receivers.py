"""What a case that begins, and a change in somebody's life, mean for what stood before a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from caseplan.intake.models import (
    AssessmentReferral,
    OwnRequest,
    OwnRequestState,
    ReferralAnswer,
)
from caseplan.intake.services.own_requests import answer_by_beginning, gone_on
from caseplan.intake.services.referrals import close_with
from caseplan.intake.signals import answered
from cases.models import Case
from cases.signals import case_begun
from common.actor import Actor
from common.journal import Journal
from people.models import LifeEvent, LifeKind, Person
from people.services.merging import split_duplicates
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


@receiver(case_begun)
def answer_what_waited(case: Case, actor: Actor, now: datetime, **_: Any) -> None:
    """What the person asked, and every referral of theirs, in the network is answered by it."""
    answer_by_beginning(actor=actor, case=case, now=now)
    waiting = AssessmentReferral.objects.select_for_update(of=("self",)).filter(
        person=case.person_id, to_office__network=case.network_id, answer=""
    )
    for row in waiting.order_by("pk"):
        close_with(row, ReferralAnswer.BEGUN, actor, now)


@receiver(life_changed)
def refer_nobody_who_has_died(event: LifeEvent, journal: Journal, **_: Any) -> None:
    """Who has died waits for no answer."""
    if event.kind == LifeKind.DIED:
        journal.delete(AssessmentReferral.objects.filter(person=event.person_id))


@receiver(records_merged)
def follow_the_person(person: Person, other: Person, journal: Journal, **_: Any) -> None:
    """What was sent of the second record was sent of the first; the same twice is once."""
    theirs = AssessmentReferral.objects.filter(person=other)
    mine = AssessmentReferral.objects.filter(person=person)
    lacked, same = split_duplicates(theirs, mine, ("from_office_id", "to_office_id"))
    journal.delete(AssessmentReferral.objects.filter(pk__in=same))
    journal.change(AssessmentReferral.objects.filter(pk__in=lacked), person_id=person.pk)
