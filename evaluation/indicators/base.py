"""What an indicator is: one question about the joint service, and the one statement that answers.

Its statement gives a row for each thing that counts: of which network, municipality, body, office
and item it is, whether what is asked is so (``hit``), and a value where one is measured. All else -
sums, shares, medians, groups, rounding - is the same for every indicator and written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.db.models import TextChoices
from django.utils.functional import Promise

from evaluation.models.figures import Breakdown
from evaluation.models.snapshots import PeriodKind

EVENTS = Path(__file__).with_name("events")
CASE_AT = (EVENTS / "case_at.sql").read_text("utf-8")
"""Which cases there were and where each belonged: stands before every statement, as ``case_at``."""


class IndicatorUnit(TextChoices):
    """In what an indicator is told."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    SCORE = "score"


class Section(TextChoices):
    """Where on the page it stands, in the order of the page."""

    FLOW = "flow"
    DEADLINES = "deadlines"
    WAITING = "waiting"
    AGREEMENT = "agreement"
    BODIES = "bodies"
    STAFF = "staff"
    NEEDS = "needs"
    OUTCOMES = "outcomes"
    CLIENTS = "clients"


FLOWS = frozenset({PeriodKind.MONTH, PeriodKind.YEAR})
"""What happened within a period."""
STANDING = frozenset(PeriodKind)
"""What stands at a period's end."""


@dataclass(frozen=True)
class Indicator:
    """One figure with what it means.

    ``code`` names it, its statement (``events/<code>.sql``) and its recount. ``rests_on``: what
    ``whole`` counts. ``items``: the kinds it is broken down by, with what each is called, all of
    them: also those of which there is none. ``events``: another indicator whose statement serves.
    ``one_per_person``: each row is another person's, so that the counts are of people.
    """

    code: str
    section: Section
    unit: IndicatorUnit
    periods: frozenset[PeriodKind]
    title: str | Promise
    definition: str | Promise
    formula: str | Promise
    rests_on: str | Promise
    does_not_tell: str | Promise
    breakdowns: tuple[Breakdown, ...] = ()
    items: Mapping[str, str | Promise] = field(default_factory=dict)
    events: str = ""
    goes_up: bool | None = None

    @cached_property
    def statement(self) -> str:
        """The statement that gives its rows."""
        return (EVENTS / f"{self.events or self.code}.sql").read_text("utf-8")

    @property
    def told_by(self) -> tuple[Breakdown, ...]:
        """The whole network first, then what it is broken down by."""
        return (Breakdown.NETWORK, *self.breakdowns)
