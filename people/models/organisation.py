"""Networks, municipalities, offices, and who works in them as what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.ids import new_id
from people.models.users import User


class Network(models.Model):
    """Municipalities and the three bodies that serve them together (Act 381/2023 s. 9)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality; belongs to at most one network of this installation."""

    code = models.CharField(primary_key=True, max_length=3)
    name_fi = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="municipalities"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{3}$"), name="municipality_code_is_three_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi


class Office(models.Model):
    """An office of one body in one network: what a team or a log can name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="offices")
    body = models.CharField(max_length=20, choices=Body)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "body", "name"], name="office_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    DIRECTOR = "director", _("Director of the joint service")
    OFFICER = "officer", _("Data-protection officer")
    OUTSIDE = "outside", _("Outside party")


class Position(models.Model):
    """What a user works as, from ``since`` to before ``until``; one at a time.

    A caseworker sits in an office (and so in a body and a network); the director has a
    network and no office, having no line authority over the bodies (report 2020:40, Toimeenpano
    3.4.1). The data-protection officer answers for the whole installation and has neither, like
    somebody outside the three bodies, who sees only what a client has opened to them.

    Both moments may lie ahead. Who leads an office from another day on has another row from then.
    ``begun_by``, ``confirmed_by``, ``ended_by``: who said so; empty where the installation did.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20, choices=Role)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    leads = models.BooleanField(_("Leads the office"), default=False, db_default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(leads=False) | Q(role=Role.CASEWORKER), name="position_leads_an_office"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.DIRECTOR, network__isnull=False, office__isnull=True)
                | Q(role=Role.CASEWORKER, network__isnull=False, office__isnull=False)
                | Q(
                    role__in=[Role.OFFICER, Role.OUTSIDE],
                    network__isnull=True,
                    office__isnull=True,
                ),
                name="position_office_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="position_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(begun_by__isnull=True) | ~Q(begun_by=F("user")))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user"))),
                name="position_not_begun_by_oneself",
            ),
            ExclusionConstraint(
                name="position_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
