"""Models of the room: what the registers say, and what follows from it for a worklist."""

from benefits.models.flags import (
    ClosedBecause,
    Coming,
    Evaluation,
    Flag,
    FlagState,
    HandEntry,
    HandKind,
    Handling,
    SavedFilter,
)
from benefits.models.register import (
    Benefit,
    ImportState,
    Mention,
    PaymentBasis,
    PaymentPeriod,
    RegisterImport,
    RegisterRow,
    RejectedRow,
    UnemploymentSpell,
)

__all__ = [
    "Benefit",
    "ClosedBecause",
    "Coming",
    "Evaluation",
    "Flag",
    "FlagState",
    "HandEntry",
    "HandKind",
    "Handling",
    "ImportState",
    "Mention",
    "PaymentBasis",
    "PaymentPeriod",
    "RegisterImport",
    "RegisterRow",
    "RejectedRow",
    "SavedFilter",
    "UnemploymentSpell",
]
