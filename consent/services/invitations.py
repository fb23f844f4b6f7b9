"""Inviting somebody outside the three bodies to one case, for a time, to chosen categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case
from common.actor import Actor, ActorKind, system_actor
from common.bodies import Receiver
from common.decision import NotAllowed, Refused
from consent.access import can_record_consent
from consent.models import Category, Choice, Consent, Method, OutsideKind, OutsideParty
from consent.selectors.choices import hash_of_secret, party_by_secret
from consent.services.decisions import align_party_access, decide
from people.models import Role, User
from people.services import create_user, give_position

SECRET_DAYS = 14


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invited party and the secret to give to them: not kept, and never shown again."""

    party: OutsideParty
    secret: str
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
    method: Method = Method.ONLINE,
    scan_reference: str = "",
    witness: str = "",
) -> Invitation:
    """Open chosen categories of a case to an outside party to the end of ``valid_to``.

    The consent and the invitation are one act. Raises :class:`Refused` with the field to mend.
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
    secret = _new_secret(party, now)
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
        now=now,
    )
    _record(actor, party, "outside_party_invited", now)
    return Invitation(party, secret, consent)


@transaction.atomic
def renew_invitation(*, actor: Actor, party: OutsideParty, now: datetime) -> Invitation:
    """A new secret in the place of one that was lost or ran out; the old one works no more."""
    can_record_consent(actor, party.case, now=now).require()
    if party.user_id is not None:
        raise Refused(_("They have taken up the invitation already."))
    secret = _new_secret(party, now)
    _record(actor, party, "outside_party_invited_again", now)
    return Invitation(party, secret)


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
    user name that cannot be or is taken, ``NotAllowed`` for a worker or client logged in as such.
    """
    found = party_by_secret(secret, now=now)
    party = (
        OutsideParty.objects.select_for_update(of=("self",)).select_related("case").get(pk=found.pk)
    )
    if not party.secret_hash:
        raise Refused(_("The invitation has been used already."))
    if actor is not None and actor.kind is not ActorKind.OUTSIDE:
        raise NotAllowed(_("Log out first. An invitation is for somebody outside the service."))
    invitation = system_actor("invitation")
    if actor is None:
        user = _new_user(invitation, username, password, first_name, last_name, language, now)
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
    now: datetime,
) -> User:
    user = create_user(
        actor=actor,
        username=username,
        password=password,
        first_name=first_name,
        last_name=last_name,
        language=language,
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


def _new_secret(party: OutsideParty, now: datetime) -> str:
    secret = token_urlsafe(24)
    party.secret_hash = hash_of_secret(secret)
    party.secret_until = now + timedelta(days=SECRET_DAYS)
    party.save()
    return secret


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
