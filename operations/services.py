"""The order of the night. Holds no rule: each step is a service of the room that owns it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection, transaction

from common.actor import Actor
from followup.services import remind
from operations.models import NightlyRun

_LOCK = "operations.night"


@transaction.atomic
def run_night(*, actor: Actor, on: date, now: Callable[[], datetime]) -> NightlyRun:
    """Do the night's work for a day and record it. Repeating a day makes nothing twice.

    Two runs at once follow each other: the second waits for the first one's lock.
    """
    started_at = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    reminded = remind(actor=actor, on=on)
    return NightlyRun.objects.create(
        on=on,
        started_at=started_at,
        finished_at=now(),
        counts={"reminders_raised": reminded.raised, "reminders_ended": reminded.ended},
    )
