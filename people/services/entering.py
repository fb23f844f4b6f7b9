"""Whether, and as whom, somebody comes in whose identity a provider has proved.

Nobody is let in by what a provider claims alone. A worker whom nobody has let in, or whom their
leader has let go, is logged in and may do nothing: they wait (``people.services.asking``).
A client is found by their identity code, never by a name or an address.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.crypto import encrypt, search_hash
from common.decision import Refused
from common.identity_code import BadIdentityCode, parse
from common.ids import new_id
from common.validity import valid_at
from people.entering import Claim, VerifiedIdentity, Whom
from people.languages import language_of_person, parse_language, text_language
from people.models import (
    AccountEvent,
    AccountLetter,
    ExternalLogIn,
    Language,
    Person,
    Position,
    User,
)
from people.selectors.persons import filter_by_code
from people.services.addresses import require_address
from people.services.asking import ask_what_is_claimed, offices_spoken_for, retire
from people.services.log_ins import record_account_event
from people.services.organisation import create_user, link_client
from people.signals import letter_wanted


class EntryBar(StrEnum):
    """Why somebody whom a provider knows does not come in here: what the page helps with."""

    NOT_HERE = "not_here"  # nobody here is whom it named, or their account is closed
    NO_CODE = "no_code"  # it brought no Finnish identity code
    FORMER_CODE = "former_code"  # a code somebody had before
    CODE_CHANGED = "code_changed"  # they came in by another code before
    SOMEBODY_ELSES = "somebody_elses"  # they came in as somebody else before
    DIED = "died"
    NOT_THEM = "not_them"  # somebody else is logged in
    OTHER_BODY = "other_body"  # they work in an office that their provider does not speak for


_SAID: dict[EntryBar, Promise] = {
    EntryBar.NOT_HERE: _(
        "You have identified yourself, but nobody is known here by this identity yet."
    ),
    EntryBar.NO_CODE: _(
        "Your identification did not tell us a Finnish personal identity code. You can identify "
        "yourself face to face at an office."
    ),
    EntryBar.FORMER_CODE: _(
        "You identified yourself with a personal identity code that is no longer the one we know."
    ),
    EntryBar.CODE_CHANGED: _(
        "Your personal identity code is another one than when you last came here."
    ),
    EntryBar.SOMEBODY_ELSES: _("Your identification belongs to somebody else here."),
    EntryBar.NOT_THEM: _("You identified yourself as somebody else than who is logged in here."),
    EntryBar.DIED: _("We can't let you in with this identification."),
    EntryBar.OTHER_BODY: _(
        "You work here in an office of another organisation than the one you logged in with. "
        "Log in with that one."
    ),
}


class NotKnown(Refused):
    """Nobody here is known to be whom the provider named, or they may not come in any more.

    ``bar``: why; ``user_id``: whose account it was about, for the row of the log; ``person_id``:
    of whom something is written down here that keeps them out.
    """

    def __init__(
        self,
        bar: EntryBar = EntryBar.NOT_HERE,
        *,
        user_id: UUID | None = None,
        person: Person | None = None,
    ) -> None:
        super().__init__(_SAID[bar])
        self.bar, self.user_id = bar, user_id or (person.user_id if person else None)
        self.person_id = person.pk if person else None


@dataclass(frozen=True, slots=True)
class Entered:
    """The user who comes in. ``first``: for the first time by this provider.

    ``newcomer``: who they are, encrypted, where no register knows them: kept with the log-in alone,
    until they ask for help (:func:`people.services.introducing.introduce`).
    """

    user: User
    first: bool = False
    newcomer: str = ""


@transaction.atomic
def enter(
    *, actor: Actor, identity: VerifiedIdentity, now: datetime, logged_in: UUID | None = None
) -> Entered:
    """Let in whoever a provider has proved somebody to be: a worker by their own body, or a client.

    The log-in itself, and its row of the log, is the caller's. ``actor``: the log-in, by name.
    ``logged_in``: who is logged in already and proves anew who they are: for somebody else nothing
    is done. Raises :class:`NotKnown`, then with ``EntryBar.NOT_THEM``.
    """
    if identity.whom is Whom.CLIENTS:
        entered = _enter_client(actor, identity, now)
    else:
        entered = _enter_worker(actor, identity, now)
    if logged_in not in (None, entered.user.pk):
        raise NotKnown(EntryBar.NOT_THEM, user_id=logged_in)
    return entered


@transaction.atomic
def link_own_log_in(*, actor: Actor, identity: VerifiedIdentity, now: datetime) -> ExternalLogIn:
    """Somebody who is logged in says that they are also whom their body's provider has proved.

    By both log-ins, and so by themselves alone: an address or a name links nobody. From then on
    there is no password: whoever leaves the directory is out (docs/adr/0032). Raises
    :class:`NotKnown` for a provider that does not speak for where they work, :class:`Refused` for
    an identity that is another's.
    """
    user = User.objects.select_for_update().get(pk=actor.writer_id)
    if identity.whom is not Whom.STAFF or not actor.works_here:
        raise Refused(_("This log-in is not for your work. Nothing was changed."))
    _require_spoken_for(user, identity, now)
    link = _link_of(identity)
    if link is not None and link.user_id != user.pk:
        if Position.objects.filter(user=link.user_id).exists() or _person_of(link.user):
            raise Refused(_("This identity is somebody else's here. Nothing was changed."))
        retire(link.user, actor=actor, now=now)
    link = _linked(user, identity, link, now)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record_account_event(actor=actor, event=AccountEvent.LOG_IN_LINKED, user_id=user.pk, now=now)
    letter_wanted.send(
        sender=User, letter=AccountLetter.ACCOUNT, user_id=user.pk, about=f"linked:{link.pk}",
        now=now,
    )  # fmt: skip
    return link


def _enter_worker(actor: Actor, identity: VerifiedIdentity, now: datetime) -> Entered:
    link = _link_of(identity)
    if link is None:
        user = _new_worker(actor, identity, now)
    else:
        user = User.objects.select_for_update().get(pk=link.user_id)
        if _person_of(user) is not None:
            raise NotKnown(user_id=user.pk)
        _require_spoken_for(user, identity, now)
    if not user.is_active:
        # They may do nothing by it: whoever lets in is asked again.
        user.is_active = True
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
    _note_own_code(user, identity)
    _linked(user, identity, link, now)
    ask_what_is_claimed(actor=actor, user=user, identity=identity, now=now)
    return Entered(user, first=link is None)


def _enter_client(actor: Actor, identity: VerifiedIdentity, now: datetime) -> Entered:
    link = _link_of(identity)
    before = _person_of(link.user) if link else None
    try:
        code = parse(identity.first(Claim.IDENTITY_CODE))
    except BadIdentityCode as error:
        raise NotKnown(EntryBar.NO_CODE, user_id=link.user_id if link else None) from error
    person = _person_with(search_hash(code))
    if person is None:
        if before is not None:
            raise NotKnown(EntryBar.CODE_CHANGED, person=before)
        user = link.user if link else _new_client(actor, identity, now)
        _linked(user, identity, link, now)
        return Entered(user, first=link is None, newcomer=_newcomer(identity, code))
    if before is not None and before != person:
        raise NotKnown(EntryBar.SOMEBODY_ELSES, person=before)
    if person.died_on is not None:
        raise NotKnown(EntryBar.DIED, person=person)
    if person.identity_code_hash != search_hash(code) and before is None:
        # A code they had before may be one that was written down by mistake: another's.
        raise NotKnown(EntryBar.FORMER_CODE, person=person)
    first = person.user_id is None
    user = _user_of(actor, person, link.user if link and before is None else None, now)
    if not user.is_active:
        raise NotKnown(user_id=user.pk)
    _linked(user, identity, link, now)
    return Entered(user, first=first)


def _link_of(identity: VerifiedIdentity) -> ExternalLogIn | None:
    found = ExternalLogIn.objects.select_for_update(of=("self",)).select_related("user")
    return found.filter(issuer=identity.issuer, subject=identity.subject).first()


def _linked(
    user: User, identity: VerifiedIdentity, link: ExternalLogIn | None, now: datetime
) -> ExternalLogIn:
    """Keep that they came, as whom. A client's provider may call them something new each time."""
    if link is None and identity.whom is Whom.CLIENTS:
        link = ExternalLogIn.objects.filter(issuer=identity.issuer, user=user).first()
    link = link or ExternalLogIn(issuer=identity.issuer, first_seen=now, last_seen=now)
    link.user, link.subject = user, identity.subject
    link.last_seen = max(link.last_seen, now)
    link.save()
    return link


