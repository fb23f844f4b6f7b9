"""How it has gone, at a milestone: told by the client, and kept apart from them and the case."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.ids import new_id
from people.models import Office

LOWEST, HIGHEST = 1, 5
QUESTIONS = {
    "heard": _("I was heard"),
    "respected": _("I was met with respect"),
    "helped": _("I got help with what I needed"),
    "coordinated": _("My workers worked together"),
}
"""What is asked; each may be left out."""


class Milestone(models.TextChoices):
    PLAN = "plan", _("A plan has been agreed")
    REVIEW = "review", _("A plan has been reviewed")
    END = "end", _("The joint service has ended")


class FeedbackInvite(models.Model):
    """The client may tell how it has gone; one at a time, gone once they have told or will not.

    ``office``: the case manager's, whose work is told of. Whether they told is written nowhere:
    the invite goes alike (docs/adr/0044-feedback-apart-from-the-case.md).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="feedback_invite")
    milestone = models.CharField(max_length=10, choices=Milestone)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField()


def _rating(name: str) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(
        QUESTIONS[name],
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
    )


class FeedbackAnswer(models.Model):
    """What somebody told of an office in half a year: no person, no case, no day, no words.

    Its key tells no time either. ``half``: the first day of the half-year. From 1, not at all, to
    5, fully; None: left out.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    half = models.DateField()
    heard = _rating("heard")
    respected = _rating("respected")
    helped = _rating("helped")
    coordinated = _rating("coordinated")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(half__month__in=[1, 7], half__day=1), name="feedback_of_a_half_year"
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(QUESTIONS)), name="feedback_answers_something"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None})
                    | Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST}),
                    name=f"feedback_{name}_from_one_to_five",
                )
                for name in QUESTIONS
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["half", "office"], name="feedback_by_half")]


def half_of(day: date) -> date:
    """The first day of the half-year of a day."""
    return date(day.year, 1 if day.month < 7 else 7, 1)
