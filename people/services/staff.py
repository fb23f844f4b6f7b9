"""Who works in an office: added, changed, named leader, gone, back again.

Whoever is added is given no password: they choose it themselves, by a link that works once. What
becomes of the cases of somebody who goes is decided in ``cases``, which calls :func:`end_position`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import NotVisible, Refused
from common.validity import valid_at
from people.access import (
    can_manage_staff,
    can_name_leader,
    get_office,
    get_position,
    is_led,
    positions_in,
)
from people.models import Office, Position, User
from people.services.organisation import create_user, give_position


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """What leads a user to choosing their password, once: not kept, and never shown again.

    It stops working when the password is chosen, and ``PASSWORD_RESET_TIMEOUT`` seconds after.
    """

    position: Position
    user_key: str
    token: str


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
) -> PasswordLink:
    """Let somebody new work in an office. Raises :class:`Refused` for their user name."""
    office = _kept(actor, office_id, now)
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
    return password_link_for(actor, position, now)


@transaction.atomic
def change_position(
    *, actor: Actor, position_id: UUID, title: str, phone: str, email: str, now: datetime
) -> Position:
    """What a worker is called and how they are reached: teams and clients see it."""
    position = _kept_position(actor, position_id, now)
    position.title, position.phone = title.strip(), phone.strip()
    position.save(update_fields=["title", "phone"])
    position.user.email = email.strip()
    position.user.save(update_fields=["email"])
    _record(actor, "position_changed", position, now)
    return position


@transaction.atomic
def name_leader(*, actor: Actor, position_id: UUID, leads: bool, now: datetime) -> Position:
    """Write down that somebody leads their office, or no longer does.

    What is not answered in time goes up to whoever leads. Raises :class:`Refused` when an office
    that somebody leads would be left without.
    """
    position = get_position(actor, position_id, now=now)
    office = _locked(position)
    can_name_leader(actor, office, now=now).require()
    if not leads and not is_led(office, now=now, besides=position.pk):
        raise Refused(_("Somebody always leads the office. Name another first."))
    position.leads = leads
    position.save(update_fields=["leads"])
    _record(actor, "leader_named" if leads else "leader_ended", position, now)
    return position


@transaction.atomic
def make_password_link(*, actor: Actor, position_id: UUID, now: datetime) -> PasswordLink:
    """A new link to choose a password, for somebody who lost theirs; an earlier one works on."""
    return password_link_for(actor, _kept_position(actor, position_id, now), now)


@transaction.atomic
def choose_password(*, actor: Actor, user: User, password: str, now: datetime) -> None:
    """Set the password that a user has chosen by their link. It has been held against the rules."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record_change(
        actor=actor, action="password_chosen", subject_type="user", subject_id=user.pk, now=now
    )


@transaction.atomic
def end_position(*, actor: Actor, position_id: UUID, now: datetime) -> Position:
    """Somebody no longer works in the office: from the next request they can't log in.

    Only ``cases.services.end_work`` calls this, which first sees to their cases. Raises
    :class:`Refused` for the only one who leads an office in which others work.
    """
    position = _kept_position(actor, position_id, now)
    office = _locked(position)
    others = positions_in(office).filter(valid_at(now), user__is_active=True)
    others = others.exclude(pk=position.pk)
    if position.leads and others.exists() and not is_led(office, now=now, besides=position.pk):
        raise Refused(_("Somebody always leads the office. Name another first."))
    position.until, position.leads = now, False
    position.save(update_fields=["until", "leads"])
    position.user.is_active = False
    position.user.save(update_fields=["is_active"])
    _record(actor, "position_ended", position, now)
    return position


@transaction.atomic
def reinstate_worker(*, actor: Actor, office_id: UUID, user_id: UUID, now: datetime) -> Position:
    """Somebody who worked in the office works there again, with the same log-in.

    Raises ``NotVisible`` for whoever did not, :class:`Refused` for one who works somewhere.
    """
    office = _kept(actor, office_id, now)
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


def password_link_for(actor: Actor, position: Position, now: datetime) -> PasswordLink:
    """The link by which whoever holds a position chooses a password; logged."""
    _record(actor, "password_link_made", position, now)
    return PasswordLink(
        position,
        urlsafe_base64_encode(force_bytes(position.user_id)),
        default_token_generator.make_token(position.user),
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
