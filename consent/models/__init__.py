"""Categories, the ground table, consents, and what a row of client information carries."""

from consent.models.category import CLOSED_LIST, Category, Fact
from consent.models.decision import (
    Choice,
    Consent,
    ConsentLine,
    ConsentRequest,
    DecidedFor,
    EndedCode,
    Method,
    Scope,
)
from consent.models.ground import Basis, Ground, PolicyText
from consent.models.ground_decision import GroundAct, GroundDecision, GroundSuspension
from consent.models.information import ClientInformation
from consent.models.party import OutsideKind, OutsideParty
from consent.models.written_down import (
    DISPUTED_STATES,
    OPEN_STATES,
    ConfirmedHow,
    WrittenDown,
    WrittenState,
)

__all__ = [
    "CLOSED_LIST",
    "DISPUTED_STATES",
    "OPEN_STATES",
    "Basis",
    "Category",
    "Choice",
    "ClientInformation",
    "ConfirmedHow",
    "Consent",
    "ConsentLine",
    "ConsentRequest",
    "DecidedFor",
    "EndedCode",
    "Fact",
    "Ground",
    "GroundAct",
    "GroundDecision",
    "GroundSuspension",
    "Method",
    "OutsideKind",
    "OutsideParty",
    "PolicyText",
    "Scope",
    "WrittenDown",
    "WrittenState",
]
