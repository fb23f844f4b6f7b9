"""What Kela has confirmed of a step's meaning for the client's income."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import IncomeStep
from common.history import History
from records.fields import Declared, Told
from records.models import Revised


class KelaConfirmation(Revised):
    """Kela has said what a step that begins on a day does to this client's benefits.

    Written down by Kela's worker on the team: details of benefits are Kela's to record, and
    the gate shows them to other bodies where the client lets it. ``said_by``: who at Kela said
    so, ``said_on``: when.
    """

    step = models.CharField(_("What is planned"), max_length=30, choices=IncomeStep)
    begins_on = models.DateField(_("From which day"))
    statement = models.TextField(_("What Kela has confirmed"))
    said_by = models.CharField(_("Who at Kela said so"), max_length=150)
    said_on = models.DateField(_("When Kela said so"))

    history = History()

    declared = Declared(
        _("Confirmed by Kela"),
        step=Told(),
        begins_on=Told(),
        statement=Told(),
        said_by=Told(),
        said_on=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(statement="") & ~Q(said_by=""), name="kela_confirmation_says_who_what"
            ),
        ]

    @property
    def title(self) -> str:
        return str(IncomeStep(self.step).label)
