"""Inviting somebody outside the three bodies to one case, for a time, to chosen categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case, NewsKind
from cases.services import lock_case, notify_of_change
from common.actor import Actor, system_actor
from common.bodies import Receiver
from common.decision import Refused
from consent.access import can_record_consent, can_take_up
from consent.models import (
    Category,
    Choice,
    Consent,
    EndedCode,
    Method,
    OutsideKind,
    OutsideParty,
)
from consent.selectors.choices import hash_of_secret, party_by_secret, secret_of
from consent.services.decisions import decide
from consent.services.parties import SECRET_DAYS, align_party_access, end_parties
from people.models import Role, User
from people.selectors import is_address_of_staff, is_number_of_staff
from people.services import create_user, give_position


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invited party. ``secret`` is for the client alone, to be shown to them once; a worker
    never has it, and it is empty where it goes to the party's own address.
    """

    party: OutsideParty
    secret: str = ""
    consent: Consent | None = None


@transaction.atomic
def invite(
    *,
    actor: Actor,
    case: Case,
    kind: OutsideKind,
    name: str,
    organisation: str,
    categories: Iterable[Category],
    purpose: str,
    valid_to: date | None,
    now: datetime,
    email: str = "",
    phone: str = "",
    method: Method = Method.ONLINE,
    scan_reference: str = "",
    witness: str = "",
    archive_number: str = "",
) -> Invitation:
    """Open chosen categories of a case to an outside party to the end of ``valid_to``.

    The consent and the invitation are one act. The invitation goes to ``email`` or ``phone``,
    which are the party's own; without them the client is shown it, so that a worker whose client
    has no log-in gives one. Raises :class:`Refused` with the field to mend.
    """
    can_record_consent(actor, case, now=now).require()
    if not name.strip():
        raise Refused(_("Write who it is."), field="name")
    party = OutsideParty(
        case=case,
        kind=kind,
        name=name.strip(),
        organisation=organisation.strip(),
        invited_at=now,
        invited_by_id=actor.writer_id,
    )
    _address(actor, party, email, phone)
    party.invitation_number = 0
    _new_secret(party, now)
    consent = decide(
        actor=actor,
        case=case,
        choice=Choice.GRANTED,
        receiver=Receiver.OUTSIDE,
        party_id=party.pk,
        categories=categories,
        purpose=purpose,
        valid_to=valid_to,
        method=method,
        scan_reference=scan_reference,
        witness=witness,
        archive_number=archive_number,
        now=now,
    )
    _record(actor, party, "outside_party_invited", now)
    if actor.is_worker:
        _tell_client(actor, party, now)
    return Invitation(party, _shown_to(actor, party), consent)


@transaction.atomic
def renew_invitation(
    *,
    actor: Actor,
    party: OutsideParty,
    now: datetime,
    email: str | None = None,
    phone: str | None = None,
) -> Invitation:
    """A new invitation in the place of one that was lost or ran out; the old one works no more.

    The client may send it to another address, or (both empty) be shown it. A worker sends it again
    where it was sent before: another address is another invitation, which the client decides.
    """
    lock_case(party.case)
    can_record_consent(actor, party.case, now=now).require()
    if party.user_id is not None:
        raise Refused(_("They have taken up the invitation already."))
    if party.ended_at is not None:
        raise Refused(_("This has ended. Invite them anew."))
    if actor.is_client:
        _address(
            actor,
            party,
            party.email if email is None else email,
            party.phone if phone is None else phone,
        )
    elif (email or party.email, phone or party.phone) != (party.email, party.phone):
        raise Refused(
            _("Take this invitation back, and write down a new one with the client."),
            field="email",
        )
    _new_secret(party, now)
    _record(actor, party, "outside_party_invited_again", now)
    return Invitation(party, _shown_to(actor, party))


@transaction.atomic
def withdraw_invitation(*, actor: Actor, party: OutsideParty, now: datetime) -> OutsideParty:
    """Take back an invitation that nobody has taken up, such as one to a wrong address.

    It lets nobody in from now on, and what was to be open to them is not. Whoever on the team sees
    it may: closing needs no second word.
    """
    lock_case(party.case)
    party = OutsideParty.objects.select_for_update(of=("self",)).get(pk=party.pk)
    can_record_consent(actor, party.case, now=now, opens=False).require()
    if party.user_id is not None:
        raise Refused(_("They have taken up the invitation already."))
    end_parties(
        actor=actor,
        case=party.case,
        parties=[party],
        code=EndedCode.INVITATION_WITHDRAWN,
        now=now,
    )
    party.refresh_from_db()
    _record(actor, party, "outside_party_withdrawn", now)
    if actor.is_worker:
        _tell_client(actor, party, now)
    return party


