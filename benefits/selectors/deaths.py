"""The deaths of people without a case, as long as they can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from benefits.access import deaths_before_case
from common.actor import Actor
from common.clock import day_of
from consent.models import Category
from people.models import LifeEvent
from people.services.life import undo_days


@dataclass(frozen=True, slots=True)
class Death:
    """A death that was written down; ``until`` is the last day on which it can be taken back."""

    event: LifeEvent
    until: date


def list_deaths(actor: Actor, *, now: datetime) -> list[Death]:
    """The deaths of those the actor might know of otherwise, the newest first; logged."""
    events = deaths_before_case(actor, now=now).select_related("person", "recorded_by")
    found = [
        Death(event, day_of(event.done_at) + timedelta(days=undo_days(now)))
        for event in events.order_by("-done_at", "-pk")
        if event.done_at is not None
    ]
    if found:
        record_access(
            actor=actor,
            action="deaths_listed",
            purpose=Purpose.ASSESS_NEED,
            shown=[
                ShownData(death.event.person_id, None, frozenset({Category.IDENTITY_CONTACT.value}))
                for death in found
            ],
            now=now,
        )
    return found


def has_deaths(actor: Actor, *, now: datetime) -> bool:
    """Whether there is any to show."""
    return deaths_before_case(actor, now=now).exists()
