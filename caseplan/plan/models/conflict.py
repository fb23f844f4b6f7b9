"""The client's "no", and the notes by which the bodies settle what contradicts.

Clients get contradictory messages (report 2020:40, Palveluintegraatio 3.3.3).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.action import Action
from caseplan.plan.models.planned_service import PlannedService
from common.bodies import Party
from consent.models import ClientInformation
from records.fields import Declared, LeftOut, Told
from records.models import MayComeOnPaper


class Objection(MayComeOnPaper):
    """The client does not want an action or a service, in their own words; they may take it back.

    It carries the category of what it is about: whoever sees the thing may see the "no".
    """

    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="objections"
    )
    planned_service = models.ForeignKey(
        PlannedService, null=True, blank=True, on_delete=models.CASCADE, related_name="objections"
    )
    statement = models.TextField(_("In your words"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        _("The client does not want this"),
        action=Told(_("Action")),
        planned_service=Told(_("Service")),
        statement=Told(),
        withdrawn_at=Told(_("Taken back")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, planned_service__isnull=True)
                | Q(action__isnull=True, planned_service__isnull=False),
                name="objection_to_one_thing",
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="objection_says_something"),
            models.CheckConstraint(
                condition=Q(recorded_for=Party.CLIENT), name="objection_is_the_clients"
            ),
            models.UniqueConstraint(
                fields=["action", "planned_service"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="objection_stands_once",
            ),
        ]

    @property
    def title(self) -> str:
        return self.statement

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class ConflictKind(models.TextChoices):
    SAME_SERVICE = "same_service", _("The same service from two bodies")
    WORK_ABILITY = "work_ability", _("Work ability rated differently")
    CLIENT_NO = "client_no", _("The client does not want this")


class ConflictNote(ClientInformation):
    """How two things that contradict were settled, for everybody who sees both.

    It holds while both stand as they stood: ``revisions`` are those of ``subjects`` (their ids,
    sorted) when the note was written. One thing changed, and the question is open again.
    """

    kind = models.CharField(max_length=20, choices=ConflictKind)
    subjects = ArrayField(models.UUIDField())
    revisions = ArrayField(models.PositiveIntegerField())
    note = models.TextField(_("What was agreed"))

    declared = Declared(
        _("How a conflict was settled"),
        kind=Told(_("What the conflict was")),
        note=Told(),
        subjects=LeftOut("the two things that contradicted, which are told as themselves"),
        revisions=LeftOut("counts the edits of the two, which are told one by one"),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind", "subjects", "revisions"], name="conflict_settled_once"
            ),
            models.CheckConstraint(
                condition=Q(subjects__len=2, revisions__len=2), name="conflict_between_two"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="conflict_note_says_something"),
            models.CheckConstraint(
                condition=~Q(recorded_for=Party.CLIENT), name="conflict_settled_by_a_body"
            ),
        ]

    @property
    def title(self) -> str:
        return self.note
