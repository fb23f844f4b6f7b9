"""An ending that is being assessed, or was: what each party says to it, and who goes on after."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caseplan.plan.models import (
    AccompaniedHandover,
    AccompaniedHandoverState,
    Ending,
    EndingOutcome,
    EndingView,
)
from cases.models import Case
from common.bodies import Body, Party
from consent.access import Grounds
from consent.models import ClientInformation
from people.selectors import defer_all_but_name
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


def asked_to_go_on(case: Case) -> set[UUID]:
    """Who has been asked to go on with the client and has not answered: not asked twice."""
    waiting = AccompaniedHandover.objects.filter(case=case, state=AccompaniedHandoverState.OPEN)
    return set(waiting.values_list("to_user_id", flat=True))


def accompanied_handovers_of(grounds: Grounds, case: Case) -> list[AccompaniedHandover]:
    """Who was asked to go on with the client at the end of a visible case, as far as it is open.

    The newest first; without what was taken back.
    """
    rows = (
        rows_of_case(grounds, case.pk, AccompaniedHandover)
        .exclude(state=AccompaniedHandoverState.WITHDRAWN)
        .select_related("to_user")
        .defer(*defer_all_but_name("to_user"))
        .order_by("-recorded_at", "pk")
    )
    found = list(rows)
    for row in found:
        row.case = case
    return found


def ending_of(grounds: Grounds, case: Case) -> EndingStanding | None:
    """The newest ending of a visible case with what the parties say to it, as far as it is open.

    None where there is none, or the reader may not see it.
    """
    endings = rows_of_case(grounds, case.pk, Ending).select_related("follow_up_by")
    newest = endings.order_by("-recorded_at", "-pk").first()
    if newest is None:
        return None
    newest.case = case
    views = rows_of_case(grounds, case.pk, EndingView).filter(ending=newest)
    return EndingStanding(newest, list(views.order_by("recorded_at", "pk")))
