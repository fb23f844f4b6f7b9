"""The team of a case: who stands on it, from when to when, and who manages it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from common.ids import new_id
from people.models import Office


class TeamRole(models.TextChoices):
    """What somebody is on a team. An ``AWAITED`` office has its place and reads nothing: it has yet
    to say who of it works on the case (Act 381/2023 s. 12: a right is one person's)."""

    CASE_MANAGER = "case_manager", _("Case manager")
    MEMBER = "member", _("Team member")
    AWAITED = "awaited", _("Names its person")


def validity_range() -> Func:
    """From ``since`` to before ``until``, as a range: for constraints."""
    return Func(
        "since",
        "until",
        RangeBoundary(),
        function="TSTZRANGE",
        output_field=DateTimeRangeField(),
    )


class TeamMembership(models.Model):
    """A user or a whole office on the team of a case, from ``since`` to before ``until``.

    An open case has exactly one standing case manager, always a named user: at most one by
    the constraint below, at least one by a deferred trigger (``migrations/0002_case_manager.sql``),
    checked when a transaction commits so that a handover can end one membership and begin the next.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="team_memberships",
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="team_memberships"
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
                | Q(
                    user__isnull=True,
                    office__isnull=False,
                    role__in=[TeamRole.MEMBER, TeamRole.AWAITED],
                ),
                name="team_membership_is_user_or_office",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__gte=F("since"), ended_by__isnull=False),
                name="team_membership_until_and_by_together",
            ),
            ExclusionConstraint(
                name="team_one_case_manager_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (validity_range(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=TeamRole.CASE_MANAGER),
            ),
            ExclusionConstraint(
                name="team_user_memberships_do_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (validity_range(), RangeOperators.OVERLAPS),
                ],
                condition=Q(user__isnull=False),
            ),
            ExclusionConstraint(
                name="team_office_memberships_do_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (validity_range(), RangeOperators.OVERLAPS),
                ],
                condition=Q(office__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            # With its time: who is on which team is answered by the index alone.
            models.Index(fields=["user", "case"], include=["since", "until"], name="team_by_user"),
            models.Index(
                fields=["office", "case"], include=["since", "until", "role"], name="team_by_office"
            ),
            models.Index(
                fields=["office"], condition=Q(role=TeamRole.AWAITED), name="team_awaited"
            ),
        ]
