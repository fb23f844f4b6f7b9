"""What waits in the outbox of the practice network, where nothing is ever handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from common.practice import is_practice
from followup.letters import invitation_letter, letter_for
from followup.models import Channel, Notification

SHOWN = 50


@dataclass(frozen=True, slots=True)
class NeverSent:
    """One letter as it would have been handed over."""

    channel: str
    to: str
    subject: str
    text: str
    made_at: datetime


def letters_never_sent(*, on: date, now: datetime) -> list[NeverSent]:
    """The newest letters of the practice network; nothing anywhere else, where each has a reader.

    One that needs no telling any more is left out.
    """
    if not is_practice():
        return []
    found = []
    rows = Notification.objects.select_related("user", "user__person")
    for row in rows.order_by("-made_at", "-pk")[:SHOWN]:
        with transaction.atomic():
            letter = (
                letter_for(row, on=on)
                if row.user_id is not None
                else invitation_letter(row, now=now)
            )
        if letter is not None:
            channel = str(Channel(row.channel).label)
            found.append(NeverSent(channel, letter.to, letter.subject, letter.text, row.made_at))
    return found
