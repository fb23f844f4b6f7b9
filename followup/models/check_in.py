"""The client's own light answer to "How is it going?"."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Party
from consent.models import Category
from records.fields import Declared, Told
from records.models import MayComeOnPaper


class Feeling(models.TextChoices):
    WELL = "well", _("It goes well")
    SLOWLY = "slowly", _("It goes forward, slowly")
    STUCK = "stuck", _("I am stuck")
    HELP = "help", _("I need help soon")

    @property
    def asks_for_contact(self) -> bool:
        return self in (Feeling.STUCK, Feeling.HELP)


class CheckIn(MayComeOnPaper):
    """One answer. "Stuck" and "help" wait for a worker until one has been in touch."""

    feeling = models.CharField(_("How is it going?"), max_length=10, choices=Feeling)
    comment = models.TextField(_("In your words"), blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    declared = Declared(
        _("How is it going?"),
        feeling=Told(),
        comment=Told(),
        handled_at=Told(_("Somebody was in touch")),
        handled_by=Told(_("Who")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(recorded_for=Party.CLIENT), name="check_in_is_the_clients"
            ),
            models.CheckConstraint(
                condition=Q(category=Category.PLAN_FOLLOW_UP), name="check_in_is_of_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="check_in_handled_at_and_by_together",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-recorded_at"], name="check_in_newest"),
        ]

    @property
    def calls(self) -> bool:
        """Whether the client asked somebody to be in touch, and nobody has been."""
        return self.handled_at is None and Feeling(self.feeling).asks_for_contact

    @property
    def title(self) -> str:
        return self.comment or str(self.get_feeling_display())
