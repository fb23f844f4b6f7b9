"""What the client says of something in the plan, and what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import Action, Goal, PlannedService
from common.bodies import Party
from records.fields import Declared, Told
from records.models import MayComeOnPaper


class RemarkKind(models.TextChoices):
    COMMENT = "comment", _("A comment")
    STEP = "step", _("A step that the client proposes")


class Remark(MayComeOnPaper):
    """The client's own words of one goal, step or service; or a step they propose towards a goal.

    It carries the category of what it is about: whoever sees the thing sees what was said of it.
    A worker answers once, and the answer stands beside the words. ``step``: the action that a
    proposed step became.
    """

    kind = models.CharField(max_length=10, choices=RemarkKind)
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    planned_service = models.ForeignKey(
        PlannedService, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    text = models.TextField(_("In your words"))
    answer = models.TextField(_("Answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.OneToOneField(
        Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposed_by"
    )

    declared = Declared(
        _("What the client said of the plan"),
        kind=Told(_("What it is")),
        goal=Told(_("Goal")),
        action=Told(_("Action")),
        planned_service=Told(_("Service")),
        text=Told(),
        answer=Told(),
        answered_at=Told(_("Answered")),
        answered_by=Told(_("Answered by")),
        step=Told(_("What it became")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, action=None, planned_service=None)
                | Q(goal=None, action__isnull=False, planned_service=None)
                | Q(goal=None, action=None, planned_service__isnull=False),
                name="remark_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(recorded_for=Party.CLIENT), name="remark_is_the_clients"
            ),
            models.CheckConstraint(
                condition=~Q(kind=RemarkKind.STEP) | Q(goal__isnull=False),
                name="remark_step_towards_a_goal",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="remark_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(step=None) | Q(kind=RemarkKind.STEP, answered_at__isnull=False),
                name="remark_became_a_step",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-recorded_at"], name="remark_newest"),
        ]

    @property
    def title(self) -> str:
        return self.text

    @property
    def about(self) -> Goal | Action | PlannedService:
        """What it is said of."""
        thing = self.goal or self.action or self.planned_service
        assert thing is not None  # the database holds that it is about one of them
        return thing

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_step(self) -> bool:
        return self.kind == RemarkKind.STEP
