"""Numbered versions of the plan, frozen when proposed, and what each party answered.

A version's life: proposed -> in force -> replaced, or proposed -> set aside (a party
disagreed and a newer version was proposed). The content of a version is its items, one row
each with its own category, so that the gate judges a version as it judges the living plan.
The database refuses any change of a version's content
(``migrations/0002_versions_stand_still.sql``).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.action import Action
from caseplan.plan.models.goal import Goal
from caseplan.plan.models.plan import JointPlan
from caseplan.plan.models.planned_service import PlannedService
from cases.models import Case
from common.bodies import Party
from common.ids import new_id
from common.spoken_for import Speaking, SpokenFor
from consent.models import ClientInformation
from records.fields import Declared, LeftOut, Told
from records.models import MayComeOnPaper


class PlanVersion(models.Model):
    """One numbered proposal of a case's plan and, once all parties have accepted it, the plan.

    ``parties`` are those whose acceptance brings it into force, as they stood when it was
    proposed (Decree 1377/2014 s. 1). ``review_due_on`` follows from the law of the day it
    came into force and is kept with ``review_section``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField()
    parties = ArrayField(models.CharField(max_length=20, choices=Party))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    in_force_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.TextField(_("How a disagreement was settled"), blank=True, db_default="")
    review_due_on = models.DateField(null=True, blank=True)
    review_section = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="version_numbered_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(in_force_at__isnull=False, replaced_at__isnull=True),
                name="version_one_in_force_per_case",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(in_force_at__isnull=True, set_aside_at__isnull=True),
                name="version_one_open_proposal_per_case",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="version_in_force_or_set_aside",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(in_force_at__isnull=False),
                name="version_replaced_after_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True, review_due_on__isnull=True)
                | Q(in_force_at__isnull=False, review_due_on__isnull=False),
                name="version_in_force_has_review",
            ),
            models.CheckConstraint(
                condition=Q(settled_by="") | Q(set_aside_at__isnull=False),
                name="version_settled_is_set_aside",
            ),
        ]

    @property
    def is_in_force(self) -> bool:
        return self.in_force_at is not None and self.replaced_at is None

    @property
    def is_open_proposal(self) -> bool:
        return self.in_force_at is None and self.set_aside_at is None


class VersionItem(ClientInformation):
    """One frozen part of a version: what it was, in the words it had when it was proposed.

    Sharing one thing shares it here too: it is known by the thing it was frozen from, and where
    that comes again and again, by the first of them (``first_id``).
    """

    document_field: ClassVar[str] = "document_id"

    class Kind(models.TextChoices):
        PLAN = "plan", _("The plan as a whole")
        GOAL = "goal", _("Goal")
        ACTION = "action", _("Action")
        SERVICE = "service", _("Service")

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind)
    source_id = models.UUIDField()
    first_id = models.UUIDField(null=True, blank=True)
    document_id = models.GeneratedField(
        expression=Coalesce("first_id", "source_id"),
        output_field=models.UUIDField(),
        db_persist=True,
    )
    goal_id = models.UUIDField(null=True, blank=True)
    position = models.PositiveIntegerField()
    content = models.JSONField()

    declared = Declared(
        _("Part of a version of the plan"),
        version=Told(_("Version of the plan")),
        kind=Told(_("Part")),
        content=Told(_("What it said")),
        goal_id=Told(_("Goal")),
        source_id=LeftOut("the thing it was made from, which is told as itself"),
        first_id=LeftOut("the first of an action that repeats, which is told as itself"),
        document_id=LeftOut("by what the client shares it alone: the thing it was made from"),
        position=LeftOut("the order on the page"),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "kind", "source_id"], name="version_item_once"
            ),
        ]

    @property
    def source_model(self) -> type[ClientInformation]:
        """The model of the thing it was frozen from; its declaration says what the content is."""
        return SOURCES[VersionItem.Kind(self.kind)]

    @property
    def title(self) -> str:
        return str(self.content.get("text") or self.content.get("name") or self.get_kind_display())


