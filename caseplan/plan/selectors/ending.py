"""An ending that is being assessed, or was: what each party says to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from caseplan.plan.models import Ending, EndingOutcome, EndingView
from cases.models import Case
from common.bodies import Body, Party
from consent.access import Grounds
from consent.models import ClientInformation
from records.access import rows_of_case


@dataclass(frozen=True, slots=True)
class EndingStanding:
    """A proposed ending with each body's assessment and the client's words."""

    ending: Ending
    views: list[EndingView]

    @property
    def is_open(self) -> bool:
        return self.ending.outcome == EndingOutcome.OPEN

    @property
    def waiting_for(self) -> list[Party]:
        """The bodies that have not assessed it yet."""
        answered = {view.party for view in self.views}
        return [Party(body.value) for body in Body if body.value not in answered]

    def view_of(self, party: Party | None) -> EndingView | None:
        return next((view for view in self.views if view.party == party), None)

    @property
    def rows(self) -> list[ClientInformation]:
        return [self.ending, *self.views]


def newest_ending_of(grounds: Grounds, case_id: UUID) -> QuerySet[Ending]:
    """The newest ending of a visible case, if the reader may see one."""
    rows = rows_of_case(grounds, case_id, Ending).select_related("follow_up_by")
    return rows.order_by("-recorded_at")[:1]


def ending_views_of(grounds: Grounds, case_id: UUID) -> QuerySet[EndingView]:
    """What the parties have said to the endings of a visible case, as they said it."""
    return rows_of_case(grounds, case_id, EndingView).order_by("recorded_at")


def ending_standing(
    newest: Sequence[Ending], views: Iterable[EndingView], case: Case
) -> EndingStanding | None:
    """The newest ending of a case with what the parties say to that one; None without one."""
    if not newest:
        return None
    (ending,) = newest
    ending.case = case
    return EndingStanding(ending, [view for view in views if view.ending_id == ending.pk])
