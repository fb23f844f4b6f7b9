"""In which language somebody wants to read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.decision import Refused
from people.models import Language, Person, User


@transaction.atomic
def choose_language(*, actor: Actor, language: str, now: datetime) -> None:
    """Keep what whoever is logged in has chosen: pages and letters are in it from now on.

    A client's choice is kept beside what the register says of them, which it does not change and
    which does not change it. Raises :class:`Refused` for a language there are no texts in.
    """
    if language not in Language.values:
        raise Refused(_("Choose one of the languages."), field="language")
    if language == actor.language:
        return
    User.objects.filter(pk=actor.writer_id).update(language=language)
    if actor.person_id is not None:
        Person.objects.filter(pk=actor.person_id).update(chosen_language=language)
    record_change(
        actor=actor,
        action="language_chosen",
        subject_type="user",
        subject_id=actor.writer_id,
        now=now,
    )
