"""Two records turn out to be one person: what hung on the second hangs on the first from now on.

Called by ``people.services.life`` alone. What the rooms above keep of a person they move themselves
(``people.signals.records_merged``); nothing may be left on the record that goes, which is looked at
before it goes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.crypto import decrypt
from common.decision import Refused
from common.journal import Journal
from people.models import (
    FormerCode,
    FormerName,
    LifeEvent,
    Person,
    ProtectionQuestion,
    User,
)
from people.signals import records_merged


def merge_records(person: Person, other: Person, journal: Journal, *, now: datetime) -> str:
    """Move everything of ``other`` to ``person`` and let the record go; both are locked.

    Returns its identity code, which is free then. The stricter stands: a protection of either is
    one of both. One log-in stays. Raises :class:`Refused` where they can't be one.
    """
    if person.died_on != other.died_on:
        raise Refused(_("One of the two is recorded as dead. Correct that first."))
    code = decrypt(other.identity_code_encrypted)
    for rows in (
        FormerCode.objects.filter(person=other),
        FormerName.objects.filter(person=other),
        LifeEvent.objects.filter(person=other),
    ):
        journal.change(rows, person_id=person.pk)
    journal.delete(ProtectionQuestion.objects.filter(person=other))
    records_merged.send(Person, person=person, other=other, journal=journal, now=now)
    _require_nothing_left(other)
    log_in = other.user_id
    journal.delete(Person.objects.filter(pk=other.pk))
    changed: dict[str, Any] = {}
    if other.non_disclosure and not person.non_disclosure:
        changed["non_disclosure"] = True
    if log_in and person.user_id is None:
        changed["user_id"] = log_in
    if changed:
        journal.change(Person.objects.filter(pk=person.pk), **changed)
    if log_in and person.user_id is not None:
        journal.change(User.objects.filter(pk=log_in), is_active=False)
    return code


def split_duplicates(
    theirs: QuerySet[Any], mine: QuerySet[Any], fields: tuple[str, ...]
) -> tuple[list[Any], list[Any]]:
    """The keys of the rows of the second record that the first lacks, and of those it has too."""
    have = set(mine.values_list(*fields))
    lacked: list[Any] = []
    same: list[Any] = []
    for key, *values in theirs.order_by("pk").values_list("pk", *fields):
        (same if tuple(values) in have else lacked).append(key)
    return lacked, same


def _require_nothing_left(other: Person) -> None:
    """A record on which something still hangs would take it along: then nothing is joined."""
    for relation in Person._meta.related_objects:
        name = relation.field.name
        if relation.related_model._base_manager.filter(**{name: other.pk}).exists():
            raise Refused(_("The two records can't be joined here: something would be lost."))
