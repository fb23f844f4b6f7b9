"""What the middleware has put on a request, with its types."""

from datetime import date, datetime
from typing import cast

from django.http import HttpRequest

from common.actor import Actor
from common.clock import day_of


class ActorRequest(HttpRequest):
    """A request after :class:`web.middleware.ActorMiddleware`."""

    actor: Actor
    now: datetime


def actor_of(request: HttpRequest) -> Actor:
    return cast(ActorRequest, request).actor


def now_of(request: HttpRequest) -> datetime:
    return cast(ActorRequest, request).now


def today_of(request: HttpRequest) -> date:
    """The day in Finland at the time of the request."""
    return day_of(now_of(request))
