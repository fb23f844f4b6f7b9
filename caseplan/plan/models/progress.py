"""How near a goal is, as each party sees it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.goal import Goal
from consent.models import ClientInformation
from records.fields import Declared, Told


class GoalStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    A_LITTLE = "a_little", _("A little")
    WELL_ON_THE_WAY = "well_on_the_way", _("Well on the way")
    REACHED = "reached", _("Reached")
    MOVED_AWAY = "moved_away", _("Moved further away")


class GoalRating(ClientInformation):
    """How one party saw a goal at one moment. The newest of each party counts; all are kept.

    ``recorded_for`` is the party that rated. It carries the category of its goal.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    status = models.CharField(_("How near is it?"), max_length=20, choices=GoalStatus)
    comment = models.TextField(_("In your words"), blank=True)

    declared = Declared(
        _("How near a goal is"),
        goal=Told(_("Goal")),
        status=Told(),
        comment=Told(_("In their words")),
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["goal", "recorded_for", "-recorded_at"], name="goal_rating_newest"
            ),
        ]

    @property
    def title(self) -> str:
        return str(self.get_status_display())
