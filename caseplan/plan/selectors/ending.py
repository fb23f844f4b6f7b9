"""An ending that is being assessed, or was: what each party says to it."""

from __future__ import annotations

from dataclasses import dataclass

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


def ending_of(grounds: Grounds, case: Case) -> EndingStanding | None:
    """The newest ending of a visible case with what the parties say to it, as far as it is open.

    None where there is none, or the reader may not see it.
    """
    endings = rows_of_case(grounds, case.pk, Ending).select_related("follow_up_by")
    newest = endings.order_by("-recorded_at").first()
    if newest is None:
        return None
    newest.case = case
    views = rows_of_case(grounds, case.pk, EndingView).filter(ending=newest)
    return EndingStanding(newest, list(views.order_by("recorded_at")))
