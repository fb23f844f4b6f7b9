"""Orders of extracts; and the figures: snapshots, what was counted, what may be shown of it."""

from evaluation.extracts.models import ExtractOrder, ExtractState, ExtractUse
from evaluation.models.figures import Breakdown, PublishedFigure, Tally
from evaluation.models.groups import MunicipalityGroup
from evaluation.models.snapshots import PeriodKind, Snapshot

__all__ = [
    "Breakdown",
    "ExtractOrder",
    "ExtractState",
    "ExtractUse",
    "MunicipalityGroup",
    "PeriodKind",
    "PublishedFigure",
    "Snapshot",
    "Tally",
]
