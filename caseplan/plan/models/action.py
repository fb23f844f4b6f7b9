"""What somebody does, and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.goal import Goal
from common.bodies import Party
from common.history import History
from common.row_acts import RowActs
from records.fields import Declared, LeftOut, Told
from records.models import Revised

if TYPE_CHECKING:
    from caseplan.plan.models.more_time import MoreTime


class ActionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Action(Revised):
    """One step towards a goal: always with a party, a named person and a due day.

    ``due_on`` is the last day the action is in time. ``waiting_for``: whose move it waits for.
    ``repeats_weeks``: done, it comes again so many weeks after its day. ``first_id``: of one that
    came again, the first of them all: what the client decided about that one holds for it too.
    """

    document_field: ClassVar[str] = "document_id"

    OPEN_STATES: ClassVar = [ActionState.PLANNED, ActionState.IN_PROGRESS, ActionState.WAITING]

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField(_("What is done"))
    owner_party = models.CharField(_("Whose task"), max_length=20, choices=Party)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_actions",
    )
    due_on = models.DateField(_("By when"))
    state = models.CharField(max_length=20, choices=ActionState, default=ActionState.PLANNED)
    state_reason = models.CharField(_("Reason"), max_length=300, blank=True)
    waiting_for = models.CharField(
        _("Waits for"), max_length=20, choices=Party, blank=True, db_default=""
    )
    repeats_weeks = models.PositiveSmallIntegerField(
        _("Comes again after, weeks"), null=True, blank=True
    )
    first_id = models.UUIDField(null=True, blank=True)
    document_id = models.GeneratedField(
        expression=Coalesce("first_id", "id"), output_field=models.UUIDField(), db_persist=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = History(excluded_fields=["first_id", "document_id"])

    client_no: UUID | None = None
    """Of one just read: the id of the client's "no" that stands against it, where it was asked."""

    more_time: MoreTime | None = None
    """Of one just read: what the client asked of its day and nobody has answered yet."""

    acts: RowActs | None = None
    """Of one just read: what the reader may do with it in its row."""

    declared = Declared(
        _("Action"),
        text=Told(version=True, summary=True),
        goal=Told(_("Goal"), history=False),  # judged by a category of its own
        owner_party=Told(version=True, summary=True),
        owner=Told(_("Who does it"), version=True, summary=True),
        due_on=Told(version=True, summary=True),
        state=Told(_("State"), version=True, summary=True),
        state_reason=Told(),
        waiting_for=Told(),
        repeats_weeks=Told(version=True),
        closed_at=Told(_("Closed"), history=False),  # the state says it, and heads say by whom
        closed_by=Told(_("Closed by"), history=False),
        first_id=LeftOut("the one it comes again after, which is told as itself"),
        document_id=LeftOut("by what the client shares it alone: the first of those that repeat"),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner_party=Party.CLIENT) | Q(owner__isnull=False),
                name="action_of_a_body_names_its_person",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="action_says_something"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ActionState.PLANNED, ActionState.IN_PROGRESS, ActionState.WAITING],
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                )
                | Q(
                    state__in=[ActionState.DONE, ActionState.DROPPED],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
                name="action_closed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActionState.DROPPED) | ~Q(state_reason=""),
                name="action_dropped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ActionState.WAITING) & ~Q(waiting_for="")
                | ~Q(state=ActionState.WAITING) & Q(waiting_for=""),
                name="action_waiting_says_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(repeats_weeks__isnull=True)
                | Q(repeats_weeks__gte=1, repeats_weeks__lte=52),
                name="action_repeats_within_a_year",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=Q(
                    state__in=[ActionState.PLANNED, ActionState.IN_PROGRESS, ActionState.WAITING]
                ),
                name="action_open_by_due",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def owner_name(self) -> str:
        """The named person whose task it is; for the client's own tasks, the word "Client"."""
        return self.owner.full_name if self.owner else str(Party.CLIENT.label)

    @property
    def owner_body(self) -> str:
        """The code of the body whose task it is; empty for the client's own tasks."""
        return "" if self.owner_party == Party.CLIENT else self.owner_party

    def is_overdue(self, today: date) -> bool:
        """Open, and its due day has passed."""
        return self.is_open and self.due_on < today
