"""Sends the work that was asked for to Celery, once it is committed; takes the dead off lists."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver

from benefits.models import (
    ClosedBecause,
    ExpectedFlag,
    Flag,
    FlagDecision,
    ManualEntry,
    PaymentPeriod,
    RegisterMention,
    UnemploymentSpell,
)
from benefits.signals import import_asked
from benefits.tasks import read_extract
from common.clock import day_of
from common.journal import Journal
from people.models import LifeEvent, LifeKind, Person
from people.services.merging import split_duplicates
from people.signals import life_changed, records_merged


@receiver(import_asked)
def enqueue(run_id: UUID, commit: bool, **_: Any) -> None:
    """Have the extract read or written by a worker, after the request has ended well."""
    # A broker that is away does not undo what was asked: the page offers to go on.
    transaction.on_commit(partial(read_extract.delay, str(run_id), commit), robust=True)


@receiver(life_changed)
def remove_from_worklist(event: LifeEvent, journal: Journal, now: datetime, **_: Any) -> None:
    """Whoever has died meets no trigger, and comes to none."""
    if event.kind == LifeKind.DIED:
        journal.change(
            Flag.objects.filter(person_id=event.person_id, closed_on=None),
            closed_on=day_of(now),
            closed_because=ClosedBecause.DIED.value,
        )
        journal.delete(ExpectedFlag.objects.filter(person_id=event.person_id))


_SAME: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (UnemploymentSpell, ("start", "end", "corrected_at")),
    (PaymentPeriod, ("benefit", "basis", "start", "end", "paid_days", "corrected_at")),
    (ExpectedFlag, ("rule",)),
)


@receiver(records_merged)
def merge_registers(person: Person, other: Person, journal: Journal, **_: Any) -> None:
    """What the registers say of the two is one person's; what both records say stands once."""
    for model, fields in _SAME:
        theirs = model.objects.filter(person=other)
        lacked, same = split_duplicates(theirs, model.objects.filter(person=person), fields)
        journal.delete(model.objects.filter(pk__in=same))
        journal.change(model.objects.filter(pk__in=lacked), person_id=person.pk)
    _join_flags(person, other, journal)
    journal.change(ManualEntry.objects.filter(person=other), person_id=person.pk)
    former = ManualEntry.history.model.objects.filter(person_id=other.pk)
    journal.change(former, person_id=person.pk)
    _join_mentions(person, other, journal)


def _join_flags(person: Person, other: Person, journal: Journal) -> None:
    """What a network decided on a flag of either stays; on the same flag, the first record's."""
    fields = ("rule", "reached_on")
    theirs, mine = Flag.objects.filter(person=other), Flag.objects.filter(person=person)
    lacked, same = split_duplicates(theirs, mine, fields)
    journal.change(Flag.objects.filter(pk__in=lacked), person_id=person.pk)
    for flag in Flag.objects.filter(pk__in=same).order_by("pk"):
        kept = mine.get(rule=flag.rule, reached_on=flag.reached_on)
        decided = FlagDecision.objects.filter(flag=kept).values("network")
        journal.change(
            FlagDecision.objects.filter(flag=flag).exclude(network__in=decided), flag_id=kept.pk
        )
        journal.delete(FlagDecision.objects.filter(flag=flag))
    journal.delete(Flag.objects.filter(pk__in=same))


def _join_mentions(person: Person, other: Person, journal: Journal) -> None:
    """The newest import that named either. A later one leaves no way back: it spoke of one."""
    theirs = RegisterMention.objects.filter(person=other).first()
    mine = RegisterMention.objects.filter(person=person).first()
    journal.delete(RegisterMention.objects.filter(person=other))
    if mine is not None:
        journal.record_changed(mine, {"last_import_id": mine.last_import_id})
    elif theirs is not None:
        journal.record_created(
            RegisterMention.objects.create(person=person, last_import_id=theirs.last_import_id)
        )
