"""Categories, the dated ground table, grants, and what a row of client information carries."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Body, Party
from common.history import History
from common.ids import new_id
from people.models import Network


class Category(models.TextChoices):
    """The closed list of Act 381/2023 s. 11 (1369/2014 s. 9), and what is beyond it."""

    IDENTITY_CONTACT = "identity_contact", _("Name and contact details")
    CASE_HANDLING = "case_handling", _("How the case is handled")
    EDUCATION_WORK = "education_work", _("Education and work")
    SOCIAL_SITUATION = "social_situation", _("Social situation")
    HEALTH_WORK_ABILITY = "health_work_ability", _("Health and work ability")
    SERVICE_NEEDS = "service_needs", _("Need for services")
    PLAN_FOLLOW_UP = "plan_follow_up", _("Plan and its follow-up")
    SELF_ASSESSMENT = "self_assessment", _("Own assessments")


class Fact(models.TextChoices):
    """Register facts a body may know before a case (handbook, "Before a case")."""

    UNEMPLOYMENT_SPELLS = "unemployment_spells", _("Unemployment spells")
    PAID_DAY_COUNTS = "paid_day_counts", _("Number of paid days")
    BENEFITS_DETAIL = "benefits_detail", _("Benefit periods")


class Basis(models.TextChoices):
    """Why a body sees a category."""

    STATUTE = "statute", _("The law")
    CONSENT = "consent", _("The client's consent")


class Ground(models.Model):
    """One row of the ground table: this body receives this category on this ground, in these days.

    ``valid_from`` and ``valid_to`` are both inclusive days. A row without ``network`` is
    national; a network's own row comes beside it (its own decision). A row counts only once
    the data-protection officer has signed it: consent, or a network's decision, does not widen
    a closed list by itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="grounds"
    )
    category = models.CharField(max_length=30)
    receiving_body = models.CharField(max_length=20, choices=Body)
    basis = models.CharField(max_length=10, choices=Basis)
    section = models.CharField(max_length=100)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)

    history = History()

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
            ExclusionConstraint(
                name="ground_one_at_a_time",
                expressions=[
                    ("category", RangeOperators.EQUAL),
                    ("receiving_body", RangeOperators.EQUAL),
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


class Grant(models.Model):
    """The client lets one body see one category of one case, until it is revoked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    category = models.CharField(max_length=30, choices=Category)
    receiving_body = models.CharField(max_length=20, choices=Body)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "category", "receiving_body"],
                condition=Q(revoked_at__isnull=True),
                name="grant_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="grant_revoked_at_and_by_together",
            ),
        ]


class ClientInformation(models.Model):
    """What every row of client information carries, so that the gate can judge it in SQL.

    Whoever recorded a row answers for it (Act 1369/2014 s. 9 last para.) and keeps seeing it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ss")
    category = models.CharField(
        _("What it concerns"),
        max_length=30,
        choices=Category,
        default=Category.PLAN_FOLLOW_UP,
    )
    recorded_for = models.CharField(max_length=20, choices=Party)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
