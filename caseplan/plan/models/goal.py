"""What the client, or a body, wants to reach."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Party
from common.history import History
from common.row_acts import RowActs
from records.fields import Declared, Told
from records.models import MayComeOnPaper, Revised


class GoalKind(models.TextChoices):
    CLIENT = "client", _("The client's own goal")
    JOINT = "joint", _("Joint goal")
    BODY = "body", _("Goal of one body")


class Goal(MayComeOnPaper, Revised):  # type: ignore[misc]  # two abstract ones of one root
    """A goal. The client's own stands in the client's words and only the client edits it."""

    kind = models.CharField(max_length=10, choices=GoalKind)
    text = models.TextField(_("Goal"))
    reason = models.CharField(
        _("Why it was changed, dropped or taken up again"),
        max_length=300,
        blank=True,
        db_default="",
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = History()

    acts: RowActs | None = None
    """Of one just read: what the reader may do with it where it stands."""

    declared = Declared(
        _("Goal"),
        text=Told(version=True, summary=True),
        kind=Told(_("Whose goal"), version=True),
        reason=Told(),
        dropped_at=Told(_("Dropped")),
        dropped_by=Told(_("Dropped by"), history=False),  # who wrote it heads the writing
    )

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
