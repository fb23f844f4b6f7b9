"""A worker's private calendar address: made anew, ended, read by a program that logs in nowhere."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F

from audit.services import record_change
from caseplan.meetings.models import CalendarFeed
from common.actor import Actor
from people.models import User


def hash_of_token(token: str) -> str:
    """What is kept of an address; the token is 32 random bytes, so that none can be tried."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, actor: Actor, now: datetime) -> str:
    """A new address for the actor; the one before ends. Returns its token, kept nowhere."""
    User.objects.select_for_update().get(pk=actor.writer_id)
    _end(actor, now)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        user_id=actor.writer_id, token_hash=hash_of_token(token), made_at=now
    )
    record_change(
        actor=actor, action="calendar_feed_made", subject_type="calendarfeed",
        subject_id=feed.pk, now=now,
    )  # fmt: skip
    return token


@transaction.atomic
def end_feed(*, actor: Actor, now: datetime) -> None:
    """The actor's address shows nothing from now on, wherever it was copied to."""
    User.objects.select_for_update().get(pk=actor.writer_id)
    _end(actor, now)


def note_fetch(feed: CalendarFeed, *, now: datetime) -> None:
    """A program has read it."""
    CalendarFeed.objects.filter(pk=feed.pk).update(fetched_at=now, fetches=F("fetches") + 1)


def _end(actor: Actor, now: datetime) -> None:
    for feed in CalendarFeed.objects.filter(user_id=actor.writer_id, ended_at__isnull=True):
        CalendarFeed.objects.filter(pk=feed.pk).update(ended_at=now)
        record_change(
            actor=actor, action="calendar_feed_ended", subject_type="calendarfeed",
            subject_id=feed.pk, now=now,
        )  # fmt: skip
