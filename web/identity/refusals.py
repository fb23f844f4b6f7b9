"""Why somebody could not come in by an identity provider; each has its page (``pages``)."""

from __future__ import annotations

from people.entering import Claim


class LoginFailed(Exception):
    """Nobody comes in. ``why``: a word for the log and for whoever helps; never a value."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotVerified(LoginFailed):
    """What came back is not what an honest provider sends to somebody who asked just now."""


class Unreachable(LoginFailed):
    """The provider does not answer, is slow, or answers what cannot be understood."""


class BrokenOff(LoginFailed):
    """Whoever was asked said no there, or went away."""


class TooWeak(LoginFailed):
    """They proved who they are, but not surely enough for what they were about to do."""


class ClaimsMissing(LoginFailed):
    """The provider did not say what is needed. ``claims``: what."""

    def __init__(self, claims: frozenset[Claim]) -> None:
        super().__init__("claims_missing")
        self.claims = claims
