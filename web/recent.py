"""Which cases this log-in opened last: kept with the session, gone with it.

Keys alone are kept. Whether the reader still sees a case is asked when they are shown.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

MOST = 10
_KEY = "recent"


def note(request: HttpRequest, case_id: UUID) -> None:
    """A page of this case is being shown. The session is written only when it is another's turn."""
    kept = request.session.get(_KEY, [])
    key = str(case_id)
    if kept[:1] != [key]:
        request.session[_KEY] = [key, *(other for other in kept if other != key)][:MOST]


def last_cases(request: HttpRequest) -> list[UUID]:
    """The keys of the cases opened last, the newest first."""
    return [UUID(key) for key in request.session.get(_KEY, [])]
