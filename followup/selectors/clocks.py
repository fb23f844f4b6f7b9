"""The statutory clocks of a case: the law, the start, the day due, and what moved it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Purpose
from caseplan.plan.access import versions_of_case
from caseplan.plan.models import ClockChange, ClockKind, ReviewRequest, ReviewState
from caseplan.plan.selectors import clock_of
from cases.models import Case
from common.clock import day_of
from common.dates import add_months
from consent.models import Category
from followup.rules import rules_in
from records.access import rows_of_case
from records.selectors import Reading
from statutes.reader import law_on

SOON_DAYS = 30


class ClockState(models.TextChoices):
    RUNS = "runs", gettext_lazy("Runs")
    SOON = "soon", gettext_lazy("Due soon")
    STANDS = "stands", gettext_lazy("Paused")
    LATE = "late", gettext_lazy("Late")


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. ``law_due_on`` is what the law says, ``due_on`` what it is after being moved.

    Both are the last day in time. ``explanation`` is for whoever asks why it is that day.
    """

    name: str
    section: str
    started_on: date
    law_due_on: date
    due_on: date
    state: ClockState
    explanation: str
    changes: list[ClockChange] = field(default_factory=list)

    @property
    def was_moved(self) -> bool:
        return self.due_on != self.law_due_on


def list_clocks(reading: Reading, case: Case) -> list[Clock]:
    """The clocks of a visible case, the soonest first; logged. Empty where the plan is not open."""
    if case.pk not in reading.opens(Category.PLAN_FOLLOW_UP, [case.pk]):
        return []
    today = day_of(reading.now)
    changes: dict[tuple[str, UUID], list[ClockChange]] = defaultdict(list)
    rows = rows_of_case(reading.grounds, case.pk, ClockChange)
    for change in rows.order_by("from_on", "pk"):
        changes[change.kind, change.subject_id].append(change)
    clocks = [
        clock
        for clock in (
            _plan(reading, case, changes, today),
            *_asked(reading, case, changes, today),
            _retention(case, today),
        )
        if clock is not None
    ]
    reading.log_and_hide_names(
        "clocks_listed",
        Purpose.KEEP_CASE,
        [(case, [change for clock in clocks for change in clock.changes])],
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    return sorted(clocks, key=lambda clock: clock.due_on)


def clocks_to_move(reading: Reading, case: Case) -> list[ClockKind]:
    """The clocks of a visible case that run now, as far as they are open: these can stand still."""
    versions = versions_of_case(reading.grounds, case.pk)
    in_force = versions.filter(in_force_at__isnull=False, replaced_at__isnull=True).exists()
    asked = rows_of_case(reading.grounds, case.pk, ReviewRequest).filter(state=ReviewState.OPEN)
    running = [ClockKind.REVIEW if in_force else ClockKind.PLAN]
    return [*running, ClockKind.REVIEW_ASKED] if asked.exists() else running


def state_on(today: date, due_on: date, changes: list[ClockChange]) -> ClockState:
    """How a clock stands on a day."""
    if any(change.from_on <= today <= change.to_on for change in changes):
        return ClockState.STANDS
    if due_on < today:
        return ClockState.LATE
    return ClockState.SOON if due_on <= today + timedelta(days=SOON_DAYS) else ClockState.RUNS


def _moved(
    name: str,
    section: str,
    started_on: date,
    law_due_on: date,
    explanation: str,
    changes: list[ClockChange],
    today: date,
) -> Clock:
    due_on = law_due_on + timedelta(days=sum(change.days for change in changes))
    state = state_on(today, due_on, changes)
    return Clock(name, section, started_on, law_due_on, due_on, state, explanation, changes)


def _plan(
    reading: Reading,
    case: Case,
    changes: dict[tuple[str, UUID], list[ClockChange]],
    today: date,
) -> Clock | None:
    """The making of the plan, or the review of the one in force."""
    version = (
        versions_of_case(reading.grounds, case.pk)
        .filter(in_force_at__isnull=False, replaced_at__isnull=True)
        .first()
    )
    clock = clock_of(case, version)
    if clock is None:
        return None
    if clock.kind == ClockKind.REVIEW:
        name = _("The plan is reviewed")
        why = _("Counted from the day the plan came into force, by the law of that day.")
    else:
        name = _("The plan is made")
        why = _("%(months)d months from the start of the joint assessment, from date to date.") % {
            "months": law_on(clock.started_on).plan_due_months.value
        }
    return _moved(
        name,
        clock.section,
        clock.started_on,
        clock.law_due_on,
        why,
        changes[clock.kind, clock.subject_id],
        today,
    )


def _asked(
    reading: Reading,
    case: Case,
    changes: dict[tuple[str, UUID], list[ClockChange]],
    today: date,
) -> list[Clock]:
    """The review the client asked for: the law gives no days, the network does."""
    requests = rows_of_case(reading.grounds, case.pk, ReviewRequest).filter(state=ReviewState.OPEN)
    found = list(requests) if case.is_open else []
    if not found:
        return []
    days = next(
        one.allowed or 0
        for one in rules_in([case.network_id])
        if one.rule.kind == ClockKind.REVIEW_ASKED.value
    )
    return [
        _moved(
            _("A review the client asked for"),
            law_on(day_of(request.recorded_at)).review_months.section,
            day_of(request.recorded_at),
            day_of(request.recorded_at) + timedelta(days=days),
            _(
                "The law says that it is done unless obviously unnecessary; "
                "the network, in how many days."
            ),
            changes[ClockKind.REVIEW_ASKED, request.pk],
            today,
        )
        for request in found
    ]


def _retention(case: Case, today: date) -> Clock | None:
    """Until when what was recorded is kept; it cannot be moved, only held for a reason."""
    if case.is_open or case.ended_at is None:
        return None
    figure = law_on(today).retention_years
    ended_on = day_of(case.ended_at)
    due_on = add_months(ended_on, 12 * figure.value)
    held = bool(case.hold_why)
    return Clock(
        _("Kept until"),
        figure.section,
        ended_on,
        due_on,
        due_on,
        ClockState.STANDS if held else state_on(today, due_on, []),
        _("Held, for a task of law or a matter that is pending.")
        if held
        else _("Then everything about the case is erased; the log of who looked is kept longer."),
    )
