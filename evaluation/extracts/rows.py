"""The lines of each file of an extract, some cases at a time. No day, no name, no free text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter
from uuid import UUID

from benefits.models import PaymentPeriod
from caseplan.assessments.models import Assessment
from caseplan.plan.models import Ending, EndingOutcome, Exit, PlannedService, PlanVersion, Referral
from cases.lifecycle import CaseState
from cases.models import Case
from common.bodies import Party
from common.clock import day_of
from common.dates import full_months
from consent.models import Category
from evaluation.extracts.batches import (
    AGE,
    BEGUN_IN,
    MUNICIPALITY,
    UNEMPLOYED,
    ExtractBatch,
    entry_of,
)
from evaluation.extracts.columns import Course, VersionPhase
from evaluation.extracts.provider_classes import ProviderClass, provider_class_of
from followup.models import FollowUpPoint, PointAnswer

Line = tuple[object, ...]
YEARS_BEFORE = 2
"""Of so many years before the entry benefits are told; after it, of each year that has begun."""


def of_cases(batch: ExtractBatch) -> Iterator[Line]:
    """One line a case: the background at the entry, why it began, and to what it ended."""
    referrals, endings = batch.rows_of(Referral), batch.rows_of(Ending)
    for case in batch.cases:
        known = batch.backgrounds[case.pk]
        referral = next(iter(referrals.get(case.pk, [])), None)
        ending = _ending(endings.get(case.pk, []))
        yield (
            batch.names[case.pk],
            _course(case, ending).value,
            known[MUNICIPALITY],
            known[UNEMPLOYED],
            known[AGE],
            known[BEGUN_IN],
            referral.rule if referral else "",
            "+".join(sorted(referral.needs)) if referral else "",
            batch.month(case, day_of(case.ended_at) if case.ended_at else None),
            ending.exit if ending else "",
            ending.no_need if ending else "",
        )


def _ending(found: list[Ending]) -> Ending | None:
    """The ending that holds: the last one agreed and not corrected."""
    agreed = [one for one in found if one.outcome == EndingOutcome.AGREED and one.closed_at]
    return max(agreed, key=attrgetter("closed_at", "pk"), default=None)


def _course(case: Case, ending: Ending | None) -> Course:
    if case.started_on is None or case.state == CaseState.DECLINED:
        return Course.NOT_BEGUN
    if ending is not None and ending.exit == Exit.NO_JOINT_SERVICE:
        return Course.NOT_NEEDED
    return Course.JOINT


def of_services(batch: ExtractBatch) -> Iterator[Line]:
    """One line a service of the plan, also of those that never began."""
    for case in batch.cases:
        for service in _in_time(batch.services.get(case.pk, [])):
            yield (
                batch.names[case.pk],
                service.service,
                service.body,
                provider_class_of(service.service).value,
                batch.month(case, service.starts_on),
                batch.month(case, service.began_on),
                batch.month(case, service.finished_on),
                service.participation,
                service.result,
            )


def _in_time(services: list[PlannedService]) -> list[PlannedService]:
    return sorted(services, key=lambda one: (one.from_on or date.max, one.recorded_at, one.pk))


def of_plans(batch: ExtractBatch) -> Iterator[Line]:
    """One line a version of the plan."""
    found: dict[UUID, list[PlanVersion]] = defaultdict(list)
    open_cases = batch.open_cases(Category.PLAN_FOLLOW_UP)
    for version in PlanVersion.objects.filter(case__in=open_cases):
        found[version.case_id].append(version)
    for case in batch.cases:
        for version in sorted(found.get(case.pk, []), key=attrgetter("number")):
            in_force = version.in_force_at
            yield (
                batch.names[case.pk],
                version.number,
                batch.month(case, day_of(version.proposed_at)),
                batch.month(case, day_of(in_force) if in_force else None),
                _standing(version).value,
            )


def _standing(version: PlanVersion) -> VersionPhase:
    if version.set_aside_at:
        return VersionPhase.SET_ASIDE
    if version.in_force_at is None:
        return VersionPhase.PROPOSED
    return VersionPhase.REPLACED if version.replaced_at else VersionPhase.IN_FORCE


def of_scores(batch: ExtractBatch) -> Iterator[Line]:
    """One line a score, of instruments that the client has opened to all three bodies."""
    found = batch.rows_of(Assessment)
    for case in batch.cases:
        for taken in sorted(
            found.get(case.pk, []), key=attrgetter("taken_on", "recorded_at", "pk")
        ):
            where = _provider_class(taken, batch.services.get(case.pk, []))
            for scale, score in taken.lines:
                yield (
                    batch.names[case.pk],
                    taken.instrument,
                    taken.version,
                    batch.month(case, taken.taken_on),
                    where.value,
                    scale.code,
                    score,
                )


def _provider_class(taken: Assessment, services: list[PlannedService]) -> ProviderClass:
    """Of the service that went on that day, the newest; else of the body it came from."""
    going_on = [
        one
        for one in services
        if one.began_on
        and one.began_on <= taken.taken_on
        and (one.finished_on is None or one.finished_on >= taken.taken_on)
    ]
    if going_on:
        return provider_class_of(max(going_on, key=attrgetter("began_on", "pk")).service)
    of_employment = taken.recorded_for == Party.EMPLOYMENT
    return ProviderClass.EMPLOYMENT if of_employment else ProviderClass.OTHERS


def of_follow_ups(batch: ExtractBatch) -> Iterator[Line]:
    """One line an answer at a point after the end; one without, where nobody has answered."""
    answers: dict[UUID, list[PointAnswer]] = defaultdict(list)
    for row in (row for rows in batch.rows_of(PointAnswer).values() for row in rows):
        answers[row.point_id].append(row)
    points: dict[UUID, list[FollowUpPoint]] = defaultdict(list)
    for point in FollowUpPoint.objects.filter(case__in=batch.cases, due_on__lte=batch.on):
        points[point.case_id].append(point)
    for case in batch.cases:
        for point in sorted(points.get(case.pk, []), key=attrgetter("due_on", "pk")):
            name = batch.names[case.pk]
            for answer in sorted(answers[point.pk], key=attrgetter("source")):
                yield (name, point.months, answer.source, answer.situation)
            if not answers[point.pk]:
                yield (name, point.months, "", "")


def of_benefits(batch: ExtractBatch) -> Iterator[Line]:
    """One line a kind of benefit in a year; an empty one for a year without any."""
    cases = batch.open_cases(Category.BENEFITS_DETAIL)
    people = {case.person_id for case in cases}
    paid: dict[UUID, list[PaymentPeriod]] = defaultdict(list)
    for period in PaymentPeriod.objects.filter(person__in=people, corrected_at__isnull=True):
        paid[period.person_id].append(period)
    for case in cases:
        kinds: dict[int, set[str]] = defaultdict(set)
        for period in paid[case.person_id]:
            first, last = _year(case, period.start), _year(case, period.end)
            for year in range(max(first, -YEARS_BEFORE), min(last, _year(case, batch.on)) + 1):
                kinds[year].add(period.benefit)
        for year in range(-YEARS_BEFORE, _year(case, batch.on) + 1):
            for benefit in sorted(kinds[year]) or [""]:
                yield (batch.names[case.pk], year, benefit)


def _year(case: Case, day: date) -> int:
    return full_months(entry_of(case), day) // 12


LINES: dict[str, Callable[[ExtractBatch], Iterator[Line]]] = {
    "cases.csv": of_cases,
    "services.csv": of_services,
    "plans.csv": of_plans,
    "scores.csv": of_scores,
    "follow_ups.csv": of_follow_ups,
    "benefits.csv": of_benefits,
}
