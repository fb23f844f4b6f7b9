"""The case's header and its team."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models import Network, Office, Person


class Case(models.Model):
    """One person's joint service in one network.

    ``statute`` is the Act in force when the case started ("381/2023"); the case keeps it.
    ``started_on`` is the first day of the joint assessment (Act 381/2023 s. 4).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="cases")
    statute = models.CharField(max_length=40)
    started_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "network"],
                condition=Q(ended_at__isnull=True),
                name="case_one_open_per_person_and_network",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="case_ended_at_and_by_together",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["network"], condition=Q(ended_at__isnull=True), name="case_open_in_network"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class TeamRole(models.TextChoices):
    CASE_MANAGER = "case_manager", _("Case manager")
    MEMBER = "member", _("Team member")


def _term() -> Func:
    return Func(
        "since",
        "until",
        RangeBoundary(),
        function="TSTZRANGE",
        output_field=DateTimeRangeField(),
    )


class TeamTerm(models.Model):
    """A user or a whole office on the team of a case, from ``since`` to before ``until``.

    An open case has exactly one standing case manager, always a named user: at most one by
    the constraint below, at least one by a deferred trigger (``migrations``), checked when a
    transaction commits so that a handover can end one term and begin the next.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="team_terms",
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="team_terms"
    )
    role = models.CharField(max_length=20, choices=TeamRole)
    why = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, office__isnull=True)
                | Q(user__isnull=True, office__isnull=False, role=TeamRole.MEMBER),
                name="team_term_is_user_or_office",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__gte=F("since"), ended_by__isnull=False),
                name="team_term_until_and_by_together",
            ),
            ExclusionConstraint(
                name="team_one_case_manager_at_a_time",
                expressions=[("case", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                condition=Q(role=TeamRole.CASE_MANAGER),
            ),
            ExclusionConstraint(
                name="team_user_terms_do_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_term(), RangeOperators.OVERLAPS),
                ],
                condition=Q(user__isnull=False),
            ),
            ExclusionConstraint(
                name="team_office_terms_do_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (_term(), RangeOperators.OVERLAPS),
                ],
                condition=Q(office__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "case"], name="team_by_user"),
            models.Index(fields=["office", "case"], name="team_by_office"),
        ]
