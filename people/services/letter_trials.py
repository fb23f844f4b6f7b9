"""Letters are tried: one goes the way of every letter, and its code comes back by a person."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import Refused
from people.access import can_try_letters
from people.models import AccountLetter, LetterTrial, User
from people.selectors.accounts import open_letter_trial
from people.services.links import letter_about_account

NOT_AGAIN_WITHIN = timedelta(minutes=1)
WRONG_CODES = 5
_DIGITS = 8


@transaction.atomic
def send_trial_letter(*, actor: Actor, now: datetime) -> LetterTrial:
    """Have a trial letter sent to one's own address, through the outbox like every other.

    Raises :class:`Refused` without an address, and within a minute of the one before.
    """
    can_try_letters(actor).require()
    user = User.objects.select_for_update().get(pk=actor.writer_id)
    if not user.email:
        raise Refused(_("You have no address here. Give one under My log-ins first."))
    if LetterTrial.objects.filter(user=user, sent_at__gt=now - NOT_AGAIN_WITHIN).exists():
        raise Refused(_("A letter was sent a moment ago. Wait a minute for it."))
    trial = LetterTrial.objects.create(user=user, address=user.email, sent_at=now)
    letter_about_account(AccountLetter.TRIAL, user.pk, str(trial.pk), now)
    _record(actor, "trial_letter_sent", now)
    return trial


@transaction.atomic
def type_trial_code(*, actor: Actor, code: str, now: datetime) -> bool:
    """Whether this is the code of the letter that was sent to them last: then letters arrive.

    Whoever types it reads that address, so it is confirmed. Raises :class:`Refused` where no letter
    waits any more: after a day, and after five wrong codes.
    """
    can_try_letters(actor).require()
    user = User.objects.select_for_update().get(pk=actor.writer_id)
    trial = open_letter_trial(user.pk, now=now)
    if trial is None or trial.wrong >= WRONG_CODES:
        raise Refused(_("No letter waits for its code. Have a new one sent."), field="code")
    if not hmac.compare_digest(trial_code(trial), "".join(filter(str.isdecimal, code))):
        trial.wrong += 1
        trial.save(update_fields=["wrong"])
        return False
    trial.arrived_at = now
    trial.save(update_fields=["arrived_at"])
    if user.email == trial.address and user.email_confirmed_at is None:
        user.email_confirmed_at = now
        user.save(update_fields=["email_confirmed_at"])
    _record(actor, "trial_letter_arrived", now)
    return True


def trial_code(trial: LetterTrial) -> str:
    """The eight digits that stand in the letter."""
    digest = salted_hmac("people.letter_trial", f"{trial.pk}:{trial.address}", algorithm="sha256")
    return f"{int(digest.hexdigest(), 16) % 10**_DIGITS:0{_DIGITS}}"


def _record(actor: Actor, action: str, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="user", subject_id=actor.writer_id, now=now
    )
