"""Somebody whom their body's directory knows asks to be let in; who lets in says yes or why not.

What the directory claims is a proposal and nothing else: the office is chosen, and the title
written, by whoever lets in, and no claim makes a leader, a director or an officer.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.bodies import Body
from common.decision import NotAllowed, NotVisible, Refused
from common.validity import valid_at
from people.access import entry_requests_seen_by, offices_to_let_into, who_lets_in
from people.entering import Claim, VerifiedIdentity
from people.models import (
    AccountEvent,
    AccountLetter,
    EntryRequest,
    EntryState,
    EntryWhat,
    ExternalLogIn,
    Office,
    Position,
    User,
)
from people.services.log_ins import end_log_ins, record_account_event
from people.services.organisation import give_position
from people.signals import letter_wanted

SAID = (
    Claim.GIVEN_NAME, Claim.FAMILY_NAME, Claim.EMAIL, Claim.PHONE, Claim.BODY, Claim.OFFICE,
    Claim.ROLE, Claim.TITLE,
)  # fmt: skip
"""What of a directory's claims is kept and shown to whoever lets in: never an identity code."""
_LONGEST = 200
_WAITS_NO_MORE = _("This has been answered already, or their organisation says something else now.")


def offices_spoken_for(identity: VerifiedIdentity) -> list[Office]:
    """The offices for whose staff a provider speaks: the operator's data, never a claim."""
    offices = Office.objects.filter(body__in=identity.bodies, closes_on=None)
    if identity.networks:
        offices = offices.filter(network__name__in=identity.networks)
    if identity.offices:
        offices = offices.filter(name__in=identity.offices)
    return list(offices.order_by("network__name", "body", "name"))


def ask_what_is_claimed(
    *, actor: Actor, user: User, identity: VerifiedIdentity, now: datetime
) -> EntryRequest | None:
    """Ask whoever lets in about what a directory says and is not so here; what waits, if anything.

    The same said again asks nothing anew, also where it was refused: then the person asks.
    """
    spoken_for = offices_spoken_for(identity)
    named, oversteps = _named(identity, spoken_for)
    position = Position.objects.filter(valid_at(now), user=user).select_related("office").first()
    what, offices = _asked(user, identity, position, named or spoken_for, named=bool(named))
    if what is None:
        overtake(user, now)
        return None
    said = {
        claim.value: [value[:_LONGEST] for value in identity.claims[claim]]
        for claim in SAID
        if identity.claims.get(claim)
    }
    last = EntryRequest.objects.filter(user=user).order_by("-asked_at", "-pk").first()
    if last is not None and (last.what, last.said) == (what, said):
        if last.state == EntryState.WAITING:
            last.offices.set(offices)  # the operator may have changed whom a provider speaks for
            return last
        if last.state == EntryState.REFUSED:
            return None
    return _ask(
        actor, user, now, what=what, said=said, provider=identity.provider, oversteps=oversteps,
        body=_one_body(offices), offices=offices,
    )  # fmt: skip


@transaction.atomic
def ask_again(*, actor: Actor, now: datetime) -> EntryRequest:
    """Somebody who was not let in asks once more. Raises :class:`Refused` where nothing was."""
    user = User.objects.select_for_update().get(pk=actor.writer_id)
    last = EntryRequest.objects.filter(user=user).order_by("-asked_at", "-pk").first()
    if last is None or last.state != EntryState.REFUSED:
        raise Refused(_("There is nothing to ask again."))
    return _ask(
        actor, user, now, what=last.what, said=last.said, provider=last.provider,
        oversteps=last.oversteps, body=last.body, offices=list(last.offices.all()),
    )  # fmt: skip


