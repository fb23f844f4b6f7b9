"""The living content of a joint plan: what it says today, before and between agreements."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caseplan.catalogue import ServiceType
from cases.models import Case
from common.bodies import Body, Party
from common.history import History
from records.models import Revised


class JointPlan(Revised):
    """The one joint plan of a case (Act 381/2023 s. 4-5; 1369/2014 s. 4).

    Kela takes part when its rehabilitation is needed; employment and social services always.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="plan")
    kela_participates = models.BooleanField(default=False)
    strengths = models.TextField(_("What I can do"), blank=True)
    job_search_duty = models.TextField(_("Job search agreed on"), blank=True)
    follow_up = models.TextField(_("How the plan is followed"), blank=True)

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="plan_revision_counts_up"),
        ]

    @property
    def title(self) -> str:
        return gettext("The plan as a whole")

    @property
    def participating_parties(self) -> list[Party]:
        """Whose acceptance brings a version into force: the client and each participating body."""
        bodies = [Party.EMPLOYMENT, Party.SOCIAL]
        return [Party.CLIENT, *bodies, *([Party.KELA] if self.kela_participates else [])]


class GoalKind(models.TextChoices):
    CLIENT = "client", _("The client's own goal")
    JOINT = "joint", _("Joint goal")
    BODY = "body", _("Goal of one body")


class Goal(Revised):
    """A goal. The client's own stands in the client's words and only the client edits it."""

    kind = models.CharField(max_length=10, choices=GoalKind)
    text = models.TextField(_("Goal"))
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=GoalKind.CLIENT, recorded_for=Party.CLIENT)
                | (Q(kind__in=[GoalKind.JOINT, GoalKind.BODY]) & ~Q(recorded_for=Party.CLIENT)),
                name="goal_own_words_are_the_clients",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="goal_says_something"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="goal_dropped_at_and_by_together",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text


class ActionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Action(Revised):
    """One step towards a goal: always with a party, a named person and a due day.

    ``due_on`` is the last day the action is in time. ``waiting_for``: whose move it waits for.
    ``repeats_weeks``: done, it comes again so many weeks after its day.
    """

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
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = History()

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


class Participation(models.TextChoices):
    """How the client took part in a service."""

    AS_PLANNED = "as_planned", _("Took part as planned")
    PARTLY = "partly", _("Took part in some of it")
    INTERRUPTED = "interrupted", _("Broke off")
    NEVER_BEGAN = "never_began", _("Never began")


class MeasureResult(models.TextChoices):
    """What a service led to, as its body sees it. What is not known is left empty."""

    REACHED = "reached", _("What was aimed at was reached")
    PARTLY = "partly", _("Some of it was reached")
    NOT_REACHED = "not_reached", _("It was not reached")


class Measure(Revised):
    """A service one body arranges as part of the plan (report L6149-6152: what was done).

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
        _("What came of it"), max_length=20, choices=MeasureResult, blank=True, db_default=""
    )
    result_words = models.TextField(_("In words"), blank=True, db_default="")

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="measure_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("began_on")),
                name="measure_finished_after_it_began",
            ),
            models.CheckConstraint(
                condition=~Q(participation=Participation.NEVER_BEGAN)
                | Q(began_on__isnull=True, finished_on__isnull=True),
                name="measure_never_began_has_no_days",
            ),
            models.CheckConstraint(
                condition=Q(result="")
                | Q(finished_on__isnull=False)
                | Q(participation=Participation.NEVER_BEGAN),
                name="measure_result_once_it_is_over",
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
