"""Reads for a client who asks how their information is handled."""

from rights.selectors.clocks import answer_clocks
from rights.selectors.corrections import corrections_of, corrections_to_answer, open_correction
from rights.selectors.everything import Everything, Recorded, open_everything, recorded_thing
from rights.selectors.looks import Look, list_looks
from rights.selectors.processing import Processing, processing_of
from rights.selectors.questions import (
    AskedAbout,
    QuestionFilter,
    open_question,
    questions_asked,
    with_looks,
)
from rights.selectors.seeing_as import (
    Preview,
    Viewer,
    get_viewer,
    see_as,
    see_version_as,
    viewers_of,
)
from rights.selectors.shared import Shared, shared_with
from rights.selectors.sight import OwnSight, SightChange, changes_of_sight, own_sight

__all__ = [
    "AskedAbout",
    "Everything",
    "Look",
    "OwnSight",
    "Preview",
    "Processing",
    "QuestionFilter",
    "Recorded",
    "Shared",
    "SightChange",
    "Viewer",
    "answer_clocks",
    "changes_of_sight",
    "corrections_of",
    "corrections_to_answer",
    "get_viewer",
    "list_looks",
    "open_correction",
    "open_everything",
    "open_question",
    "own_sight",
    "processing_of",
    "questions_asked",
    "recorded_thing",
    "see_as",
    "see_version_as",
    "shared_with",
    "viewers_of",
    "with_looks",
]
