"""A service that a body arranges."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import ServiceType
from common.bodies import Body
from common.history import History
from records.fields import Declared, Told
from records.models import Revised


class Participation(models.TextChoices):
    """How the client took part in a service."""

    AS_PLANNED = "as_planned", _("Took part as planned")
    PARTLY = "partly", _("Took part in some of it")
    INTERRUPTED = "interrupted", _("Broke off")
    NEVER_BEGAN = "never_began", _("Never began")


class ServiceResult(models.TextChoices):
    """What a service led to, as its body sees it. What is not known is left empty."""

    REACHED = "reached", _("What was aimed at was reached")
    PARTLY = "partly", _("Some of it was reached")
    NOT_REACHED = "not_reached", _("It was not reached")


class PlannedService(Revised):
    """A service one body arranges as part of the plan.

    What was done is in no register (report 2020:40, Vaikuttavuuden arviointi 3.4): here it is.

    ``starts_on`` and ``ends_on`` are planned, ``began_on`` and ``finished_on`` what really
    happened; all days are inclusive. ``service`` is its kind in the catalogue, ``name`` in the
    words of the plan. Its ``result`` is told once it is over.
    """

    body = models.CharField(_("Whose service"), max_length=20, choices=Body)
    service = models.CharField(
        _("Kind of service"),
        max_length=30,
        choices=ServiceType,
        default=ServiceType.OTHER,
        db_default=ServiceType.OTHER.value,
    )
    name = models.CharField(_("Service"), max_length=200)
    provider = models.CharField(_("Who provides it"), max_length=200, blank=True)
    starts_on = models.DateField(_("Starts"), null=True, blank=True)
    ends_on = models.DateField(_("Ends"), null=True, blank=True)
    began_on = models.DateField(_("Really began"), null=True, blank=True)
    finished_on = models.DateField(_("Really ended"), null=True, blank=True)
    participation = models.CharField(
        _("How the client took part"),
        max_length=20,
        choices=Participation,
        blank=True,
        db_default="",
    )
    result = models.CharField(
        _("What came of it"), max_length=20, choices=ServiceResult, blank=True, db_default=""
    )
    result_text = models.TextField(_("In words"), blank=True, db_default="")

    history = History()

    client_no: UUID | None = None
    """Of one just read: the id of the client's "no" that stands against it, where it was asked."""

    declared = Declared(
        _("Service"),
        name=Told(version=True, summary=True),
        body=Told(version=True),
        service=Told(version=True),
        provider=Told(version=True),
        starts_on=Told(version=True, summary=True),
        ends_on=Told(version=True, summary=True),
        began_on=Told(summary=True),
        finished_on=Told(summary=True),
        participation=Told(to_client=_("How you took part")),
        result=Told(),
        result_text=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="service_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("began_on")),
                name="service_finished_after_it_began",
            ),
            models.CheckConstraint(
                condition=~Q(participation=Participation.NEVER_BEGAN)
                | Q(began_on__isnull=True, finished_on__isnull=True),
                name="service_never_began_has_no_days",
            ),
            models.CheckConstraint(
                condition=Q(result="")
                | Q(finished_on__isnull=False)
                | Q(participation=Participation.NEVER_BEGAN),
                name="service_result_once_it_is_over",
            ),
        ]

    @property
    def title(self) -> str:
        return self.name

    @property
    def from_on(self) -> date | None:
        """Its first day: the real one where it is known, else the planned."""
        return self.began_on or self.starts_on

    @property
    def to_on(self) -> date | None:
        """Its last day: the real one where it is known, else the planned."""
        return self.finished_on or self.ends_on

    def has_ended(self, today: date) -> bool:
        """Its last day has passed, or it never began; one without a last day goes on."""
        if self.participation == Participation.NEVER_BEGAN:
            return True
        return self.to_on is not None and self.to_on < today
