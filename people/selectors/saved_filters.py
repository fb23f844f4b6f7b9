"""The saved filters of a list that somebody uses, and those they may change."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from common.actor import Actor
from common.validity import valid_at
from people.models import FilteredList, Position, SavedFilter


def list_saved_filters(actor: Actor, of: FilteredList) -> list[SavedFilter]:
    """One's own filters of a list and those shared with one's office, by name. One query."""
    rows = SavedFilter.objects.filter(_own(actor) | _of_office(actor), list=of)
    return list(rows.select_related("user").order_by("name", "pk"))


def filters_changed_by(actor: Actor, *, now: datetime) -> QuerySet[SavedFilter]:
    """One's own, and those shared with an office one leads."""
    led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
    return SavedFilter.objects.filter(_own(actor) | Q(office__in=led.values("office")))


def _own(actor: Actor) -> Q:
    return Q(user_id=actor.writer_id)


def _of_office(actor: Actor) -> Q:
    return Q(office_id=actor.office_id) if actor.office_id else Q(pk__in=[])
