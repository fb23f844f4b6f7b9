"""Hands over what waits in the outbox, one at a time, each in a transaction of its own.

The row stays locked from before the hand-over until its outcome is committed: another worker
passes it by, and one that is killed leaves it waiting. It is handed over a second time only where
the process died between the other side's answer and the commit, and then with the same id.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from common.actor import Actor
from common.clock import day_of
from common.transactions import acting_as
from followup.channels import Gateway, Refused, Unavailable, gateway_for
from followup.letters import letter_for
from followup.models import Channel, ContactChoice, Notification, NotificationState
from followup.quiet import first_allowed

logger = logging.getLogger(__name__)

TRIES = 5
FIRST_WAIT = timedelta(minutes=1)


@dataclass(slots=True)
class Delivered:
    """What became of the letters: handed over, needless, put off, refused, given up.

    ``unavailable``: the channel did not answer, and what is left waits for the next time.
    """

    sent: int = 0
    needless: int = 0
    put_off: int = 0
    refused: int = 0
    parked: int = 0
    unavailable: bool = False


def deliver(
    *, actor: Actor, channel: Channel, now: Callable[[], datetime], at_most: int = 1000
) -> Delivered:
    """Hand over up to ``at_most`` of what waits for a channel, the oldest first.

    Called outside a transaction. A refused letter is tried again after 1, 2, 4 and 8 minutes and
    then parked, to be looked at; it never keeps the others. Nothing is handed over in the reader's
    quiet hours.
    """
    done = Delivered()
    with gateway_for(channel) as gateway:
        for _number in range(at_most):
            with acting_as(actor):
                if not _one(channel, gateway, now(), done):
                    break
            if done.unavailable:
                break
    return done


def _one(channel: Channel, gateway: Gateway, now: datetime, done: Delivered) -> bool:
    """Deal with the oldest letter that nobody else holds. False: there is none."""
    row = (
        Notification.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(channel=channel, state=NotificationState.WAITING, not_before__lte=now)
        .select_related("user", "user__person")
        .order_by("not_before", "pk")
        .first()
    )
    if row is None:
        return False
    allowed = _allowed(row, now)
    if allowed > now:
        row.not_before = allowed
        row.save(update_fields=["not_before"])
        done.put_off += 1
        return True
    try:
        with transaction.atomic():
            letter = letter_for(row, on=day_of(now))
        if letter is not None:
            gateway.hand_over(letter)
    except Unavailable as error:
        row.failure = type(error).__name__
        row.save(update_fields=["failure"])
        done.unavailable = True
        logger.warning("The channel %s does not answer.", channel)
    except Refused as error:
        _refused(row, str(error), now, done)
    except Exception as error:
        # One that cannot be written must not keep the others. Never its message.
        _refused(row, type(error).__name__, now, done)
    else:
        row.state = NotificationState.SENT if letter else NotificationState.NEEDLESS
        row.closed_at, row.failure = now, ""
        row.save(update_fields=["state", "closed_at", "failure"])
        if letter:
            done.sent += 1
        else:
            done.needless += 1
    return True


def _refused(row: Notification, why: str, now: datetime, done: Delivered) -> None:
    row.tries, row.failure = row.tries + 1, why[:100]
    if row.tries >= TRIES:
        row.state, row.closed_at = NotificationState.PARKED, now
        done.parked += 1
        logger.error("The notification %s was given up: %s", row.pk, row.failure)
    else:
        row.not_before = now + FIRST_WAIT * 2 ** (row.tries - 1)
        done.refused += 1
    row.save(update_fields=["tries", "failure", "state", "closed_at", "not_before"])


def _allowed(row: Notification, now: datetime) -> datetime:
    choice = ContactChoice.objects.filter(user=row.user_id).first() or ContactChoice()
    return first_allowed(now, choice.quiet_from, choice.quiet_until)


def try_letters_again(*, now: datetime) -> int:
    """Put every parked letter back into the outbox. Returns how many."""
    return Notification.objects.filter(state=NotificationState.PARKED).update(
        state=NotificationState.WAITING,
        closed_at=None,
        tries=F("tries") - TRIES + 1,
        not_before=now,
    )
