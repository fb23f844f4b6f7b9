"""Assisted mode: a worker writes with the client of one case beside them, for a while.

Kept in the session, so that it ends with it; it lets a worker do no more than the team may, but
what is written is marked, and the client's own words may be typed for them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

LASTS = timedelta(hours=2)
"""A meeting that lasts longer is begun anew: a mark nobody remembers would tell a lie."""
_KEY = "with_client"


def begin(request: HttpRequest, case_id: UUID, *, now: datetime) -> None:
    """From the next request on, what is written in this case is written with the client."""
    request.session[_KEY] = {"case": str(case_id), "until": (now + LASTS).isoformat()}


def end(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def with_client_of(request: HttpRequest, *, now: datetime) -> UUID | None:
    """The case whose client sits beside, while it lasts."""
    kept = request.session.get(_KEY)
    if kept is None or datetime.fromisoformat(kept["until"]) <= now:
        return None
    return UUID(kept["case"])
