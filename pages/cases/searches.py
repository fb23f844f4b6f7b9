"""What was searched for, kept with the session under a word that may stand in an address.

A few searches, so that two windows do not take each other's; they end with the log-in. What is kept
is a name or a number as it was typed, never an identity code.
"""

from __future__ import annotations

import secrets

from django.http import HttpRequest

_KEY = "searches"
_AT_ONCE = 5


def keep(request: HttpRequest, search: str) -> str:
    """Keep it and return its word; the oldest of too many goes."""
    word = secrets.token_urlsafe(6)
    kept = {**request.session.get(_KEY, {}), word: search}
    request.session[_KEY] = dict(list(kept.items())[-_AT_ONCE:])
    return word


def kept(request: HttpRequest, word: str) -> str:
    """What was searched for under the word; "" where nothing is kept under it any more."""
    return str(request.session.get(_KEY, {}).get(word, "")) if word else ""
