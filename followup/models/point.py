"""Follow-up points after the end: when somebody asks, and what each source answered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Party
from common.ids import new_id
from consent.models import Category, ClientInformation
from records.fields import Declared, Told


class Situation(models.TextChoices):
    """How things are at a point: the classes a training workshop asks at three months.

    Report 2020:40, Vaikuttavuuden arviointi 2.1; "something else" is our own.
    """

    CONTRACT = "contract", _("A work contract of at least 6 months")
    DEGREE = "degree", _("Studies for a degree")
    OTHER_SERVICE = "other_service", _("Another service")
    UNEMPLOYED = "unemployed", _("Unemployed")
    OTHER = "other", _("Something else")


class Source(models.TextChoices):
    CLIENT = "client", _("The client")
    WORKER = "worker", _("The worker who asked")


class FollowUpPoint(models.Model):
    """``months`` whole months after the end somebody asks how things are; made by the night.

    An ending that was a mistake takes its unanswered points along; what was answered stays.
    ``asker`` was named when the case ended. It is asked on ``due_on`` and answered to
    ``open_until``, both inclusive; without an answer it stays without one: nothing is guessed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="points")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    open_until = models.DateField()
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "months", "due_on"], name="point_once_an_ending"
            ),
            models.CheckConstraint(
                condition=Q(open_until__gte=F("due_on")), name="point_open_after_it_is_due"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="point_due")]


class PointAnswer(ClientInformation):
    """What the client or the worker says of one point; where they differ, both stand.

    ``wants_contact``: the client asks to be called, and whoever asks is called until they have
    been in touch (``handled_at``). ``comment`` are a worker's own. What the
    registers say of the day is read from them, never copied here.
    """

    point = models.ForeignKey(FollowUpPoint, on_delete=models.CASCADE, related_name="answers")
    source = models.CharField(max_length=10, choices=Source)
    situation = models.CharField(_("How things are now"), max_length=20, choices=Situation)
    wants_contact = models.BooleanField(_("Wants to be contacted"), default=False)
    comment = models.TextField(_("In a few words"), blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    declared = Declared(
        _("How things were afterwards"),
        point=Told(_("When somebody asks how things are")),
        source=Told(_("Who said it")),
        situation=Told(),
        wants_contact=Told(),
        comment=Told(),
        handled_at=Told(_("Somebody was in touch")),
        handled_by=Told(_("Who")),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "source"], name="point_answer_once_a_source"),
            models.CheckConstraint(
                condition=Q(category=Category.PLAN_FOLLOW_UP), name="point_answer_is_of_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(source=Source.CLIENT, recorded_for=Party.CLIENT)
                | (~Q(source=Source.CLIENT) & ~Q(recorded_for=Party.CLIENT)),
                name="point_answer_source_fits_party",
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True)
                | Q(handled_at__isnull=False, handled_by__isnull=False, wants_contact=True),
                name="point_answer_handled_at_and_by_together",
            ),
        ]

    @property
    def title(self) -> str:
        return str(self.get_situation_display())

    @property
    def calls(self) -> bool:
        """Whether the client asked somebody to be in touch, and nobody has been."""
        return self.wants_contact and self.handled_at is None
