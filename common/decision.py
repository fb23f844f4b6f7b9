"""The answer to "may this actor do this?" and the errors that carry a refusal.

Invisible is :class:`NotVisible` (a face answers 404: existence is information); visible but
not allowed is :class:`NotAllowed` (a face answers 403 with the reason in plain words).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.utils.functional import Promise

from common.actor import Actor, ActorKind
from common.levels import NEEDED, Act


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, with the reason in plain words for the one who asked."""

    allowed: bool
    reason: str | Promise = ""
    act: Act | None = None

    @classmethod
    def proven(cls, actor: Actor, act: Act) -> Self:
        """Yes to whoever has shown who they are, surely and lately enough for this act.

        A part of the system logs in nowhere.
        """
        if act in actor.proven or actor.kind is ActorKind.SYSTEM:
            return cls(True)
        return cls(False, NEEDED[act].said, act)

    @classmethod
    def yes(cls) -> Self:
        return cls(True)

    @classmethod
    def no(cls, reason: str | Promise) -> Self:
        return cls(False, reason)

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise :class:`NotAllowed` unless allowed; :class:`LogInTooWeak` where that is why."""
        if self.act is not None:
            raise LogInTooWeak(self.act)
        if not self.allowed:
            raise NotAllowed(self.reason)


class NotVisible(Exception):
    """For this actor the thing does not exist."""


class NotAllowed(Exception):
    """The actor may see the thing but not do this to it."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


class LogInTooWeak(NotAllowed):
    """They might, once they have shown more surely, or anew, who they are."""

    def __init__(self, act: Act) -> None:
        super().__init__(NEEDED[act].said)
        self.act = act


class Refused(Exception):
    """What was asked is not possible as given. ``field`` names the input to mend, if one is."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Refused):
    """Somebody else changed the thing after it was read; ``Refused`` with a reload as way out."""
