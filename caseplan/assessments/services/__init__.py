"""Writes of scores and ratings, one by one and from a file."""

from caseplan.assessments.services.importing import check_assessments, import_assessments
from caseplan.assessments.services.recording import (
    assess_oneself,
    correct_assessment,
    correct_rating,
    rate_work_ability,
)

__all__ = [
    "assess_oneself",
    "check_assessments",
    "correct_assessment",
    "correct_rating",
    "import_assessments",
    "rate_work_ability",
]
