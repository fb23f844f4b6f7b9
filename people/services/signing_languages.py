"""Writing down that a native reader has signed the texts of a language."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible, Refused
from people.access import can_keep_organisation
from people.models import LanguageSignature
from people.selectors.signed_languages import catalogue_of


@transaction.atomic
def sign_language(
    *, actor: Actor, language: str, reader: str, signed_on: date, digest: str, now: datetime
) -> LanguageSignature:
    """Keep who has read the texts and stands by them. ``digest``: of the texts that were read.

    A wrong duty or consent is worse than none: nothing is signed unread. Raises :class:`Refused`
    where the texts are not those any more.
    """
    can_keep_organisation(actor).require()
    catalogue = catalogue_of(language) if language in settings.MORE_LANGUAGES else None
    if catalogue is None:
        raise NotVisible
    if not reader.strip():
        raise Refused(_("Write who read the texts."), field="reader")
    if signed_on > day_of(now):
        raise Refused(_("Choose a day that is not ahead."), field="signed_on")
    if digest != catalogue.digest:
        raise Refused(_("The texts have changed meanwhile. They are read again before signing."))
    signed = LanguageSignature.objects.create(
        language=language, reader=reader.strip(), signed_on=signed_on, digest=digest,
        texts=sorted(catalogue.texts), recorded_by_id=actor.writer_id, recorded_at=now,
    )  # fmt: skip
    record_change(
        actor=actor,
        action="language_signed",
        subject_type="languagesignature",
        subject_id=signed.pk,
        now=now,
    )
    return signed
