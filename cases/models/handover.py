"""A case changes hands: asked of the next manager, and answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from common.ids import new_id


class HandoverState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class HandoverCode(models.TextChoices):
    """Why a case changes hands by itself: a code, said in the language of who reads it."""

    LEFT = "left", _("They no longer work here, and a case is never without a case manager.")


class Handover(models.Model):
    """One case manager hands a case to the next, who accepts it or says why not.

    The case keeps its manager until then. ``reason`` is for the client, who is told who comes
    and why (:attr:`why`), with a ``code`` instead where nobody wrote one; ``leaves``: the former
    one leaves the team, and may still read for some days.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_given"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_received"
    )
    reason = models.TextField(_("Why, for the client"), blank=True)
    code = models.CharField(
        _("Why it changed hands by itself"), max_length=20, choices=HandoverCode, blank=True
    )
    leaves = models.BooleanField(_("Leaves the team"), default=False)
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("Answer"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=HandoverState.OPEN),
                name="handover_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | ~Q(code=""), name="handover_tells_the_client_why"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="handover_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OPEN, answered_at__isnull=True)
                | ~Q(state=HandoverState.OPEN) & Q(answered_at__isnull=False),
                name="handover_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandoverState.DECLINED) | ~Q(answer=""),
                name="handover_declined_with_a_reason",
            ),
        ]

    @property
    def why(self) -> str:
        """What the client is told of why, in the writer's words or in the language in force."""
        return self.reason or str(HandoverCode(self.code).label)
