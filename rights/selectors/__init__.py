"""Reads for a client who asks how their information is handled."""

from rights.selectors.looks import (
    AskedAbout,
    Look,
    Opened,
    list_looks,
    openings,
    questions_to_answer,
)
from rights.selectors.seeing_as import (
    Preview,
    Viewer,
    get_viewer,
    see_as,
    see_version_as,
    viewers_of,
)
from rights.selectors.sight import OwnSight, SightChange, changes_of_sight, own_sight

__all__ = [
    "AskedAbout",
    "Look",
    "Opened",
    "OwnSight",
    "Preview",
    "SightChange",
    "Viewer",
    "changes_of_sight",
    "get_viewer",
    "list_looks",
    "openings",
    "own_sight",
    "questions_to_answer",
    "see_as",
    "see_version_as",
    "viewers_of",
]
