"""The numbers in a worker's menu: each is the count of the list behind it.

Counting what waits costs as much as a page, so a session keeps its counts for a minute; the first
page, whose list they are, counts anew each time.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from inbox.selectors import MenuCounts, count_menu
from inbox.waits import Waits
from web.requests import context_of

KEPT = timedelta(minutes=1)
_KEY = "menu_counts"


def menu_counts(request: HttpRequest) -> dict[str, Any]:
    """For every template: the counts, asked for only where a menu is drawn."""
    if not hasattr(request, "context") or not context_of(request).actor.is_worker:
        return {}
    return {"menu_counts": SimpleLazyObject(lambda: _counts(request))}


def counted_anew(request: HttpRequest, waits: Waits) -> dict[str, int]:
    """The same where what waits has just been counted."""
    kept = _kept(request)
    triggers = kept["triggers"] if kept else None
    counts = count_menu(
        context_of(request).actor, now=_now(request), waits=waits, triggers=triggers
    )
    if kept == asdict(counts):
        return kept
    return _keep(request, counts)


def _counts(request: HttpRequest) -> dict[str, int]:
    kept = _kept(request)
    if kept is not None:
        return kept
    return _keep(request, count_menu(context_of(request).actor, now=_now(request)))


def _kept(request: HttpRequest) -> dict[str, int] | None:
    kept = request.session.get(_KEY)
    if kept is None or datetime.fromisoformat(kept["at"]) + KEPT < _now(request):
        return None
    return {name: kept[name] for name in ("my_day", "triggers", "commitments")}


def _keep(request: HttpRequest, counts: MenuCounts) -> dict[str, int]:
    found: dict[str, int] = asdict(counts)
    request.session[_KEY] = {"at": _now(request).isoformat(), **found}
    return found


def _now(request: HttpRequest) -> datetime:
    return context_of(request).now
