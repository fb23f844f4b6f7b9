"""The cases of an extract, some at a time, and what all three bodies may see of them.

An extract is made by the three bodies together, so it holds what each of them may read anyway: what
the law gives all three, and what the client has opened to all three. One no to anybody is a no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from benefits.models import UnemploymentSpell
from caseplan.plan.models import PlannedService
from cases.models import Case
from common.bodies import Body
from common.clock import day_of
from common.dates import age_on, full_months
from consent.access import Grounds, filter_by_grounds, open_category
from consent.models import Basis, Category, ClientInformation
from consent.selectors import grounds_of
from evaluation.extracts.anonymity import Known

Row = TypeVar("Row", bound=ClientInformation)
_AGES = ((25, "-24"), (30, "25-29"), (40, "30-39"), (50, "40-49"), (60, "50-59"))
_MONTHS = ((6, "0-5"), (12, "6-11"), (24, "12-23"), (60, "24-59"))

MUNICIPALITY, UNEMPLOYED, AGE, BEGUN_IN = range(4)
"""The parts of a background, the first to go where too few look alike before the last."""


@dataclass(frozen=True)
class ExtractBatch:
    """Some cases in the order in which they are told, each under its pseudonym."""

    cases: list[Case]
    names: Mapping[UUID, str]
    backgrounds: Mapping[UUID, Known]
    grounds: tuple[Grounds, ...]
    on: date
    shown: dict[UUID, dict[str, str]]
    """For the log: by case the kinds of information told of it, each with its ground."""

    def rows_of(self, model: type[Row]) -> dict[UUID, list[Row]]:
        """By case, the rows that every one of the three bodies may see; in no order."""
        rows = model._default_manager.filter(case__in=self.cases)
        for grounds in self.grounds:
            rows = filter_by_grounds(grounds, rows)
        found: dict[UUID, list[Row]] = defaultdict(list)
        for row in rows:
            found[row.case_id].append(row)
            self._told(row.case_id, row.category)
        return found

    @cached_property
    def services(self) -> dict[UUID, list[PlannedService]]:
        """Asked for twice: for themselves, and for where somebody assessed themselves."""
        return self.rows_of(PlannedService)

    def open_cases(self, category: Category) -> list[Case]:
        """The cases in which that kind of information as a whole is open to all three."""
        is_open = Q()
        for grounds in self.grounds:
            is_open &= open_category(grounds, category)
        ids = set(
            Case.objects.filter(is_open, pk__in=[case.pk for case in self.cases]).values_list(
                "pk", flat=True
            )
        )
        for case_id in ids:
            self._told(case_id, category.value)
        return [case for case in self.cases if case.pk in ids]

    def _told(self, case_id: UUID, category: str) -> None:
        """Noted with the ground of the first body; where its own record would do, the consent."""
        ground = self.grounds[0].for_category(category)
        by_law = ground is not None and ground.basis == Basis.STATUTE
        said = ground.section if ground is not None and by_law else Basis.CONSENT.value
        self.shown.setdefault(case_id, {})[category] = said

    def month(self, case: Case, day: date | None) -> int | str:
        """Whole months from the entry to a day, which is itself told nowhere."""
        return "" if day is None else full_months(entry_of(case), day)


def grounds_of_all(network_id: UUID, *, on: date) -> tuple[Grounds, ...]:
    """The grounds of each of the three bodies as a whole."""
    return tuple(
        replace(grounds_of(receiver=body, network_id=network_id, on=on), every_no=True)
        for body in Body
    )


def entry_of(case: Case) -> date:
    """The first day of the joint assessment; of a case that never began, the day it was opened."""
    return case.started_on or day_of(case.opened_at)


def backgrounds(cases: Iterable[Case]) -> dict[UUID, Known]:
    """What somebody might know of each from elsewhere, as it was at the entry.

    Of whoever has a protection of their details no municipality is told.
    """
    chosen = list(cases)
    unemployed = _unemployed_months(chosen)
    found = {}
    for case in chosen:
        entry = entry_of(case)
        parts = [""] * 4
        parts[MUNICIPALITY] = "" if case.person.non_disclosure else case.person.municipality_code
        parts[UNEMPLOYED] = unemployed.get(case.pk, "")
        parts[AGE] = _band(age_on(case.person.birth_date, entry), _AGES, "60-")
        parts[BEGUN_IN] = str(entry.year)
        found[case.pk] = tuple(parts)
    return found


def _band(value: int, bands: tuple[tuple[int, str], ...], last: str) -> str:
    return next((name for below, name in bands if value < below), last)


def _unemployed_months(cases: list[Case]) -> dict[UUID, str]:
    """How long somebody had been unemployed without a break at the entry, as a band."""
    spells: dict[UUID, list[UnemploymentSpell]] = defaultdict(list)
    people = {case.person_id for case in cases}
    for spell in UnemploymentSpell.objects.filter(person__in=people, corrected_at__isnull=True):
        spells[spell.person_id].append(spell)
    found = {}
    for case in cases:
        since = _unbroken_since(spells[case.person_id], entry_of(case))
        if since is not None:
            found[case.pk] = _band(full_months(since, entry_of(case)), _MONTHS, "60-")
    return found


def _unbroken_since(spells: list[UnemploymentSpell], day: date) -> date | None:
    """The first day of the run that covers the day; spells that touch are one."""
    since = reached = None
    for spell in sorted(spells, key=lambda one: one.start):
        if spell.start > day:
            break
        if since is None or (reached is not None and (spell.start - reached).days > 1):
            since, reached = spell.start, spell.end
        elif reached is not None:
            reached = None if spell.end is None else max(reached, spell.end)
    return since if since is not None and (reached is None or reached >= day) else None
