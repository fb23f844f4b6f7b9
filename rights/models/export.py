"""Lists of several clients that were taken out as files."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.ids import new_id
from consent.models import Category, Fact


class ExportKind(models.TextChoices):
    """A list of more than one client that can be taken out as a file."""

    CASES = "cases", _("List of cases")
    TRIGGERS = "triggers", _("List of triggers")
    COMMITMENTS = "commitments", _("Commitments")


class ExportReason(models.TextChoices):
    """Why a list was taken out: a code, so that no client need be named."""

    MY_WORK = "my_work", _("To plan my own work")
    MEETING = "meeting", _("For a meeting of those who work on these cases")
    HANDOVER = "handover", _("To divide the work while somebody is away")
    REPORT = "report", _("For a report or statistics")
    OTHER = "other", _("For something else")


class Export(models.Model):
    """A list of clients was taken out as a file: who, when, why, of how many, which kinds.

    Names nobody in it: each client's own log says that they were. Never changed or removed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=ExportKind)
    reason = models.CharField(max_length=20, choices=ExportReason)
    comment = models.CharField(max_length=300, blank=True)
    people = models.PositiveIntegerField()
    categories = ArrayField(models.CharField(max_length=30), default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    body = models.CharField(max_length=20, choices=Body, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=ExportReason.OTHER) | ~Q(comment=""),
                name="export_says_what_else_for",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-made_at"], name="export_by_time")]

    @property
    def category_labels(self) -> list[str]:
        """The kinds of information in it, as words."""
        known = {**dict(Category.choices), **dict(Fact.choices)}
        return [str(known.get(code, code)) for code in self.categories]
