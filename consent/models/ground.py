"""The dated ground table, and the text a client reads before deciding."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from common.bodies import Receiver
from common.history import History
from common.ids import new_id
from consent.models.category import Category, Fact
from people.models import Language, Network

if TYPE_CHECKING:
    from consent.models.ground_decision import GroundDecision


class Basis(models.TextChoices):
    """Why a body sees a category."""

    STATUTE = "statute", _("The law")
    CONSENT = "consent", _("The client's consent")


class Ground(models.Model):
    """One row of the ground table: this receiver gets this category on this ground, in these days.

    ``valid_from`` and ``valid_to`` are both inclusive days. A row without ``network`` is
    national; a network's own row comes beside it (its own decision). A row counts only once
    two data-protection officers have signed it (:class:`GroundDecision`): consent, or a network's
    decision, does not widen a closed list by itself. Signed, it stands still but for its last
    day; unsigned, it is a draft. Outside parties receive by consent only, on the same rows
    everywhere; the home municipality is told facts from before a case by law only, and never here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="grounds"
    )
    category = models.CharField(max_length=30)
    receiver = models.CharField(max_length=20, choices=Receiver)
    basis = models.CharField(max_length=10, choices=Basis)
    section = models.CharField(max_length=100)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)

    history = History()

    is_suspended: bool = False
    """Of a row read as it holds on a day: whether it is out of force then."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(category__in=[*Category.values, *Fact.values]),
                name="ground_category_is_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="ground_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="")
                | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="ground_signed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(receiver=Receiver.OUTSIDE)
                | Q(basis=Basis.CONSENT, category__in=Category.values, network__isnull=True),
                name="ground_outside_by_consent_only",
            ),
            models.CheckConstraint(
                condition=~Q(receiver=Receiver.MUNICIPALITY)
                | Q(basis=Basis.STATUTE, category__in=Fact.values, network__isnull=True),
                name="ground_municipality_by_law_only",
            ),
            ExclusionConstraint(
                name="ground_one_at_a_time",
                condition=Q(signed_at__isnull=False),
                expressions=[
                    ("category", RangeOperators.EQUAL),
                    ("receiver", RangeOperators.EQUAL),
                    (
                        Func(
                            F("network"),
                            Value("00000000-0000-0000-0000-000000000000"),
                            function="COALESCE",
                            template="%(function)s(%(expressions)s::uuid)",
                            output_field=models.UUIDField(),
                        ),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def category_label(self) -> str:
        if self.category in Category.values:
            return str(Category(self.category).label)
        return str(Fact(self.category).label)

    def state_on(self, day: date) -> str:
        """``draft``, ``to_come``, ``in_force``, ``suspended`` or ``ended`` on a day."""
        if not self.is_signed:
            return "draft"
        if self.valid_from > day:
            return "to_come"
        if self.valid_to is not None and self.valid_to < day:
            return "ended"
        return "suspended" if self.suspended_on(day) else "in_force"

    def waiting_decision(self) -> GroundDecision | None:
        """What one officer has begun and another one is to confirm."""
        return next(
            (
                decision
                for decision in self.decisions.all()
                if decision.confirmed_at is None and decision.set_aside_at is None
            ),
            None,
        )

    def suspended_on(self, day: date) -> bool:
        """Whether an officer has taken the row out of force for the day."""
        return any(suspension.stands_on(day) for suspension in self.suspensions.all())


class PolicyText(models.Model):
    """What a client reads before deciding: one numbered version in one language, never changed."""

    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language)
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "language"], name="policy_text_once"),
            models.CheckConstraint(condition=~Q(text=""), name="policy_text_says_something"),
        ]
