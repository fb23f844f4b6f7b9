"""What somebody logs in with beside a password, written down; and a lost phone, helped with."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.decision import NotVisible, Refused
from people.access import positions_keeping
from people.models import AccountEvent, AccountLetter, User
from people.services.links import letter_about_account
from people.services.log_ins import end_log_ins, record_account_event


@transaction.atomic
def record_factor(*, actor: Actor, event: AccountEvent, user_id: UUID, now: datetime) -> None:
    """A passkey, an app or recovery codes were made or taken away: a row, and a letter to them."""
    record_account_event(actor=actor, event=event, user_id=user_id, now=now)
    about = f"{event.value}:{int(now.timestamp())}"
    letter_about_account(AccountLetter.ACCOUNT, user_id, about, now)


def user_kept(actor: Actor, user_id: UUID, *, now: datetime) -> User:
    """Somebody whose account this actor answers for, beside their own. Raises ``NotVisible``."""
    position = positions_keeping(actor, now=now).filter(user_id=user_id).first()
    if position is None:
        raise NotVisible
    return position.user


@transaction.atomic
def end_second_factor(*, actor: Actor, user_id: UUID, now: datetime) -> None:
    """Somebody lost the phone and the recovery codes: what they had beside the password goes.

    Whoever leads their office or a data-protection officer does it; it lets nobody in: the password
    and the mailbox stay the owner's, who makes a new second factor at the next log-in. They are
    told at once and are logged out everywhere. Raises :class:`Refused` where there is none.
    """
    user = user_kept(actor, user_id, now=now)
    gone = user.authenticator_set.all().delete()[0]  # type: ignore[attr-defined]
    if not gone:
        raise Refused(_("They have no second factor: they make one at the next log-in."))
    end_log_ins(actor=actor, user_id=user.pk, now=now)
    record_factor(actor=actor, event=AccountEvent.FACTOR_ENDED, user_id=user.pk, now=now)
