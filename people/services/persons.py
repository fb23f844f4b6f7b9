"""Somebody whom no register has named: known by what a signed paper says."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.clock import day_of
from common.crypto import encrypt, search_hash
from common.decision import Refused
from common.identity_code import BadIdentityCode, birth_date, parse
from common.names import sort_key
from people.languages import parse_language
from people.models import Person
from people.selectors import filter_by_code


@transaction.atomic
def person_of_code(
    *,
    actor: Actor,
    identity_code: str,
    last_name: str,
    first_names: str,
    municipality_code: str,
    language: str,
    now: datetime,
) -> Person:
    """Whoever has this identity code or had it; else somebody new, as the paper says.

    Who is known stays as they are known: nothing of the paper is written over it, and the caller
    tells nobody which it was. Raises :class:`Refused` for what is no code, a birth in the future,
    and a name left out, all of them known before anybody is looked for.
    """
    try:
        code = parse(identity_code)
    except BadIdentityCode as error:
        raise Refused(
            _("This is not a personal identity code. Write it like this: 131052-308T."),
            field="identity_code",
        ) from error
    if birth_date(code) > day_of(now):
        raise Refused(_("The date of birth in the code has not come yet."), field="identity_code")
    for field, text in (("last_name", last_name), ("first_names", first_names)):
        if not text.strip():
            raise Refused(_("Write the name as it stands on the paper."), field=field)
    hashed = search_hash(code)
    known = Person.objects.filter(filter_by_code(hashed, ""))
    if (person := known.first()) is not None:
        return person
    names = last_name.strip(), first_names.strip()
    try:
        with transaction.atomic():
            person = Person.objects.create(
                identity_code_encrypted=encrypt(code),
                identity_code_hash=hashed,
                birth_date=birth_date(code),
                last_name=names[0],
                first_names=names[1],
                sort_key=sort_key(*names),
                language=parse_language(language),
                municipality_code=municipality_code,
            )
    except IntegrityError:
        return known.get()  # written down by two at once: one person
    record_change(
        actor=actor,
        action="person_added",
        subject_type="person",
        subject_id=person.pk,
        person_id=person.pk,
        now=now,
    )
    return person
