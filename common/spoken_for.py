"""Who wrote or answered with, or in the place of, the client: said wherever it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Speaking(StrEnum):
    """How somebody spoke for the client: beside them, in their place, or from what they sent.

    ``FROM_PAPER``: from a paper the client signed; ``TYPED``: from a slip or a letter of theirs.
    """

    BESIDE = "beside"
    IN_PLACE = "in_place"
    FROM_PAPER = "from_paper"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """A worker, by name, and how they spoke for the client."""

    who: str
    how: Speaking
