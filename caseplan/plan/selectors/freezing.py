"""The plan as it stands, frozen into the rows of a version."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from caseplan.plan.models import (
    Action,
    Goal,
    JointPlan,
    PlannedService,
    PlanVersion,
    VersionItem,
)
from consent.models import ClientInformation
from records.fields import version_fields


def frozen_items(version: PlanVersion, plan: JointPlan, goals: list[Goal]) -> Iterator[VersionItem]:
    # An open action outlives a goal that was dropped by somebody who did not see it.
    actions = Action.objects.filter(
        Q(goal__in=goals) | Q(case=version.case, state__in=Action.OPEN_STATES)
    ).order_by("due_on", "recorded_at", "pk")
    planned_services = PlannedService.objects.filter(case=version.case).order_by(
        "starts_on", "recorded_at", "pk"
    )
    rows: list[tuple[VersionItem.Kind, ClientInformation]] = [
        (VersionItem.Kind.PLAN, plan),
        *((VersionItem.Kind.GOAL, goal) for goal in goals),
        *((VersionItem.Kind.ACTION, action) for action in actions),
        *((VersionItem.Kind.SERVICE, planned_service) for planned_service in planned_services),
    ]
    for position, (kind, row) in enumerate(rows):
        yield VersionItem(
            case=version.case,
            version=version,
            kind=kind,
            source_id=row.pk,
            first_id=row.first_id if isinstance(row, Action) else None,
            goal_id=row.goal_id if isinstance(row, Action) else None,
            position=position,
            content={field.column: field.frozen(row) for field in version_fields(type(row))},
            category=row.category,
            recorded_for=row.recorded_for,
            recorded_by_id=row.recorded_by_id,
            recorded_at=row.recorded_at,
            with_client=row.with_client,
        )
