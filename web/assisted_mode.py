"""Assisted mode: a worker writes with the client of one case beside them, for a while.

Or from a paper that the client sent: then the client is not there, and ``paper`` says where what
they wrote is kept.

Kept in the session, so that it ends with it, and for one case. It ends when the worker turns to
a page that is not about that client, when the client logs in themselves, and when the worker may
no longer write in the case; at the latest after two hours. It lets a worker do no more than the
team may, but what is written is marked, and the client's own words may be typed for them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from cases.access import can_write_in_case, visible_to
from common.actor import Actor
from web.in_place import is_in_place

LASTS = timedelta(hours=2)
"""A meeting that lasts longer is begun anew: a mark nobody remembers would tell a lie."""
_KEY = "with_client"


def begin(request: HttpRequest, case_id: UUID, *, now: datetime, paper: str = "") -> None:
    """From the next request on, the client's words in this case are typed for them."""
    request.session[_KEY] = {
        "case": str(case_id),
        "paper": paper,
        "since": now.isoformat(),
        "until": (now + LASTS).isoformat(),
    }


def end(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def typing_for(request: HttpRequest, actor: Actor, *, now: datetime) -> Actor:
    """The worker, with the case whose client they type for while it lasts, and from what paper.

    What no longer holds is ended.
    """
    kept = request.session.get(_KEY)
    if kept is None:
        return actor
    case_id = UUID(kept["case"])
    if datetime.fromisoformat(kept["until"]) > now and _holds(
        actor, case_id, datetime.fromisoformat(kept["since"]), now
    ):
        return replace(actor, with_client_of=case_id, paper=kept.get("paper", ""))
    end(request)
    return actor


def page_is_about(request: HttpRequest, case_id: UUID) -> None:
    """Say of which case the page is that is about to be drawn: one of another ends the mode."""
    request.page_case = case_id  # type: ignore[attr-defined]


def leave(request: HttpRequest, response: HttpResponseBase) -> None:
    """End the mode where the worker has turned to a page that is not about that client.

    A page, and nothing else: a file, an answer to a script or a refusal is no turning away.
    """
    kept = request.session.get(_KEY)
    if kept is None or request.method != "GET" or response.status_code != 200:
        return
    if is_in_place(request):
        return
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    page_case = getattr(request, "page_case", None)
    if is_page and str(page_case) != kept["case"]:
        end(request)


def _holds(actor: Actor, case_id: UUID, since: datetime, now: datetime) -> bool:
    """May the worker still write in the case, and has the client not logged in elsewhere?"""
    case = visible_to(actor, now=now).select_related("person__user").filter(pk=case_id).first()
    if case is None or not can_write_in_case(actor, case, now=now):
        return False
    client = case.person.user
    return client is None or client.last_login is None or client.last_login <= since
