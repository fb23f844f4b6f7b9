"""A client without bank credentials or without a Finnish identity code gets in by a code on paper.

The worker saw who they are. The code lets in with a low level alone, and whoever gave it is seen by
the client, by the whole team and by the data-protection officer: a worker could use it themselves.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access import can_write_in_case
from cases.models import Case, ClientCode, SeenDocument
from cases.models.client_code import is_country_code
from cases.services.rows import lock_case
from common.actor import Actor, system_actor
from common.crypto import search_hash
from common.decision import Refused
from common.ids import new_id
from people.languages import language_of_person
from people.models import AccountEvent, AccountLetter, Person, User
from people.services import (
    create_user,
    end_log_ins,
    letter_about_account,
    link_client,
    record_account_event,
)

CODE_DAYS = 14
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a code is written in: nothing that looks like something else on paper."""
LENGTH = 12
_WRONG = _(
    "This code does not open anything: it was used already, its time is over, or it is written "
    "otherwise on your paper. Ask your worker for a new one."
)


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code as it stands on the paper, once: it is not kept, and never shown again."""

    row: ClientCode
    code: str


@transaction.atomic
def give_client_code(
    *, actor: Actor, case: Case, seen_document: SeenDocument, seen_country: str, now: datetime
) -> PrintedCode:
    """A worker of the team has seen who the client is, and prints a code for them to log in.

    One that was given before and is open ends. Raises :class:`Refused` for a country that is none.
    """
    lock_case(case)
    can_write_in_case(actor, case, now=now).require()
    country = seen_country.strip().upper()
    if seen_document == SeenDocument.KNOWN:
        country = ""
    else:
        try:
            is_country_code(country)
        except ValidationError as error:
            raise Refused(error.messages[0], field="seen_country") from error
    person = Person.objects.select_for_update().get(pk=case.person_id)
    if person.died_on is not None:
        raise Refused(_("The client has died: nobody is let in."))
    _end_open(actor, case, now)
    code = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))
    row = ClientCode.objects.create(
        case=case,
        person=person,
        code_hash=search_hash(code),
        seen_document=seen_document,
        seen_country=country,
        given_by_id=actor.writer_id,
        given_office_id=actor.working_office_id,
        given_at=now,
        valid_until=now + timedelta(days=CODE_DAYS),
    )
    _record(actor, row, "client_code_given", now)
    if person.user_id is not None:  # who is in already hears of it at once
        _tell(actor, person.user_id, AccountEvent.CODE_GIVEN, row, now)
    return PrintedCode(row, "-".join(code[n : n + 4] for n in range(0, LENGTH, 4)))


@transaction.atomic
def end_client_log_in(*, actor: Actor, case: Case, now: datetime) -> None:
    """A lost phone, or a code in the wrong hands: what a code has let in is out, at once.

    An open code ends, the client's own passkeys and password are gone, and their log-ins end. What
    their bank or the authorities vouch for is not the worker's to take: that log-in stays.
    """
    lock_case(case)
    can_write_in_case(actor, case, now=now).require()
    _end_open(actor, case, now)
    user = case.person.user
    if user is None:
        return
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]  # their passkeys
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_log_ins(actor=actor, user_id=user.pk, now=now)
    record_change(
        actor=actor, action="client_log_in_ended", subject_type="case", subject_id=case.pk,
        case_id=case.pk, person_id=case.person_id, now=now,
    )  # fmt: skip
    record_account_event(actor=actor, event=AccountEvent.FACTOR_REMOVED, user_id=user.pk, now=now)


@transaction.atomic
def read_client_code(*, code: str, now: datetime) -> ClientCode:
    """The open code that stands on somebody's paper, with whom it lets in; not used up by looking.

    Whoever has no account yet gets one here. Raises :class:`Refused`, with the same words for what
    is no code, was used, ended or is over.
    """
    typed = "".join(c for c in code.upper() if c.isalnum())
    row = (
        ClientCode.objects.select_for_update(of=("self",))
        .select_related("person", "case", "given_by", "given_office")
        .filter(
            code_hash=search_hash(typed), used_at=None, ended_at=None, valid_until__gt=now,
            case__ended_at=None, person__died_on=None,
        )
        .first()
    )  # fmt: skip
    if row is None or len(typed) != LENGTH:
        raise Refused(_WRONG, field="code")
    if row.person.user_id is None:
        _account(row, now)
    user = User.objects.get(person=row.person)
    if not user.is_active:
        raise Refused(_WRONG, field="code")
    return row


@transaction.atomic
def use_client_code(
    *, code_id: UUID, password: str | None = None, passkey_id: int | None = None, now: datetime
) -> User:
    """The client has made a way of their own to log in: the code is used up.

    ``password``: the one they chose, where their browser has no passkeys; else ``passkey_id``: the
    one they made. Whatever an earlier code let in is out: a key that somebody made with that one
    would else pass for what another body's code has opened. Raises :class:`Refused` where the code
    was used or ended meanwhile.
    """
    row = (
        ClientCode.objects.select_for_update(of=("self",))
        .select_related("person__user")
        .filter(pk=code_id, used_at=None, ended_at=None, valid_until__gt=now)
        .first()
    )
    if row is None or row.person.user is None:
        raise Refused(_WRONG)
    row.used_at = now
    row.save(update_fields=["used_at"])
    user, actor = row.person.user, system_actor("client code")
    user.authenticator_set.exclude(pk=passkey_id).delete()  # type: ignore[attr-defined]
    user.set_password(password)  # none: nobody gets in by one from before
    user.save(update_fields=["password"])
    end_log_ins(actor=actor, user_id=user.pk, now=now)
    _record(actor, row, "client_code_used", now)
    _tell(actor, user.pk, AccountEvent.CODE_USED, row, now)
    return user


def _account(row: ClientCode, now: datetime) -> None:
    person, actor = row.person, system_actor("client code")
    user = create_user(
        actor=actor, username=f"client-{new_id().hex[-8:]}", password=None,
        first_name=person.first_names, last_name=person.last_name,
        language=language_of_person(person), now=now,
    )  # fmt: skip
    row.person = link_client(actor=actor, person_id=person.pk, user=user, now=now)


def _end_open(actor: Actor, case: Case, now: datetime) -> None:
    for row in ClientCode.objects.select_for_update().filter(
        person_id=case.person_id, used_at=None, ended_at=None
    ):
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        _record(actor, row, "client_code_ended", now)


def _record(actor: Actor, row: ClientCode, action: str, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="client_code", subject_id=row.pk,
        case_id=row.case_id, person_id=row.person_id, now=now,
    )  # fmt: skip


def _tell(actor: Actor, user_id: UUID, event: AccountEvent, row: ClientCode, now: datetime) -> None:
    record_account_event(actor=actor, event=event, user_id=user_id, now=now)
    letter_about_account(AccountLetter.ACCOUNT, user_id, f"{event.value}:{row.pk}", now)
