"""What follows for the rights of a client where two records are one person."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from common.journal import Journal
from people.models import Person
from people.signals import records_merged
from rights.models import BreachLetter


@receiver(records_merged)
def merge_breach_letters(person: Person, other: Person, journal: Journal, **_: Any) -> None:
    """The letters about a breach, written or sent to either, are the one person's."""
    journal.change(BreachLetter.objects.filter(person=other), person_id=person.pk)
