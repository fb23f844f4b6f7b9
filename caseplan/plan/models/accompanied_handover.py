"""Who goes on with the client after the joint service: a named person who accepts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from consent.models import Category, ClientInformation
from records.fields import Declared, Told


class Accompanied(models.TextChoices):
    """How the client is brought together with whoever goes on: not left to find them alone."""

    TOGETHER = "together", _("We meet together")
    CALL = "call", _("We call together")
    THEY_CALL = "they_call", _("Whoever goes on contacts the client")


class AccompaniedHandoverState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    ACCEPTED = "accepted", _("Goes on with the client")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class AccompaniedHandover(ClientInformation):
    """One person of one body is asked to go on with the client when the joint service ends.

    They stand on the team, so nobody new reads of the client by being asked, and answer by
    ``answer_by`` (inclusive). Accepted, ``reached_at`` is how the client reaches them, and the
    client is told. Report 2020:40, Palveluintegraatio 3.5: the ending is done together.
    """

    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Who goes on with the client"),
        on_delete=models.PROTECT,
        related_name="accompanied_handovers",
    )
    to_body = models.CharField(_("Of which organisation"), max_length=20, choices=Body)
    how = models.CharField(_("How it is done"), max_length=10, choices=Accompanied)
    text = models.TextField(_("What goes on"))
    answer_by = models.DateField(_("Answer by"))
    state = models.CharField(
        max_length=10,
        choices=AccompaniedHandoverState,
        default=AccompaniedHandoverState.OPEN,
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.CharField(_("How the client reaches them"), max_length=200, blank=True)
    answer = models.TextField(_("Answer"), blank=True)

    declared = Declared(
        _("Who goes on with you"),
        to_user=Told(),
        to_body=Told(),
        how=Told(),
        text=Told(),
        answer_by=Told(),
        state=Told(_("State")),
        answered_at=Told(_("Answered")),
        reached_at=Told(),
        answer=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "to_user"],
                condition=Q(state=AccompaniedHandoverState.OPEN),
                name="accompanied_handover_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(category=Category.PLAN_FOLLOW_UP),
                name="accompanied_handover_is_read_by_whom_it_asks",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="accompanied_handover_says_what"),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("to_user")), name="accompanied_handover_to_another"
            ),
            models.CheckConstraint(
                condition=Q(state=AccompaniedHandoverState.OPEN, answered_at__isnull=True)
                | ~Q(state=AccompaniedHandoverState.OPEN) & Q(answered_at__isnull=False),
                name="accompanied_handover_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state=AccompaniedHandoverState.ACCEPTED) & ~Q(reached_at="")
                | ~Q(state=AccompaniedHandoverState.ACCEPTED) & Q(reached_at=""),
                name="accompanied_handover_says_how_they_are_reached",
            ),
            models.CheckConstraint(
                condition=~Q(state=AccompaniedHandoverState.DECLINED) | ~Q(answer=""),
                name="accompanied_handover_declined_with_a_reason",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state == AccompaniedHandoverState.OPEN
