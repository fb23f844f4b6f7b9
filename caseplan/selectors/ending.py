"""An ending that is being assessed, or was: what each party says to it."""

from __future__ import annotations

from dataclasses import dataclass

from caseplan.access import visible_to
from caseplan.models import Ending, EndingOutcome, EndingView
from caseplan.selectors.logged import Reading
from cases.models import Case
from common.bodies import Body, Party
from consent.models import ClientInformation


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


def latest_ending(reading: Reading, case: Case) -> EndingStanding | None:
    """The newest ending of a visible case that the reader may see; two queries, or one."""
    actor, now, grounds = reading.actor, reading.now, reading.grounds
    ending = (
        visible_to(actor, Ending, now=now, grounds=grounds, case=case)
        .select_related("follow_up_by")
        .order_by("-recorded_at")
        .first()
    )
    if ending is None:
        return None
    ending.case = case
    views = visible_to(actor, EndingView, now=now, grounds=grounds, case=case)
    views = views.filter(ending=ending)
    return EndingStanding(ending, list(views.order_by("recorded_at")))
