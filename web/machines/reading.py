"""A call that brings a token: as whom it reads, and how many calls are answered."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from audit.services import record_call
from common.actor import Actor
from common.transactions import acting_as
from people.selectors import machine_by_token
from web.errors import in_json
from web.throttle import TooManyTries, own_address

CALLS_A_MINUTE = 120
_BEARER = re.compile(r"bearer +([A-Za-z0-9_-]{43})", re.IGNORECASE)
_READ = "/api/v1/"
_ASKED_AT = "/api/v1/token/"


def brings_token(request: HttpRequest) -> bool:
    """Whether this call says that it is a system's; a page never is."""
    header = request.headers.get("Authorization")
    return header is not None and request.path.startswith(_READ) and request.path != _ASKED_AT


def actor_of_token(request: HttpRequest, now: datetime) -> Actor | None:
    """As whom a call reads that brings a token; None where that does not count.

    A browser that is logged in and sends one besides is the token's, and nobody where it does not
    count: what is sent says who asks, never what else the browser knows.
    """
    brought = _BEARER.fullmatch(request.headers["Authorization"])
    if brought is None:
        return None
    return machine_by_token(brought[1], address=own_address(request), now=now)


def refused_token() -> HttpResponse:
    """The answer to a token that does not count: not which part of it (RFC 6750)."""
    answer = in_json(_("The token does not count. Ask for a new one."), 401)
    answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def count_call(actor: Actor) -> None:
    """Raises :class:`TooManyTries` where a system asks more often than it may in a minute."""
    count_of(f"calls:{actor.machine_id}", CALLS_A_MINUTE)


def count_of(what: str, most: int) -> None:
    """Count one of something in this minute. Raises :class:`TooManyTries` beyond ``most``."""
    at = time.time()
    key = f"machine:{what}:{int(at // 60)}"
    cache.add(key, 0, 120)
    try:
        number = cache.incr(key)
    except ValueError:  # forgotten in between
        number = 1
    if number > most:
        raise TooManyTries(60 - int(at % 60))


def log_what_showed_nobody(
    actor: Actor, response: HttpResponseBase, views: Collection[object], *, now: datetime
) -> None:
    """A call that showed somebody is in the log by that; every other is written down here.

    In a transaction of its own: the one of a refused call is undone.
    """
    refused = response.status_code >= 400
    if views and not refused:
        return
    action = f"machine_read_refused_{response.status_code}" if refused else "machine_read_nobody"
    with acting_as(actor):
        record_call(actor=actor, action=action, now=now)
