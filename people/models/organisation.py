"""Networks, municipalities, offices, and who works in them as what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.ids import new_id
from people.models.users import User


class Network(models.Model):
    """Municipalities and the three bodies that serve them together (Act 381/2023 s. 9).

    ``ends_on``: the first day on which it is no more, once that is decided.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality by its three-digit code, which a register gives as where somebody lives.

    Which network it is of on a day: ``people.selectors.towns_on``. ``merged_into`` from the day
    ``merged_on`` on: whoever the register still places here lives there.
    """

    code = models.CharField(primary_key=True, max_length=3)
    name_fi = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{3}$"), name="municipality_code_is_three_digits"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | (
                    Q(merged_into__isnull=False, merged_on__isnull=False)
                    & ~Q(merged_into=F("code"))
                ),
                name="municipality_merged_into_another_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi


class NetworkMunicipality(models.Model):
    """A municipality is of a network from ``since`` to before ``until``; of one a day at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="towns")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="networks"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="network_town_ends_after_start",
            ),
            ExclusionConstraint(
                name="network_town_one_network_a_day",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            RangeBoundary(),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class Office(models.Model):
    """An office of one body in one network: what a team or a log can name.

    ``closes_on``: the first day on which nobody works there any more, once that is decided; the
    database lets nobody work there from then on. ``merged_into``: where its staff went.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="offices")
    body = models.CharField(max_length=20, choices=Body)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "body", "name"], name="office_named_once"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(closes_on__isnull=False) & ~Q(merged_into=F("id"))),
                name="office_merged_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerOfficeName(models.Model):
    """What an office was called, and its phone, before ``changed_at``; the log has its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class Role(models.TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    DIRECTOR = "director", _("Director of the joint service")
    DEPUTY = "deputy", _("Deputy of the director")
    STEERING = "steering", _("Member of the steering group")
    NATIONAL = "national", _("Reader of national figures")
    KEEPER = "keeper", _("Keeper of the organisation")
    OFFICER = "officer", _("Data-protection officer")
    GRANTER = "granter", _("Granter for the state's centre")
    OUTSIDE = "outside", _("Outside party")


OF_A_NETWORK = (Role.DIRECTOR, Role.DEPUTY, Role.STEERING)
"""Roles in a network and no office, for a term at most (Decree 388/2024 s. 1, 4)."""
OF_NO_NETWORK = (Role.OFFICER, Role.OUTSIDE, Role.KEEPER, Role.NATIONAL, Role.GRANTER)


class Position(models.Model):
    """What a user works as, from ``since`` to before ``until``; one at a time.

    A caseworker sits in an office (and so in a body and a network); the director and their deputy
    have a network and no office, having no line authority over the bodies (report 2020:40,
    Toimeenpano 3.4.1), like a member of the steering group, who reads the network's figures. The
    data-protection officer answers for the whole installation and has neither; so has whoever
    keeps the organisation, reads national figures or lets workers in for the state's centre
    (381/2023 s. 12), who see no client, and somebody outside the
    three bodies, who sees only what a client has opened to them.

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
                condition=Q(role__in=OF_A_NETWORK, network__isnull=False, office__isnull=True)
                | Q(role=Role.CASEWORKER, network__isnull=False, office__isnull=False)
                | Q(role__in=OF_NO_NETWORK, network__isnull=True, office__isnull=True),
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
