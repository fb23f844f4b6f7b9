"""Who works in an office: added, changed, named leader, gone, back again.

Whoever is added is given no password: they choose it themselves, by a link that works once. What
becomes of the cases of somebody who goes is decided in ``cases``, which calls :func:`end_position`.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import NotVisible, Refused
from common.ids import new_id
from common.validity import valid_at
from people.access import (
    can_add_workers,
    can_manage_staff,
    get_office,
    get_position,
    is_led,
    positions_in,
)
from people.models import AccountEvent, AccountLetter, Office, Position, User
from people.services.addresses import change_address, require_address
from people.services.links import send_first_link
from people.services.log_ins import end_log_ins, record_account_event
from people.services.organisation import create_user, give_position
from people.services.roles import close_account, continue_as
from people.signals import letter_wanted


@transaction.atomic
def add_worker(
    *,
    actor: Actor,
    office_id: UUID,
    username: str,
    first_name: str,
    last_name: str,
    email: str,
    title: str,
    phone: str,
    language: str,
    now: datetime,
) -> Position:
    """Let somebody new work in an office; a link to choose a password goes to their own address.

    Where nobody who works here has a password, no link goes: they come by their own organisation.

    Raises :class:`Refused` for a user name or an address that cannot be or is somebody else's.
    """
    office = _kept(actor, office_id, now)
    can_add_workers().require()
    require_address(email)
    user = create_user(
        actor=actor,
        username=username,
        password=None,
        first_name=first_name,
        last_name=last_name,
        language=language,
        email=email,
        now=now,
    )
    position = _place(actor, office, user, title, phone, now)
    send_first_link(actor=actor, user=user, now=now)
    return position


@transaction.atomic
def change_position(
    *, actor: Actor, position_id: UUID, title: str, phone: str, email: str, now: datetime
) -> Position:
    """What a worker is called and how they are reached: teams and clients see title and phone.

    Another address than the one that stands is asked for, or holds at once where nobody has used
    the account (:func:`people.services.addresses.change_address`).
    """
    position = _kept_position(actor, position_id, now)
    position.title, position.phone = title.strip(), phone.strip()
    position.save(update_fields=["title", "phone"])
    user = position.user
    if email.strip() != user.email:
        if actor.user_id == user.pk:
            raise Refused(_("Change your own address on the page My log-ins."), field="email")
        change_address(actor=actor, user=user, address=email, now=now)
    _record(actor, "position_changed", position, now)
    return position


@transaction.atomic
def name_leader(
    *, actor: Actor, position_id: UUID, leads: bool, now: datetime, since: datetime | None = None
) -> Position:
    """Write down that somebody leads their office, or no longer does, from ``since`` (now) on.

    What is not answered in time goes up to whoever leads. Raises :class:`Refused` when an office
    that somebody leads would be left without. Who leads an office that nobody leads is proposed
    (:func:`people.services.roles.propose_role`).
    """
    position = get_position(actor, position_id, now=now)
    office = _locked(position)
    at = max(since or now, now)
    can_manage_staff(actor, office, now=now).require()
    if position.until is not None and position.until <= at:
        raise Refused(_("They no longer work here then."), field="since")
    if not leads and not is_led(office, now=at, besides=position.pk):
        raise Refused(_("Somebody always leads the office. Name another first."), field="since")
    if position.leads is leads:
        return position
    position = continue_as(actor, position, leads=leads, since=at)
    _record(actor, "leader_named" if leads else "leader_ended", position, now)
    return position


@transaction.atomic
def choose_password(
    *,
    actor: Actor,
    user: User,
    password: str,
    now: datetime,
    here: str | None = None,
    from_address: bool = False,
) -> None:
    """Set the password that a user has chosen. It has been held against the rules.

    Wherever they are logged in that ends, save the session whose key is ``here``.
    ``from_address``: by a link that came to their address, which is theirs therefore.
    """
    had_one = user.has_usable_password()
    user.set_password(password)
    if from_address and user.email_confirmed_at is None:
        user.email_confirmed_at = now
    user.save(update_fields=["password", "email_confirmed_at"])
    record_account_event(actor=actor, event=AccountEvent.PASSWORD_CHOSEN, user_id=user.pk, now=now)
    end_log_ins(actor=actor, user_id=user.pk, now=now, besides=here)
    if had_one:
        letter_wanted.send(
            sender=User, letter=AccountLetter.ACCOUNT, user_id=user.pk,
            about=f"password:{new_id()}", now=now,
        )  # fmt: skip


@transaction.atomic
def end_position(
    *, actor: Actor, position_id: UUID, now: datetime, until: datetime | None = None
) -> Position:
    """Somebody no longer works in the office: from the next request they can't log in.

    ``until``: from a moment ahead. Only ``cases.services`` calls this, which sees to their cases.
    Raises :class:`Refused` for the only one who then leads an office in which others work.
    """
    at = max(until or now, now)
    position = _kept_position(actor, position_id, now)
    office = _locked(position)
    others = positions_in(office).filter(valid_at(at), user__is_active=True)
    others = others.exclude(user=position.user)
    if position.leads and others.exists() and not is_led(office, now=at, besides=position.pk):
        raise Refused(_("Somebody always leads the office. Name another first."))
    Position.objects.filter(user=position.user, since__gt=now, since__gte=at).delete()
    last = Position.objects.filter(user=position.user).exclude(until__lte=now).order_by("-since")[0]
    for row in {position.pk: position, last.pk: last}.values():
        row.until = at if row.until is None or row.until > at else row.until
        row.ended_by_id = actor.user_id
        row.save(update_fields=["until", "ended_by"])
    _record(actor, "position_ended", position, now)
    close_account(actor, position.user, now)
    return position


@transaction.atomic
def reinstate_worker(*, actor: Actor, office_id: UUID, user_id: UUID, now: datetime) -> Position:
    """Somebody who worked in the office works there again, with the same log-in.

    Raises ``NotVisible`` for whoever did not, :class:`Refused` for one who works somewhere.
    """
    office = _kept(actor, office_id, now)
    can_add_workers().require()
    last = positions_in(office).filter(user_id=user_id).order_by("-since").first()
    if last is None:
        raise NotVisible
    if Position.objects.filter(valid_at(now), user_id=user_id).exists():
        raise Refused(_("They work somewhere already."))
    last.user.is_active = True
    last.user.save(update_fields=["is_active"])
    return _place(actor, office, last.user, last.title, last.phone, now)


def _place(
    actor: Actor, office: Office, user: User, title: str, phone: str, now: datetime
) -> Position:
    if office.closes_on is not None:
        raise Refused(_("The office closes: nobody begins there any more."))
    return give_position(
        actor=actor,
        user=user,
        network=office.network,
        office=office,
        title=title.strip(),
        phone=phone.strip(),
        since=now,
        now=now,
    )


def _kept(actor: Actor, office_id: UUID, now: datetime) -> Office:
    office = get_office(actor, office_id, now=now)
    can_manage_staff(actor, office, now=now).require()
    return office


def _kept_position(actor: Actor, position_id: UUID, now: datetime) -> Position:
    position = get_position(actor, position_id, now=now)
    assert position.office is not None  # a caseworker sits in one, which the database holds
    can_manage_staff(actor, position.office, now=now).require()
    return position


def _locked(position: Position) -> Office:
    """Their office, held: of two who leave its lead at once, the second finds the first gone."""
    assert position.office is not None
    return Office.objects.select_for_update().get(pk=position.office.pk)


def _record(actor: Actor, action: str, position: Position, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="position", subject_id=position.pk, now=now
    )
