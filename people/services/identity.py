"""A person's identity code changes: they stay the same person, with the same case and rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.clock import day_of
from common.crypto import encrypt, search_hash
from common.decision import Refused
from common.identity_code import BadIdentityCode, birth_date, parse
from people.models import FormerCode, Person


@transaction.atomic
def change_identity_code(*, actor: Actor, person_id: UUID, new_code: str, now: datetime) -> Person:
    """Give a person a new identity code; the one they had is kept as a former one.

    The day of birth is the new code's. The code they have already changes nothing. A former code
    of their own may come back: that is how a change is undone. Whether ``actor`` may do this is
    for the caller to ask. Raises :class:`Refused` for what is no code, for a birth in the future,
    and for a code that is or was somebody else's: two records of one person are joined, not
    renamed.
    """
    try:
        code = parse(new_code)
    except BadIdentityCode as error:
        raise Refused(
            _("This is not a personal identity code. Write it like this: 131052-308T."),
            field="identity_code",
        ) from error
    if birth_date(code) > day_of(now):
        raise Refused(_("The date of birth in the code has not come yet."), field="identity_code")
    person = Person.objects.select_for_update().get(pk=person_id)
    hashed, former = search_hash(code), person.identity_code_hash
    if hashed == former:
        return person
    others = Person.objects.filter(identity_code_hash=hashed).exclude(pk=person.pk)
    once = FormerCode.objects.filter(identity_code_hash=hashed).exclude(person=person)
    if others.exists() or once.exists():
        raise Refused(
            _("Somebody else has this identity code. Two records of one person are joined."),
            field="identity_code",
        )
    FormerCode.objects.filter(person=person, identity_code_hash=hashed).delete()
    before = FormerCode(
        person=person,
        identity_code_encrypted=person.identity_code_encrypted,
        identity_code_hash=former,
        changed_at=now,
        changed_by=actor.label,
    )
    person.identity_code_encrypted, person.identity_code_hash = encrypt(code), hashed
    person.birth_date = birth_date(code)
    person.save(update_fields=["identity_code_encrypted", "identity_code_hash", "birth_date"])
    before.save()
    record_change(
        actor=actor,
        action="identity_code_changed",
        subject_type="person",
        subject_id=person.pk,
        person_id=person.pk,
        now=now,
    )
    return person
