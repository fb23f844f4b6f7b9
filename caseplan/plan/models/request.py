"""One body asks another to do something towards a goal."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.action import Action
from caseplan.plan.models.goal import Goal
from common.bodies import Body
from common.row_acts import RowActs
from consent.models import Category, ClientInformation
from records.fields import Declared, Told


class BodyRequestState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class BodyRequest(ClientInformation):
    """A body asks another for a step towards a goal, and an answer by ``answer_by`` (inclusive).

    Accepted, it becomes an action of the other body, with a name and a day; declined, it says
    why. It belongs to the plan and its follow-up, so that whoever is asked can read it.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="requests")
    to_body = models.CharField(_("To whom"), max_length=20, choices=Body)
    text = models.TextField(_("What is asked"))
    answer_by = models.DateField(_("Answer by"))
    state = models.CharField(max_length=10, choices=BodyRequestState, default=BodyRequestState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(_("Answer"), blank=True)
    action = models.OneToOneField(
        Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="request"
    )

    acts: RowActs | None = None
    """Of one just read: what the reader may do with it in its row."""

    declared = Declared(
        _("What one body asked of another"),
        goal=Told(_("Goal")),
        to_body=Told(),
        text=Told(),
        answer_by=Told(),
        state=Told(_("State")),
        answered_at=Told(_("Answered")),
        answered_by=Told(_("Answered by")),
        answer=Told(),
        action=Told(_("Action")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="body_request_says_something"),
            models.CheckConstraint(
                condition=Q(category=Category.PLAN_FOLLOW_UP),
                name="body_request_is_read_by_whom_it_asks",
            ),
            models.CheckConstraint(
                condition=~Q(recorded_for=F("to_body")), name="body_request_to_another_body"
            ),
            models.CheckConstraint(
                condition=Q(state=BodyRequestState.OPEN, answered_at__isnull=True)
                | ~Q(state=BodyRequestState.OPEN) & Q(answered_at__isnull=False),
                name="body_request_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=BodyRequestState.DECLINED) | ~Q(answer=""),
                name="body_request_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(state=BodyRequestState.ACCEPTED),
                name="body_request_action_once_accepted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["to_body", "answer_by"],
                condition=Q(state=BodyRequestState.OPEN),
                name="body_request_open",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state == BodyRequestState.OPEN
