"""What changed in the organisation is told to whom it concerns, until each has read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from common.actor import Actor
from common.clock import day_of
from people.models import OrganisationEvent, OrganisationEventSeen, OrganisationKind
from people.selectors.events import organisation_events_for


def tell(
    actor: Actor, kind: OrganisationKind, *, now: datetime, on: date | None = None, **about: Any
) -> OrganisationEvent:
    """Write down one change, within the transaction of the change itself."""
    return OrganisationEvent.objects.create(
        kind=kind, on=on or day_of(now), at=now, by_id=actor.user_id, **about
    )


@transaction.atomic
def see_organisation_news(*, actor: Actor, event_ids: Iterable[UUID], now: datetime) -> None:
    """Somebody has read these; whatever is no news of theirs is passed over."""
    found = organisation_events_for(actor, now=now).filter(pk__in=list(event_ids))
    OrganisationEventSeen.objects.bulk_create(
        [OrganisationEventSeen(event=event, user_id=actor.writer_id, at=now) for event in found],
        ignore_conflicts=True,
    )
