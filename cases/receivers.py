"""What follows for the cases from a change in a client's life."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from cases.lifecycle import ImmediateEnding
from cases.models import Case, ClientCode, Mandate, MandateState
from cases.services.immediate_ending import end_immediately
from cases.services.rows import record_case_change
from common.actor import Actor
from common.decision import Refused
from common.journal import Journal
from people.models import LifeEvent, LifeKind, Person
from people.selectors import codes_of
from people.signals import life_change_undone, life_changed, records_merged


@receiver(life_changed)
def log_life_change(
    event: LifeEvent, journal: Journal, actor: Actor, now: datetime, **_: Any
) -> None:
    """Each case of the person has it in its log; a death ends all that have not ended."""
    for case in Case.objects.filter(person_id=event.person_id).order_by("pk"):
        record_case_change(actor, f"life_{event.kind}", case, event.pk, now, subject="life_event")
    if event.kind == LifeKind.DIED:
        end_immediately(
            Case.objects.filter(person_id=event.person_id),
            ImmediateEnding.DIED,
            journal,
            actor,
            now,
        )


@receiver(life_change_undone)
def log_undone_change(
    event: LifeEvent, journal: Journal, actor: Actor, now: datetime, **_: Any
) -> None:
    """Each case of the person has it in its log, and whether it goes on."""
    restored = set(journal.changed_keys(Case))
    for case in Case.objects.filter(person_id=event.person_id).order_by("pk"):
        record_case_change(actor, "life_taken_back", case, event.pk, now, subject="life_event")
        if str(case.pk) in restored:
            record_case_change(actor, "case_goes_on", case, case.pk, now, subject="case")


@receiver(records_merged)
def merge_cases(person: Person, other: Person, journal: Journal, now: datetime, **_: Any) -> None:
    """The cases of both are the one person's. Raises ``Refused`` for two open in one network.

    Which of those goes on is for their teams: one is ended first, by the three bodies.
    """
    theirs = Case.objects.filter(person=other)
    clash = theirs.filter(
        ended_at=None,
        network__in=Case.objects.filter(person=person, ended_at=None).values("network"),
    )
    if clash.exists():
        raise Refused(
            gettext_lazy("Both records have an open case in one network. One of them ends first.")
        )
    journal.change(theirs, person_id=person.pk)
    mandates = Mandate.objects.filter(person=other)
    if _act_for_both(person, other):
        raise Refused(
            gettext_lazy("Somebody acts for both records by the same. One of the two ends first.")
        )
    journal.change(mandates, person_id=person.pk)
    codes = ClientCode.objects.filter(person=other)
    if _open_codes(person):
        # Of a person's codes one is open at most: the paper of the record that goes is dead.
        journal.change(codes.filter(pk__in=_open_codes(other)), ended_at=now)
    journal.change(codes, person_id=person.pk)


def _open_codes(person: Person) -> list[UUID]:
    """The codes on paper that could still be used for a record."""
    still = ClientCode.objects.filter(person=person, used_at=None, ended_at=None)
    return list(still.order_by("pk").values_list("pk", flat=True))


def _act_for_both(person: Person, other: Person) -> bool:
    """Whether the same holder has the same kind of mandate for both, or is one of them."""
    standing = Mandate.objects.filter(state__in=[MandateState.WAITING, MandateState.STANDS])
    mine = set(standing.filter(person=person).values_list("holder_code_hash", "source"))
    theirs = set(standing.filter(person=other).values_list("holder_code_hash", "source"))
    codes = codes_of(person) | codes_of(other)
    return bool(mine & theirs) or any(code in codes for code, _source in mine | theirs)
