"""Hands over what waits in the outbox, one at a time: held, handed over, told.

That a letter is about to be handed over is committed before, and what became of it after; no
transaction is open while another machine is waited for. A process that dies in between leaves the
letter held until its lease is over; it is then handed over once more, with the same id, and never
a third time: whoever looks at what was given up decides.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from common.actor import Actor
from common.clock import day_of
from common.practice import is_practice
from common.transactions import acting_as
from followup.channels import (
    ChannelUnavailable,
    DeliveryRefused,
    DeliveryUnconfirmed,
    Gateway,
    Letter,
    gateway_for,
)
from followup.letters import invitation_letter, letter_for
from followup.models import AT_ONCE, Channel, ContactChoice, Notification, NotificationState
from followup.quiet import first_allowed

logger = logging.getLogger(__name__)

TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
# Longer than the slowest hand-over takes.
LEASE = timedelta(minutes=3)
HANDINGS = 2


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
    if is_practice():
        return done  # nothing of it leaves: nobody there is real
    with gateway_for(channel) as gateway:
        for _number in range(at_most):
            with acting_as(actor):
                taken = _take(channel, now(), done)
            if taken is None:
                break
            row, letter = taken
            if letter is None:
                continue
            failure = _hand_over(gateway, letter)
            with acting_as(actor):
                _tell(row, failure, now(), done)
            if done.unavailable:
                logger.warning("The channel %s does not answer.", channel)
                break
    return done


def _take(
    channel: Channel, now: datetime, done: Delivered
) -> tuple[Notification, Letter | None] | None:
    """The oldest letter that nobody holds, held until the lease is over; None: there is none.

    Without a letter where its row needs none: put off, needless, or given up.
    """
    row = (
        Notification.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(channel=channel, state=NotificationState.WAITING, not_before__lte=now)
        .select_related("user", "user__person")
        .order_by("not_before", "pk")
        .first()
    )
    if row is None:
        return None
    allowed = _allowed(row, now)
    if allowed > now:
        row.not_before = allowed
        row.save(update_fields=["not_before"])
        done.put_off += 1
        return row, None
    if row.handings >= HANDINGS:
        # Twice nobody could say whether it was taken: a third would be one too many.
        _park(row, "DeliveryUnconfirmed", now, done)
        return row, None
    try:
        with transaction.atomic():
            letter = (
                letter_for(row, on=day_of(now))
                if row.user_id is not None
                else invitation_letter(row, now=now)
            )
    except Exception as error:
        # One that cannot be written must not keep the others. Never its message.
        _refused(row, type(error).__name__, now, done)
        return row, None
    if letter is None:
        row.state, row.closed_at = NotificationState.NEEDLESS, now
        row.save(update_fields=["state", "closed_at"])
        done.needless += 1
        return row, None
    row.handings, row.not_before = row.handings + 1, now + LEASE
    row.save(update_fields=["handings", "not_before"])
    return row, letter


def _hand_over(gateway: Gateway, letter: Letter) -> Exception | None:
    try:
        gateway.hand_over(letter)
    except (DeliveryRefused, ChannelUnavailable) as error:
        return error
    except Exception as error:
        return DeliveryRefused(type(error).__name__)
    return None


def _tell(row: Notification, failure: Exception | None, now: datetime, done: Delivered) -> None:
    """Write down what became of a letter that was held."""
    if failure is None:
        row.state, row.closed_at, row.failure = NotificationState.SENT, now, ""
        row.save(update_fields=["state", "closed_at", "failure"])
        done.sent += 1
    elif isinstance(failure, DeliveryRefused):
        row.handings -= 1
        _refused(row, str(failure), now, done)
    else:
        # Whether it was taken is not known, or it certainly was not: only then it costs nothing.
        known = not isinstance(failure, DeliveryUnconfirmed)
        row.handings -= known
        row.not_before = now if known else now + FIRST_WAIT
        row.failure = type(failure).__name__
        row.save(update_fields=["handings", "not_before", "failure"])
        done.unavailable = True


def _refused(row: Notification, why: str, now: datetime, done: Delivered) -> None:
    row.tries, row.failure = row.tries + 1, why[:100]
    if row.tries >= TRIES:
        _park(row, row.failure, now, done)
        return
    row.not_before = now + FIRST_WAIT * 2 ** (row.tries - 1)
    done.refused += 1
    row.save(update_fields=["tries", "handings", "failure", "not_before"])


def _park(row: Notification, why: str, now: datetime, done: Delivered) -> None:
    row.state, row.closed_at, row.failure = NotificationState.PARKED, now, why
    row.save(update_fields=["state", "closed_at", "tries", "handings", "failure"])
    done.parked += 1
    logger.error("The notification %s was given up: %s", row.pk, why)


def _allowed(row: Notification, now: datetime) -> datetime:
    if row.notice in AT_ONCE:
        return now
    choice = ContactChoice.objects.filter(user=row.user_id).first() or ContactChoice()
    return first_allowed(now, choice.quiet_from, choice.quiet_until)


def try_letters_again(*, now: datetime) -> int:
    """Put every parked letter back into the outbox. Returns how many."""
    return Notification.objects.filter(state=NotificationState.PARKED).update(
        state=NotificationState.WAITING,
        closed_at=None,
        tries=1,
        handings=0,
        not_before=now,
    )
