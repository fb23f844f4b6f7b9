"""Where an account's letters go, and how that changes (docs/adr/0009).

An address is one person's. A new one holds when it has been confirmed from there *and* the
account's owner has asked for it with their password, a second person has approved it, or nobody
has stopped it for seven days. The address before is told, and can stop it by the letter.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor, system_actor
from common.decision import NotVisible, Refused
from people.access import can_approve_address, can_ask_address, can_stop_address
from people.models import AccountEvent, AccountLetter, AddressChange, User
from people.selectors.accounts import accounts_at
from people.services.links import send_first_link
from people.services.log_ins import record_account_event
from people.signals import letter_wanted

UNSTOPPED_DAYS = 7
"""Days after which a confirmed address holds that nobody approved and nobody stopped."""
_CONFIRM, _STOP = "people.address.confirm", "people.address.stop"


def require_address(address: str, *, of: UUID | None = None) -> str:
    """An address as it is kept. Raises :class:`Refused` for one that cannot be a worker's here.

    ``of``: whose it may be already. What is taken is said to whoever keeps an office's staff.
    """
    given = address.strip()
    try:
        validate_email(given)
    except ValidationError as error:
        raise Refused(_("Write an e-mail address: name@example.fi."), field="email") from error
    domains: list[str] = settings.STAFF_ADDRESS_DOMAINS
    if domains and given.rpartition("@")[2].lower() not in domains:
        raise Refused(
            _("The address must be of your own organisation: %(domains)s.")
            % {"domains": ", ".join(domains)},
            field="email",
        )
    taken = accounts_at(given)
    if (taken.exclude(pk=of) if of else taken).exists():
        raise Refused(
            _("Somebody else has this address. Each has an address of their own."), field="email"
        )
    return given


@transaction.atomic
def change_address(*, actor: Actor, user: User, address: str, now: datetime) -> bool:
    """Whoever keeps an account writes another address; whether it holds at once.

    At once where nobody has ever used the account: a link to a password goes there anew, where they
    may have one, and the one before works no more. Otherwise it is asked for. Raises
    :class:`Refused` for an address that cannot be.
    """
    can_ask_address(actor, user, now=now).require()
    given = require_address(address, of=user.pk)
    if not user.is_new:
        _ask(actor, user, given, now)
        return False
    user.email = given
    user.save(update_fields=["email"])
    record_account_event(actor=actor, event=AccountEvent.ADDRESS_CHANGED, user_id=user.pk, now=now)
    send_first_link(actor=actor, user=user, now=now)
    return True


@transaction.atomic
def ask_own_address(*, actor: Actor, address: str, now: datetime) -> AddressChange:
    """The owner of an account, who has just shown that it is theirs, wants another address.

    Whether somebody else has it is told to nobody: then no letter comes.
    """
    user = User.objects.get(pk=actor.writer_id)
    try:
        given = require_address(address, of=user.pk)
    except Refused:
        if not accounts_at(address).exclude(pk=user.pk).exists():
            raise
        given = address.strip()
    change = _ask(actor, user, given, now)
    change.approved_at, change.approved_by = now, user
    change.save(update_fields=["approved_at", "approved_by"])
    return change


@transaction.atomic
def confirm_address(*, token: str, now: datetime) -> AddressChange:
    """Whoever reads the new address says that it is theirs. Raises ``NotVisible`` for an old link.

    The change then holds, or waits for a second person or its days.
    """
    change = _locked(_opened(token, _CONFIRM))
    change.confirmed_at = change.confirmed_at or now
    change.save(update_fields=["confirmed_at"])
    _settle(change, system_actor("address link"), now)
    return change


@transaction.atomic
def approve_address(*, actor: Actor, change_id: UUID, now: datetime) -> AddressChange:
    """A second person says that the new address is the person's own."""
    change = _locked(change_id)
    can_approve_address(actor, change, now=now).require()
    change.approved_at, change.approved_by_id = now, actor.writer_id
    change.save(update_fields=["approved_at", "approved_by"])
    record_account_event(
        actor=actor, event=AccountEvent.ADDRESS_APPROVED, user_id=change.user_id, now=now
    )
    _settle(change, actor, now)
    return change