def _require_spoken_for(user: User, identity: VerifiedIdentity, now: datetime) -> None:
    """Whoever works in another body's office now does not come in by the one they left."""
    standing = Position.objects.filter(valid_at(now), user=user, office__isnull=False)
    office_id = standing.values_list("office", flat=True).first()
    if office_id and office_id not in {office.pk for office in offices_spoken_for(identity)}:
        raise NotKnown(EntryBar.OTHER_BODY, user_id=user.pk)


def _person_of(user: User) -> Person | None:
    return Person.objects.filter(user=user).first()


def _person_with(code_hash: str) -> Person | None:
    """Whoever has this code, or had it before: held, so that two who come at once are one user."""
    return Person.objects.select_for_update().filter(filter_by_code(code_hash, person="")).first()


def _note_own_code(user: User, identity: VerifiedIdentity) -> None:
    """Who a worker is themselves, where their body tells it: a keyed hash, and nothing else."""
    try:
        own = search_hash(parse(identity.first(Claim.IDENTITY_CODE)))
    except BadIdentityCode:
        return
    if user.own_code_hash != own:
        user.own_code_hash = own
        user.save(update_fields=["own_code_hash"])


def _new_worker(actor: Actor, identity: VerifiedIdentity, now: datetime) -> User:
    """An account for whoever waits to be let in. Its name tells which provider it is of.

    An address that is another account's is not taken: it says nothing of who they are.
    """
    address = identity.first(Claim.EMAIL)
    try:
        taken = not address or require_address(address) != address.strip()
    except Refused:
        taken = True
    return create_user(
        actor=actor,
        username=f"{identity.provider}.{new_id().hex[-12:]}",
        password=None,
        first_name=identity.first(Claim.GIVEN_NAME)[:100],
        last_name=(identity.first(Claim.FAMILY_NAME) or identity.subject)[:100],
        language=_language(identity),
        email="" if taken else address,
        now=now,
    )


