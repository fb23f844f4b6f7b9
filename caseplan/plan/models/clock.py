"""Statutory clocks that were paused or extended: only with a reason, and never silently."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.models import Category, ClientInformation
from records.fields import Declared, LeftOut, Told


class ClockKind(models.TextChoices):
    """The clocks that can be moved. Retention and the answer to a data request cannot."""

    PLAN = "plan_due", _("The plan is made")
    REVIEW = "review_due", _("The plan is reviewed")
    REVIEW_ASKED = "review_asked", _("A review the client asked for")


class ClockChange(ClientInformation):
    """One clock of a case stands still from ``from_on`` to ``to_on``, both inclusive.

    The due day moves by as many days; an extension is a pause that is known beforehand. The law
    knows none of this: the day the law says is shown beside the moved one, with ``why``.
    ``subject_id``: the case, the version or the request whose clock it is.
    """

    kind = models.CharField(_("Which deadline"), max_length=20, choices=ClockKind)
    subject_id = models.UUIDField()
    from_on = models.DateField(_("From"))
    to_on = models.DateField(_("To"))
    why = models.TextField(_("Why"))

    declared = Declared(
        _("A deadline that was moved"),
        kind=Told(),
        from_on=Told(),
        to_on=Told(),
        why=Told(),
        subject_id=LeftOut("the case, version or request, which is told as itself"),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="clock_change_says_why"),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="clock_change_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(category=Category.PLAN_FOLLOW_UP), name="clock_change_is_of_the_plan"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject_id"], name="clock_change_subject")
        ]

    @property
    def title(self) -> str:
        return self.why

    @property
    def days(self) -> int:
        """How many days the due day moves."""
        return (self.to_on - self.from_on).days + 1
