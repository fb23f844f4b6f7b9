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

__all__ = [
    "AuthorityTold",
    "Breach",
    "BreachLetter",
    "BreachText",
    "Correction",
    "Examination",
    "LetterWay",
    "Outcome",
    "Question",
]
