"""What a client has asked, and what is done when somebody has seen what they should not."""

from rights.models.asked import Correction, Outcome, Question
from rights.models.breach import (
    AuthorityTold,
    Breach,
    BreachLetter,
    BreachText,
    Examination,
    LetterWay,
)
from rights.models.export import Export, ExportKind, ExportReason

__all__ = [
    "AuthorityTold",
    "Breach",
    "BreachLetter",
    "BreachText",
    "Correction",
    "Examination",
    "Export",
    "ExportKind",
    "ExportReason",
    "LetterWay",
    "Outcome",
    "Question",
]
