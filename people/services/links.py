"""Links to choose a password: each works once, for 24 hours, and is kept nowhere.

One that is mailed goes to the account's own address and proves that whoever uses it reads it.
One that is printed is the operator's alone (``password_link``, ``begin_keeper``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.decision import Refused
from common.ids import new_id
from people.access import can_manage_staff, get_position
from people.models import AccountEvent, AccountLetter, User
from people.selectors.accounts import accounts_at, chooses_password
from people.services.log_ins import record_account_event
from people.signals import letter_wanted

ASKED_ONCE_IN = 10 * 60
"""Seconds in which a password asked for again and again is one letter."""


class MailedLink(PasswordResetTokenGenerator):
    """The token of a link that is mailed; gone with the password, the address and the log-in."""

    key_salt = "people.services.links.mailed"


class PrintedLink(PasswordResetTokenGenerator):
    """The token of a link that is printed for the operator."""

    key_salt = "people.services.links.printed"


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """What leads a user to choosing their password, once: not kept, and never shown again."""

    user: User
    user_key: str
    token: str


def mailed_link(user: User) -> PasswordLink:
    """The link as it stands in the letter to the user's own address."""
    return PasswordLink(user, _key(user), MailedLink().make_token(user))


@transaction.atomic
def print_password_link(*, actor: Actor, user: User, now: datetime) -> PasswordLink:
    """A link for the operator to hand over; logged, and the account's own address is told."""
    record_account_event(actor=actor, event=AccountEvent.LINK_PRINTED, user_id=user.pk, now=now)
    letter_about_account(AccountLetter.ACCOUNT, user.pk, f"printed:{new_id()}", now)
    return PasswordLink(user, _key(user), PrintedLink().make_token(user))


@transaction.atomic
def send_password_link(*, actor: Actor, user: User, now: datetime) -> None:
    """Mail a link to an account's own address: to whoever was just let in, or again.

    Raises :class:`Refused` where that address is not known to be theirs: once the account has been
    used, a link goes to a confirmed address alone.
    """
    if not chooses_password(user):
        raise Refused(_("They log in by their own organisation and have no password here."))
    if not user.email or not (user.is_new or user.email_confirmed_at):
        raise Refused(
            _("No address of theirs is confirmed. Write their address here: they confirm it."),
            field="email",
        )
    record_account_event(actor=actor, event=AccountEvent.LINK_SENT, user_id=user.pk, now=now)
    letter_about_account(AccountLetter.PASSWORD, user.pk, f"sent:{new_id()}", now)


def send_first_link(*, actor: Actor, user: User, now: datetime) -> None:
    """Mail whoever was just let in the link to their first password; where they have one, none."""
    if chooses_password(user):
        send_password_link(actor=actor, user=user, now=now)


@transaction.atomic
def send_worker_link(*, actor: Actor, position_id: UUID, now: datetime) -> None:
    """Whoever leads an office has a worker's link sent to the worker, and never sees it."""
    position = get_position(actor, position_id, now=now)
    assert position.office is not None  # a caseworker sits in one, which the database holds
    can_manage_staff(actor, position.office, now=now).require()
    send_password_link(actor=actor, user=position.user, now=now)


@transaction.atomic
def ask_for_password(*, actor: Actor, name: str, now: datetime) -> None:
    """Somebody at the log-in asks for a new password, for a user name or an address.

    Nothing tells whether there is such an account: the same statements are run, and the letter
    goes to a confirmed address, or to nobody. Many within ten minutes are one letter.
    """
    user_id = _account_of(name.strip())
    record_account_event(actor=actor, event=AccountEvent.PASSWORD_ASKED, user_id=user_id, now=now)
    about = f"asked:{int(now.timestamp()) // ASKED_ONCE_IN}"
    letter_about_account(AccountLetter.PASSWORD, user_id, about, now)


def _account_of(name: str) -> UUID | None:
    by_name = User.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
    by_address = accounts_at(name).values_list("pk", flat=True).first()
    return by_name or by_address


def _key(user: User) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))


def letter_about_account(
    letter: AccountLetter, user_id: UUID | None, about: str, now: datetime
) -> None:
    """Have a letter about an account written; ``about`` tells one from the next of its kind."""
    letter_wanted.send(sender=User, letter=letter, user_id=user_id, about=about, now=now)
