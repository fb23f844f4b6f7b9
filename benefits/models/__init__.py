"""Models of the room: what the registers say, and what follows from it for a worklist."""

from benefits.models.register import (
    Benefit,
    PaymentBasis,
    PaymentPeriod,
    RegisterImport,
    RegisterRow,
    RejectedRow,
    TriggerDecline,
    UnemploymentSpell,
)

__all__ = [
    "Benefit",
    "PaymentBasis",
    "PaymentPeriod",
    "RegisterImport",
    "RegisterRow",
    "RejectedRow",
    "TriggerDecline",
    "UnemploymentSpell",
]