@transaction.atomic
def let_in(
    *,
    actor: Actor,
    request_id: UUID,
    now: datetime,
    office_id: UUID | None = None,
    title: str = "",
    phone: str = "",
) -> EntryRequest:
    """Whoever lets in says yes: to work in ``office_id``, or to another name.

    Raises ``NotVisible``, ``NotAllowed``, and :class:`Refused` for what was answered meanwhile, and
    for somebody who works elsewhere until their leader there has ended it: cases hang on it.
    """
    asked = _locked(actor, request_id, now)
    offices = {office.pk: office for office in offices_to_let_into(actor, asked, now=now)}
    if not offices:
        raise NotAllowed(_("Whoever leads the office, or grants for the state, lets them in."))
    user = User.objects.select_for_update().get(pk=asked.user_id)
    if asked.what == EntryWhat.RENAMED:
        user.first_name, user.last_name = _names(asked)
        user.save(update_fields=["first_name", "last_name"])
        return _close(actor, asked, EntryState.GRANTED, now)
    office = offices.get(office_id or next(iter(offices)))
    if office is None or (office_id is None and len(offices) > 1):
        raise Refused(_("Choose one of the offices."), field="office")
    if Position.objects.filter(user=user).exclude(until__lte=now).exists():
        raise Refused(_("They have another place then. It ends first."), field="office")
    if not title.strip():
        raise Refused(_("Write what they are called here."), field="title")
    if not user.is_active:  # closed by the night since they asked
        user.is_active = True
        user.save(update_fields=["is_active"])
    asked.position = give_position(
        actor=actor, user=user, network=office.network, office=office, title=title.strip(),
        phone=phone.strip(), since=now, now=now,
    )  # fmt: skip
    record_account_event(actor=actor, event=AccountEvent.LET_IN, user_id=user.pk, now=now)
    letter_wanted.send(
        sender=User, letter=AccountLetter.ACCOUNT, user_id=user.pk, about=f"let_in:{asked.pk}",
        now=now,
    )  # fmt: skip
    return _close(actor, asked, EntryState.GRANTED, now)


@transaction.atomic
def refuse_entry(*, actor: Actor, request_id: UUID, reason: str, now: datetime) -> EntryRequest:
    """Whoever lets in says no, and why: the one who asked reads it."""
    asked = _locked(actor, request_id, now)
    if not offices_to_let_into(actor, asked, now=now):
        raise NotAllowed(_("Whoever leads the office, or grants for the state, lets them in."))
    if not reason.strip():
        raise Refused(_("Write why. They read it."), field="reason")
    asked.reason = reason.strip()
    return _close(actor, asked, EntryState.REFUSED, now)


@transaction.atomic
def link_unused_account(
    *, actor: Actor, request_id: UUID, username: str, now: datetime
) -> EntryRequest:
    """Whoever leads the office says that the one who asks is somebody they have added already.

    Only an account that nobody has ever used is linked so: another's words, cases and name would
    be taken over with a used one. Its owner links that themselves (``link_own_log_in``).
    """
    asked = _locked(actor, request_id, now)
    offices = offices_to_let_into(actor, asked, now=now)
    standing = Position.objects.filter(valid_at(now), user__username__iexact=username.strip())
    found = standing.filter(office__in=offices).exclude(user=asked.user_id)
    position = found.select_related("user").first()
    if position is None or asked.what != EntryWhat.WORKS:
        raise Refused(_("Nobody in your office has this user name."), field="username")
    mine = User.objects.select_for_update().get(pk=position.user_id)
    if not mine.is_new:
        raise Refused(
            _(
                "This account has been used. Only its owner links it, on the page My log-ins, "
                "logged in as they have been so far."
            ),
            field="username",
        )
    waited = User.objects.select_for_update().get(pk=asked.user_id)
    if Position.objects.filter(user=waited).exists():
        raise Refused(
            _("They have worked here before, with another account. Let them in with that one."),
            field="username",
        )
    ExternalLogIn.objects.filter(user=waited).update(user=mine)
    asked.position = position
    closed = _close(actor, asked, EntryState.GRANTED, now)
    retire(waited, actor=actor, now=now)
    return closed


def retire(user: User, *, actor: Actor, now: datetime) -> None:
    """An account that only waited is another one's from now on: nothing of it stands open."""
    overtake(user, now)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_log_ins(actor=actor, user_id=user.pk, now=now)


