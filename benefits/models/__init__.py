"""Models of the room: what the registers say, and what follows from it for a worklist."""

from benefits.models.flags import (
    ClosedBecause,
    Evaluation,
    ExpectedFlag,
    Flag,
    FlagDecision,
    FlagState,
    ManualEntry,
    ManualEntryKind,
)
from benefits.models.register import (
    Benefit,
    ImportState,
    PaymentBasis,
    PaymentPeriod,
    RegisterImport,
    RegisterMention,
    RegisterRow,
    RejectedRow,
    UnemploymentSpell,
)

__all__ = [
    "Benefit",
    "ClosedBecause",
    "Evaluation",
    "ExpectedFlag",
    "Flag",
    "FlagDecision",
    "FlagState",
    "ImportState",
    "ManualEntry",
    "ManualEntryKind",
    "PaymentBasis",
    "PaymentPeriod",
    "RegisterImport",
    "RegisterMention",
    "RegisterRow",
    "RejectedRow",
    "UnemploymentSpell",
]
