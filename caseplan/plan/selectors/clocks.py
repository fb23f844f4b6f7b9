"""The clock of a plan: until when the law wants it made or reviewed, and what moved that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import (
    Func,
    IntegerField,
    Model,
    Sum,
)

from caseplan.plan.models import ClockChange, ClockKind, PlanVersion
from cases.models import Case
from common.clock import day_of
from common.dates import add_months
from statutes.reader import law_on

Subject = TypeVar("Subject", bound=Model)


@dataclass(frozen=True, slots=True)
class PlanClock:
    """The next statutory date of a case: the plan's making, or its review.

    ``law_due_on`` is the last day by the law alone, ``due_on`` what it is where the clock stood
    still. ``subject_id``: the case, or the version that is to be reviewed.
    """

    kind: ClockKind
    subject_id: UUID
    section: str
    started_on: date
    law_due_on: date
    moved_days: int = 0

    @property
    def due_on(self) -> date:
        return self.law_due_on + timedelta(days=self.moved_days)

    @property
    def was_moved(self) -> bool:
        return self.moved_days != 0


def clock_of(case: Case, in_force: PlanVersion | None, *, moved_days: int = 0) -> PlanClock | None:
    """The plan is due three months from the start; once in force, its review is next.

    None where no clock runs: the case is only referred, or has ended. ``moved_days``: by how much
    the clock of the case, or of the version, was moved.
    """
    if not case.is_open or case.started_on is None:
        return None
    if in_force is not None and in_force.in_force_at and in_force.review_due_on is not None:
        return PlanClock(
            ClockKind.REVIEW,
            in_force.pk,
            in_force.review_section,
            day_of(in_force.in_force_at),
            in_force.review_due_on,
            moved_days,
        )
    figure = law_on(case.started_on).plan_due_months
    due_on = add_months(case.started_on, figure.value)
    return PlanClock(ClockKind.PLAN, case.pk, figure.section, case.started_on, due_on, moved_days)


def moved_days_of(subjects: Iterable[UUID]) -> dict[UUID, int]:
    """By how much the clocks of cases and versions were moved; those that were not are left out."""
    rows = ClockChange.objects.filter(subject_id__in=set(subjects), kind__in=_OF_THE_PLAN)
    sums = rows.order_by().values("subject_id").annotate(moved=Sum(_DAYS))
    return dict(sums.values_list("subject_id", "moved"))


_OF_THE_PLAN = (ClockKind.PLAN, ClockKind.REVIEW)
_DAYS = Func(  # both days count; PostgreSQL counts between two dates in whole days
    "to_on",
    "from_on",
    template="(%(expressions)s + 1)",
    arg_joiner=" - ",
    output_field=IntegerField(),
)