def overtake(user: User, now: datetime) -> None:
    """What waited is asked no more: it is so already, or their directory says something else."""
    EntryRequest.objects.filter(user=user, state=EntryState.WAITING).update(
        state=EntryState.OVERTAKEN, decided_at=now
    )


def _named(identity: VerifiedIdentity, spoken_for: list[Office]) -> tuple[list[Office], bool]:
    """The offices that the claims name, among those their provider speaks for; and whether the
    claims name anything beyond those."""
    bodies = {value.strip().lower() for value in identity.claims.get(Claim.BODY, ())}
    names = {value.strip().casefold() for value in identity.claims.get(Claim.OFFICE, ())}
    beyond = bool(bodies & set(Body.values) - {office.body for office in spoken_for})
    of_body = [office for office in spoken_for if not bodies or office.body in bodies]
    named = [office for office in of_body if office.name.casefold() in names]
    if names and not named:
        everywhere = Office.objects.values_list("name", flat=True)
        beyond = beyond or any(name.casefold() in names for name in everywhere)
    return named or (of_body if bodies else []), beyond


def _asked(
    user: User,
    identity: VerifiedIdentity,
    position: Position | None,
    offices: list[Office],
    *,
    named: bool,
) -> tuple[EntryWhat | None, list[Office]]:
    if position is None:
        return EntryWhat.WORKS, offices
    if position.office is None:  # a director or an officer: two people said so, no directory does
        return None, []
    by_name = bool(identity.claims.get(Claim.OFFICE))
    if named and by_name and position.office not in offices and len(offices) == 1:
        return EntryWhat.MOVED, offices
    names = [identity.first(Claim.GIVEN_NAME), identity.first(Claim.FAMILY_NAME)]
    if all(names) and names != [user.first_name, user.last_name]:
        return EntryWhat.RENAMED, [position.office]
    return None, []


def _ask(
    actor: Actor, user: User, now: datetime, *, offices: list[Office], **given: object
) -> EntryRequest:
    overtake(user, now)
    asked = EntryRequest.objects.create(user=user, asked_at=now, **given)
    asked.offices.set(offices)
    _record(actor, "entry_asked", asked, now)
    for user_id in who_lets_in(offices, now=now).values_list("user", flat=True).order_by("user"):
        letter_wanted.send(
            sender=User, letter=AccountLetter.ACCOUNT, user_id=user_id,
            about=f"asks_in:{asked.pk}", now=now,
        )  # fmt: skip
    return asked


def _one_body(offices: list[Office]) -> str:
    bodies = {office.body for office in offices}
    return bodies.pop() if len(bodies) == 1 else ""


def _names(asked: EntryRequest) -> tuple[str, str]:
    given, family = (asked.said[claim][0] for claim in (Claim.GIVEN_NAME, Claim.FAMILY_NAME))
    return given[:100], family[:100]


def _locked(actor: Actor, request_id: UUID, now: datetime) -> EntryRequest:
    """The request, held. Who saw it and comes too late is told so; to others there is none."""
    asked = EntryRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if asked is None:
        raise NotVisible
    if asked.state != EntryState.WAITING:
        if offices_to_let_into(actor, asked, now=now):
            raise Refused(_WAITS_NO_MORE)
        raise NotVisible
    if not entry_requests_seen_by(actor, now=now).filter(pk=request_id).exists():
        raise NotVisible
    return asked


def _close(actor: Actor, asked: EntryRequest, state: EntryState, now: datetime) -> EntryRequest:
    asked.state, asked.decided_at, asked.decided_by_id = state, now, actor.writer_id
    asked.save(update_fields=["state", "decided_at", "decided_by", "reason", "position"])
    _record(actor, f"entry_{state.value}", asked, now)
    return asked


def _record(actor: Actor, action: str, asked: EntryRequest, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="entry_request", subject_id=asked.pk, now=now
    )