#: What a version freezes: of each model the fields declared with ``version=True``.
SOURCES: dict[VersionItem.Kind, type[ClientInformation]] = {
    VersionItem.Kind.PLAN: JointPlan,
    VersionItem.Kind.GOAL: Goal,
    VersionItem.Kind.ACTION: Action,
    VersionItem.Kind.SERVICE: PlannedService,
}


class Reply(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DISAGREES = "disagrees", _("Disagrees")


class How(models.TextChoices):
    """How an answer was given (Decree 1377/2014 s. 1: by signature or electronically)."""

    ELECTRONIC = "electronic", _("In this service")
    PAPER = "paper", _("Signed on paper")
    SPOKEN = "spoken", _("Said to a worker, who wrote it down")


class Answer(ClientInformation):
    """What one party answered to one version: accepted, or disagrees and says with what.

    ``paper`` tells where a signed paper is kept. What is only spoken can disagree, never accept.
    ``after_paper``: the client's yes that took the place of their no, which is kept beside it.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="answers")
    party = models.CharField(max_length=20, choices=Party)
    reply = models.CharField(max_length=10, choices=Reply)
    comment = models.TextField(blank=True)
    how = models.CharField(
        max_length=12, choices=How, default=How.ELECTRONIC, db_default=How.ELECTRONIC
    )
    paper = models.CharField(
        _("Where the signed paper is kept"), max_length=200, blank=True, db_default=""
    )
    after_paper = models.OneToOneField(
        "SignedPaper", null=True, blank=True, on_delete=models.PROTECT, related_name="answer"
    )

    declared = Declared(
        _("Answer to a version of the plan"),
        version=Told(_("Version of the plan")),
        party=Told(_("Who answered")),
        reply=Told(_("Answer")),
        comment=Told(_("In their words")),
        how=Told(_("How it was given")),
        paper=Told(),
        after_paper=LeftOut("the paper, which is told as itself"),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "party"],
                condition=Q(after_paper__isnull=True),
                name="answer_once_a_party",
            ),
            models.CheckConstraint(
                condition=Q(how=How.PAPER) & ~Q(paper="") | ~Q(how=How.PAPER) & Q(paper=""),
                name="answer_on_paper_says_where",
            ),
            models.CheckConstraint(
                condition=~Q(how=How.SPOKEN) | Q(reply=Reply.DISAGREES),
                name="answer_spoken_never_accepts",
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.ACCEPTED) | ~Q(comment=""),
                name="answer_disagreement_says_with_what",
            ),
        ]

    @property
    def spoken_for(self) -> SpokenFor | None:
        """The worker who wrote the client's answer down, from paper or from what was said."""
        if self.how == How.ELECTRONIC:
            return None
        how = Speaking.FROM_PAPER if self.how == How.PAPER else Speaking.IN_PLACE
        return SpokenFor(self.recorded_by.full_name, how)

    @property
    def title(self) -> str:
        return self.comment or self.get_reply_display()


class ReviewState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    AGREED = "agreed", _("The plan is reviewed")
    REFUSED = "refused", _("Not reviewed now")


class ReviewRequest(MayComeOnPaper):
    """The client asks for the plan to be reviewed (Act 381/2023 s. 6; 1369/2014 s. 4).

    It is reviewed unless that is obviously unnecessary; a refusal says why.
    """

    reason = models.TextField(_("Why"), blank=True)
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(_("Answer"), blank=True)

    declared = Declared(
        _("Request to review the plan"),
        reason=Told(),
        state=Told(_("State")),
        answered_at=Told(_("Answered")),
        answered_by=Told(_("Answered by")),
        answer=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=ReviewState.OPEN),
                name="review_request_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReviewState.OPEN, answered_at__isnull=True, answered_by__isnull=True
                )
                | (
                    ~Q(state=ReviewState.OPEN)
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="review_request_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.REFUSED) | ~Q(answer=""),
                name="review_request_refused_with_a_reason",
            ),
        ]

    @property
    def title(self) -> str:
        return self.reason or gettext("Request to review the plan")

    @property
    def is_open(self) -> bool:
        return self.state == ReviewState.OPEN
