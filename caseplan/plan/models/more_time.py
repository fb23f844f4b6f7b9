"""The client asks for a later day for a step of theirs, and is answered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.action import Action
from common.bodies import Party
from records.fields import Declared, Told
from records.models import MayComeOnPaper


class MoreTimeState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    AGREED = "agreed", _("Agreed, with a new day")
    NOT_AGREED = "not_agreed", _("The day stays")
    TAKEN_BACK = "taken_back", _("Taken back")


class MoreTime(MayComeOnPaper):
    """The client asks for ``asked_for`` in place of ``due_on``, the last day of a step of theirs.

    Both days are inclusive. ``due_on``: the step's day when it was asked: a step whose day has
    moved since, or that is closed, waits for no answer. ``new_day``: the day that was agreed, which
    need not be the one that was asked for. It carries the category of the step.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="asked_for_time")
    due_on = models.DateField(_("By when"))
    asked_for = models.DateField(_("The day that was asked for"))
    text = models.TextField(_("In your words"))
    state = models.CharField(max_length=12, choices=MoreTimeState, default=MoreTimeState.OPEN)
    new_day = models.DateField(_("The new day"), null=True, blank=True)
    answer = models.CharField(_("Answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    declared = Declared(
        _("More time that was asked for"),
        action=Told(_("Action")),
        due_on=Told(),
        asked_for=Told(),
        text=Told(),
        state=Told(_("State")),
        new_day=Told(),
        answer=Told(),
        answered_at=Told(_("Answered")),
        answered_by=Told(_("Answered by")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="more_time_says_something"),
            models.CheckConstraint(
                condition=Q(asked_for__gt=F("due_on")), name="more_time_is_a_later_day"
            ),
            models.CheckConstraint(
                condition=Q(recorded_for=Party.CLIENT), name="more_time_is_the_clients"
            ),
            models.CheckConstraint(
                condition=Q(state=MoreTimeState.OPEN, answered_at=None, answered_by=None)
                | ~Q(state=MoreTimeState.OPEN)
                & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="more_time_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MoreTimeState.AGREED,
                    new_day__isnull=False,
                    new_day__gt=F("due_on"),
                )
                | ~Q(state=MoreTimeState.AGREED) & Q(new_day=None),
                name="more_time_agreed_names_a_later_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=MoreTimeState.NOT_AGREED) | ~Q(answer=""),
                name="more_time_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MoreTimeState.AGREED, MoreTimeState.NOT_AGREED])
                | Q(answer=""),
                name="more_time_answer_fits_state",
            ),
            models.UniqueConstraint(
                fields=["action", "due_on"],
                condition=Q(state=MoreTimeState.OPEN),
                name="more_time_asked_once_a_day",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text

    @property
    def waits(self) -> bool:
        """Whether an answer is still owed: the step is the client's, open, and its day unmoved."""
        return (
            self.state == MoreTimeState.OPEN
            and self.action.is_open
            and self.action.owner_party == Party.CLIENT
            and self.action.due_on == self.due_on
        )

    def suits(self, today: date) -> date:
        """The day an answer begins from: the one asked for, or today where it has passed."""
        return max(self.asked_for, today)
