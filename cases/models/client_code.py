"""The code on paper by which a client, whom a worker has seen face to face, logs in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from common.ids import new_id
from people.models import Office, Person

is_country_code = RegexValidator(
    r"\A[A-Z]{2}\Z", _("Write the country as two capital letters, such as FI or UA.")
)


class SeenDocument(models.TextChoices):
    """By which document a worker saw who the client is; its number is written nowhere."""

    PASSPORT = "passport", _("Passport")
    IDENTITY_CARD = "identity_card", _("Identity card")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit card")
    REFUGEE_TRAVEL = "refugee_travel", _("Refugee's or alien's passport")
    DRIVING_LICENCE = "driving_licence", _("Driving licence")
    KNOWN = "known", _("No document: I have known the client for long")


class ClientCode(models.Model):
    """A one-time code that a worker printed for a client they identified face to face.

    ``code_hash`` is a keyed hash: the code stands on the paper alone. It works once, to
    ``valid_until``; ``used_at``: since then the client has a log-in of a low level of their own.
    ``seen_country``: whose document it was, empty where there was none. Of a person's codes one is
    open at most: the next ends the one before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="client_codes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True)
    seen_document = models.CharField(max_length=20, choices=SeenDocument)
    seen_country = models.CharField(max_length=2, blank=True, validators=[is_country_code])
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="client_code_one_open_a_person",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("given_at")), name="client_code_lasts_a_time"
            ),
            models.CheckConstraint(
                condition=Q(seen_document=SeenDocument.KNOWN, seen_country="")
                | (~Q(seen_document=SeenDocument.KNOWN) & ~Q(seen_country="")),
                name="client_code_document_has_a_country",
            ),
        ]
