"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from web.requests import actor_of, now_of, today_of


def page(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``now``, ``today`` and ``demo`` (whether artificial data is shown)."""
    if not hasattr(request, "actor"):  # an error before the middleware
        return {"actor": None, "now": None, "today": None, "demo": settings.DEMO}
    return {
        "actor": actor_of(request),
        "now": now_of(request),
        "today": today_of(request),
        "demo": settings.DEMO,
    }