@transaction.atomic
def stop_address(*, actor: Actor, change_id: UUID, now: datetime) -> None:
    """The owner, who asked for it, or a second person stops a change that waits."""
    change = _locked(change_id)
    can_stop_address(actor, change, now=now).require()
    _stop(change, actor, now)


@transaction.atomic
def stop_address_by_link(*, token: str, now: datetime) -> None:
    """Whoever reads the address before says no. Raises ``NotVisible`` for an old link."""
    _stop(_locked(_opened(token, _STOP)), system_actor("address link"), now)


@transaction.atomic
def settle_address_changes(*, actor: Actor, now: datetime) -> int:
    """Let those hold whose days are over, and close what nobody confirmed in twice as many."""
    settled = 0
    waiting = AddressChange.objects.filter(closed_at__isnull=True).order_by("pk")
    for change_id in list(waiting.values_list("pk", flat=True)):
        change = _locked(change_id)
        if change.confirmed_at is None and _is_over(change, now, 2 * UNSTOPPED_DAYS):
            _stop(change, actor, now)
        settled += _settle(change, actor, now)
    return settled


def link_of_change(change: AddressChange, *, stop: bool = False) -> str:
    """What stands in the letter to the new address, or in that to the one before."""
    return signing.dumps(str(change.pk), salt=_STOP if stop else _CONFIRM)


def change_by_link(token: str, *, stop: bool = False) -> AddressChange:
    """The open change that a letter is about. Raises ``NotVisible`` for an old link."""
    change_id = _opened(token, _STOP if stop else _CONFIRM)
    found = AddressChange.objects.filter(pk=change_id, closed_at__isnull=True)
    change = found.select_related("user").first()
    if change is None:
        raise NotVisible
    return change


def _ask(actor: Actor, user: User, address: str, now: datetime) -> AddressChange:
    User.objects.select_for_update().get(pk=user.pk)
    for before in AddressChange.objects.filter(user=user, closed_at__isnull=True):
        _stop(before, actor, now)
    change = AddressChange.objects.create(
        user=user, address=address, asked_at=now, asked_by_id=actor.user_id
    )
    record_account_event(actor=actor, event=AccountEvent.ADDRESS_ASKED, user_id=user.pk, now=now)
    for letter, what in ((AccountLetter.ADDRESS, ""), (AccountLetter.ACCOUNT, "address:")):
        letter_wanted.send(
            sender=User, letter=letter, user_id=user.pk, about=f"{what}{change.pk}", now=now
        )
    return change


def _settle(change: AddressChange, actor: Actor, now: datetime) -> bool:
    ready = change.confirmed_at is not None and (
        change.approved_at is not None or _is_over(change, now, UNSTOPPED_DAYS)
    )
    if not ready or change.closed_at is not None:
        return False
    user = User.objects.select_for_update().get(pk=change.user_id)
    user.email, user.email_confirmed_at = change.address, now
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "email_confirmed_at"])
    except IntegrityError:  # somebody else's meanwhile
        _stop(change, actor, now)
        return False
    change.closed_at, change.holds = now, True
    change.save(update_fields=["closed_at", "holds"])
    record_account_event(actor=actor, event=AccountEvent.ADDRESS_CHANGED, user_id=user.pk, now=now)
    return True


def _stop(change: AddressChange, actor: Actor, now: datetime) -> None:
    change.closed_at = now
    change.save(update_fields=["closed_at"])
    record_account_event(
        actor=actor, event=AccountEvent.ADDRESS_STOPPED, user_id=change.user_id, now=now
    )


def _is_over(change: AddressChange, now: datetime, days: int) -> bool:
    return change.asked_at + timedelta(days=days) <= now


def _locked(change_id: UUID) -> AddressChange:
    found = AddressChange.objects.select_for_update(of=("self",)).select_related("user")
    change = found.filter(pk=change_id, closed_at__isnull=True).first()
    if change is None:
        raise NotVisible
    return change


def _opened(token: str, salt: str) -> UUID:
    try:
        days = timedelta(days=2 * UNSTOPPED_DAYS)
        return UUID(signing.loads(token, salt=salt, max_age=days))
    except signing.BadSignature as error:
        raise NotVisible from error
