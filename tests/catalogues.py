"""The catalogues of texts as their files stand, each read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


@cache
def catalogue_of(language: str) -> polib.POFile:
    """The texts of a language, ``fi`` or ``sv``; English is what they are looked up by."""
    return polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))