def _user_of(actor: Actor, person: Person, stranger: User | None, now: datetime) -> User:
    """The account of a client: their own, or a new one, never one they work with.

    ``stranger``: the account they have had while no register knew them.
    """
    user = person.user
    if user is not None and not Position.objects.filter(user=user).exists():
        return user
    made = stranger or create_user(
        actor=actor, username=_client_name(), password=None, first_name="", last_name="",
        language=language_of_person(person), now=now,
    )  # fmt: skip
    made.first_name, made.last_name = person.first_names, person.last_name
    made.save(update_fields=["first_name", "last_name"])
    link_client(actor=actor, person_id=person.pk, user=made, now=now, instead_of=user)
    return made


def _new_client(actor: Actor, identity: VerifiedIdentity, now: datetime) -> User:
    """An account for somebody no register knows: it holds neither their name nor their code."""
    return create_user(
        actor=actor, username=_client_name(), password=None, first_name="", last_name="",
        language=_language(identity), now=now,
    )  # fmt: skip


def _client_name() -> str:
    return f"client.{new_id().hex[-12:]}"


def _newcomer(identity: VerifiedIdentity, code: str) -> str:
    said = {
        "code": code,
        "first_names": identity.first(Claim.GIVEN_NAME)[:100],
        "last_name": identity.first(Claim.FAMILY_NAME)[:100],
        "language": _language(identity),
    }
    return encrypt(json.dumps(said)).decode()


def _language(identity: VerifiedIdentity) -> str:
    given = identity.first(Claim.LANGUAGE)
    try:
        return text_language(parse_language(given.partition("-")[0]))
    except ValueError:
        return Language.FINNISH.value
