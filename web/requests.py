"""What the middleware has put on a request, with its types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.http import HttpRequest

from common.actor import Actor
from common.clock import day_of


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, and when: read once at the edge, and passed down from there."""

    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The day in Finland at the time of the request."""
        return day_of(self.now)


class ContextRequest(HttpRequest):
    """A request after :class:`web.middleware.ActorMiddleware`."""

    context: Context


def context_of(request: HttpRequest) -> Context:
    return cast(ContextRequest, request).context
