"""A client's first log-in, and somebody no register knows who wants to ask for help."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor, ActorKind
from common.clock import day_of
from common.crypto import decrypt, encrypt, search_hash
from common.decision import NotVisible, Refused
from common.identity_code import birth_date, parse
from common.names import sort_key
from people.models import Person, User
from people.selectors.networks import towns_on
from people.selectors.persons import filter_by_code
from people.services.organisation import link_client


@transaction.atomic
def introduce(*, actor: Actor, newcomer: str, municipality: str, now: datetime) -> Person:
    """Somebody whom no register knows, strongly identified, wants to ask for help: a record begins.

    ``newcomer``: what their identification said, as their log-in keeps it
    (:class:`people.services.entering.Entered`). ``municipality``: of this installation's networks,
    by its code. Raises ``NotVisible`` for whoever is nobody new.
    """
    if actor.kind is not ActorKind.STRANGER or not newcomer:
        raise NotVisible
    if municipality not in towns_on(day_of(now)).network_of:
        raise Refused(_("Choose the municipality you live in."), field="municipality")
    try:
        said = json.loads(decrypt(newcomer.encode()))
    except (InvalidToken, ValueError) as error:
        raise NotVisible from error
    code = parse(said["code"])
    user = User.objects.select_for_update().get(pk=actor.writer_id)
    if Person.objects.filter(filter_by_code(search_hash(code), person="")).exists():
        raise Refused(_("You are known here by now. Log out and identify yourself again."))
    person = Person.objects.create(
        identity_code_encrypted=encrypt(code),
        identity_code_hash=search_hash(code),
        birth_date=birth_date(code),
        last_name=said["last_name"],
        first_names=said["first_names"],
        sort_key=sort_key(said["last_name"], said["first_names"]),
        language=said["language"],
        municipality_code=municipality,
    )
    record_change(
        actor=actor, action="person_introduced", subject_type="person", subject_id=person.pk,
        person_id=person.pk, now=now,
    )  # fmt: skip
    user.first_name, user.last_name = person.first_names, person.last_name
    user.save(update_fields=["first_name", "last_name"])
    return link_client(actor=actor, person_id=person.pk, user=user, now=now)


def welcome(*, user_id: UUID, now: datetime) -> None:
    """Somebody has been shown what this is, or has gone past it: they are not shown it again."""
    User.objects.filter(pk=user_id, welcomed_at=None).update(welcomed_at=now)
