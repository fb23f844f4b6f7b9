"""Why the case was opened: a copy of the trigger as it stood, and the reason in words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.history import History
from consent.models import ClientInformation
from records.fields import Declared, Told


class DeclinedCode(models.TextChoices):
    """Why a case did not start by itself: a code, said in the language of who reads it."""

    CASE_ENDED = "case_ended", _("The joint service has ended.")


class Referral(ClientInformation):
    """The reason a case was opened, shown to the client in plain words.

    Many were never told it (report 2020:40, Palveluintegraatio 3.3.7).

    The trigger's inputs are copied, not referred to: the register may be corrected later, and
    the decision must still show what it rested on. ``measured`` is paid days or whole months
    by ``asked_on``; ``statute`` the section the rule rested on, or "advisory". Why it did not
    start, :attr:`why_declined`, is what somebody wrote, or ``declined_code``.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="referral")
    reason = models.TextField()
    declined_because = models.TextField(_("Why it did not start"), blank=True)
    declined_code = models.CharField(
        _("Why it did not start by itself"), max_length=20, choices=DeclinedCode, blank=True
    )
    rule = models.CharField(max_length=40, blank=True)
    statute = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    measured = models.PositiveIntegerField(null=True, blank=True)

    history = History()

    declared = Declared(
        _("Why the case was opened"),
        reason=Told(_("Reason"), summary=True),
        declined_because=Told(),
        declined_code=Told(),
        # A copy of the trigger, made once and never changed.
        rule=Told(_("Rule"), history=False),
        statute=Told(_("Section of law"), history=False),
        asked_on=Told(_("Counted on"), history=False),
        reached_on=Told(_("Reached on"), history=False),
        measured=Told(_("Days or full months counted"), history=False),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    rule="",
                    asked_on__isnull=True,
                    reached_on__isnull=True,
                    measured__isnull=True,
                )
                | (
                    ~Q(rule="")
                    & Q(
                        asked_on__isnull=False,
                        reached_on__isnull=False,
                        measured__isnull=False,
                    )
                ),
                name="referral_keeps_the_whole_trigger",
            ),
        ]

    @property
    def title(self) -> str:
        return self.reason

    @property
    def why_declined(self) -> str:
        """Why it did not start, in the writer's words or in the language in force; or empty."""
        code = self.declined_code
        return self.declined_because or (str(DeclinedCode(code).label) if code else "")
