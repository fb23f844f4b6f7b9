"""What was said outside the service: a call, a visit, a letter, a message by another way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Party
from common.history import History
from records.fields import Declared, Told
from records.models import Revised


class ContactKind(models.TextChoices):
    """How somebody was in touch. What is written in the service is a message, not this."""

    CALL = "call", _("Call")
    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")
    MESSAGE = "message", _("Message elsewhere")


class ContactEntry(Revised):
    """One time a worker was in touch, or tried to be, with the client or about them.

    ``with_whom`` is empty where it was the client; else who it was, in a few words. ``answered`` is
    false where nobody was reached: then nothing need have come of it, and the case stays as quiet
    as it was. ``next_on``: the day by which the recorder's body is in touch again; it stands until
    that body records a later contact. The worker is whoever recorded it.
    """

    kind = models.CharField(_("How"), max_length=10, choices=ContactKind)
    happened_at = models.DateTimeField(_("When"))
    answered = models.BooleanField(_("Answered"))
    with_whom = models.CharField(_("With whom"), max_length=150, blank=True)
    outcome = models.TextField(_("What came of it"), blank=True)
    next_on = models.DateField(_("Next contact"), null=True, blank=True)

    history = History()

    declared = Declared(
        _("Contact"),
        kind=Told(),
        happened_at=Told(),
        answered=Told(to_client=_("Somebody answered")),
        with_whom=Told(to_client=_("With whom, if not you")),
        outcome=Told(),
        next_on=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(recorded_for=Party.CLIENT), name="contact_is_a_bodys"
            ),
            models.CheckConstraint(
                condition=Q(answered=False) | ~Q(outcome=""), name="contact_answered_says_what"
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")), name="contact_has_happened"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-happened_at"], name="contact_newest"),
            models.Index(fields=["happened_at"], name="contact_by_month"),
        ]

    @property
    def title(self) -> str:
        return str(ContactKind(self.kind).label)