@transaction.atomic
def accept_invitation(
    *,
    secret: str,
    now: datetime,
    actor: Actor | None = None,
    username: str = "",
    password: str = "",
    first_name: str = "",
    last_name: str = "",
    language: str = "fi",
) -> OutsideParty:
    """Take up an invitation, once: with a new log-in, or as an outside party who has one.

    Raises ``NotVisible`` for a secret that is unknown, used or too old, :class:`Refused` for a
    user name that cannot be or is taken, ``NotAllowed`` for whoever works in the service or is a
    client in it: nobody becomes an outside party by an account made for something else.
    """
    found = party_by_secret(secret, now=now)
    lock_case(found.case)
    party = (
        OutsideParty.objects.select_for_update(of=("self",))
        .select_related("case", "case__person")
        .get(pk=found.pk)
    )
    if not party.secret_hash:
        raise Refused(_("The invitation has been used already."))
    # Asked anew under the lock: it may have been taken back, or the case have ended, meanwhile.
    party_by_secret(secret, now=now)
    if actor is not None:
        can_take_up(actor).require()
    invitation = system_actor("invitation")
    if actor is None:
        user = _new_user(
            invitation, username, password, first_name, last_name, language, party.email, now
        )
    else:
        user = User.objects.get(pk=actor.writer_id)
    party.user, party.taken_up_at, party.secret_hash = user, now, ""
    party.save(update_fields=["user", "taken_up_at", "secret_hash"])
    align_party_access(actor=invitation, party=party, now=now)
    _record(invitation, party, "outside_party_took_up", now)
    return party


def _new_user(
    actor: Actor,
    username: str,
    password: str,
    first_name: str,
    last_name: str,
    language: str,
    email: str,
    now: datetime,
) -> User:
    user = create_user(
        actor=actor,
        username=username,
        password=password,
        first_name=first_name,
        last_name=last_name,
        language=language,
        email=email,
        now=now,
    )
    give_position(
        actor=actor,
        user=user,
        network=None,
        office=None,
        title="",
        role=Role.OUTSIDE,
        since=now,
        now=now,
    )
    return user


def _address(actor: Actor, party: OutsideParty, email: str, phone: str) -> None:
    """Where the invitation goes: an address of the party's own, or the client's page."""
    email, phone = email.strip(), phone.strip()
    if not email and not phone and actor.is_worker and party.case.person.user_id is None:
        raise Refused(
            _(
                "The client has no log-in to see the invitation. Write the e-mail address or "
                "telephone number of the one who is invited."
            ),
            field="email",
        )
    if email and is_address_of_staff(email, besides=actor.writer_id):
        raise Refused(
            _("This is the address of somebody who works in this service. Write their own."),
            field="email",
        )
    if phone and is_number_of_staff(phone):
        raise Refused(
            _("This is the number of somebody who works in this service. Write their own."),
            field="phone",
        )
    if actor.is_client and email.lower() == party.case.person.email.lower() != "":
        raise Refused(_("This is your own address. Write theirs."), field="email")
    party.email, party.phone = email, phone


def _new_secret(party: OutsideParty, now: datetime) -> None:
    party.invitation_number += 1
    party.secret_hash = hash_of_secret(secret_of(party.pk, party.invitation_number))
    party.secret_until = now + timedelta(days=SECRET_DAYS)
    party.save()


def _shown_to(actor: Actor, party: OutsideParty) -> str:
    """The secret, for the client whose invitation goes nowhere else."""
    return (
        secret_of(party.pk, party.invitation_number)
        if actor.is_client and not party.sent_to
        else ""
    )


def _tell_client(actor: Actor, party: OutsideParty, now: datetime) -> None:
    notify_of_change(
        actor=actor,
        case=party.case,
        kind=NewsKind.OUTSIDE_INVITED if party.ended_at is None else NewsKind.OUTSIDE_WITHDRAWN,
        subject_id=party.pk,
        now=now,
        was=party.name,
    )


def _record(actor: Actor, party: OutsideParty, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="outside_party",
        subject_id=party.pk,
        case_id=party.case_id,
        person_id=party.case.person_id,
        now=now,
    )
