"""How the client's situation was assessed over time: the client's own beside the experts'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from audit.models import Purpose
from caseplan.assessments.instruments import Instrument, Scale, instruments
from caseplan.assessments.models import Assessment, ExpertRating
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from common.dates import add_months
from records.access import visible_to
from records.selectors import reading_of
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class WorkAbility:
    """One rating of work ability, 0-10: whose, when, with what. ``by_expert``: not the client's."""

    on: date
    score: int
    party: Party
    by_expert: bool
    source: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentsPage:
    """What one reader sees of a case's assessments, the oldest first."""

    case: Case
    assessments: list[Assessment]
    ratings: list[ExpertRating]

    @property
    def work_ability(self) -> list[WorkAbility]:
        """Every rating of work ability by day, the client's own and the experts' in one list."""
        own = [
            WorkAbility(row.taken_on, row.work_ability, Party(row.recorded_for), False, row.title)
            for row in self.assessments
            if row.work_ability is not None
        ]
        experts = [
            WorkAbility(row.on, row.work_ability, Party(row.recorded_for), True, "", row.basis)
            for row in self.ratings
        ]
        return sorted([*own, *experts], key=lambda w: (w.on, w.by_expert, w.party))

    def apart(self, *, on: date) -> list[WorkAbility]:
        """Where the client and an expert see work ability differently now: the client's, theirs.

        The newest rating of the client, and the newest of each body that lies far from it and not
        long before or after (figures ``work_ability_apart_points`` and ``..._months``). Empty where
        none does. It is something to talk about: neither is right, and neither is changed by it.
        """
        law = law_on(on)
        points = law.figure("work_ability_apart_points").value
        months = law.figure("work_ability_apart_months").value
        newest = {(w.by_expert, w.party): w for w in self.work_ability}
        own = newest.get((False, Party.CLIENT))
        if own is None:
            return []
        theirs = [
            w
            for (by_expert, _party), w in newest.items()
            if by_expert
            and abs(w.score - own.score) >= points
            and max(w.on, own.on) <= add_months(min(w.on, own.on), months)
        ]
        return [own, *theirs] if theirs else []

    def by_instrument(self) -> list[tuple[Instrument, list[Assessment]]]:
        """The instruments that have been used, each with what was taken by it."""
        found = [
            (i, [a for a in self.assessments if a.instrument == i.code]) for i in instruments()
        ]
        return [(used, rows) for used, rows in found if rows]


def scores_over_time(assessments: list[Assessment]) -> list[tuple[Scale, list[tuple[date, int]]]]:
    """Each scale of one instrument with its dated scores. Scales of one code are one line."""
    scales: dict[str, Scale] = {}
    lines: dict[str, list[tuple[date, int]]] = {}
    for row in assessments:
        for scale, score in row.lines:
            scales[scale.code] = scale
            lines.setdefault(scale.code, []).append((row.taken_on, score))
    return [(scales[code], line) for code, line in lines.items()]


def open_assessments(actor: Actor, case_id: UUID, *, now: datetime) -> AssessmentsPage:
    """The assessments of a visible case that this reader sees; logged. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now)
    grounds = reading.grounds
    assessments = list(
        visible_to(actor, Assessment, now=now, grounds=grounds)
        .filter(case=case)
        .order_by("taken_on", "recorded_at", "pk")
    )
    ratings = list(
        visible_to(actor, ExpertRating, now=now, grounds=grounds)
        .filter(case=case)
        .order_by("on", "recorded_at", "pk")
    )
    reading.log_and_hide_names(
        "assessments_opened", Purpose.KEEP_CASE, [(case, [*assessments, *ratings])]
    )
    return AssessmentsPage(case, assessments, ratings)
