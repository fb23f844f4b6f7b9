"""What may be done with an offered case in the row where it stands. No query."""

from __future__ import annotations

from cases.models import Handover
from common.row_acts import RowAct, RowActs, RowSubject


def acts_of_handover(handover: Handover, *, title: str) -> RowActs:
    """It is read before it is taken on: what goes with the case stands on its own page."""
    return RowActs(RowSubject.HANDOVER, handover.pk, title, (RowAct.READ,))
