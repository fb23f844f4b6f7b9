"""How the kinds of information that the log names are said to whoever they are about."""

from __future__ import annotations

from collections.abc import Collection

from consent.models import Category, Fact


def kinds_in_words(names: Collection[str]) -> list[str]:
    """The kinds of information that the log names, in words and in the order of the Act's list."""
    return [str(kind.label).lower() for kind in (*Category, *Fact) if kind.value in names]
