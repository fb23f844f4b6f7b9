"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from web.practice import is_practising
from web.requests import context_of


def page(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``now``, ``today`` and ``demo`` (whether artificial data is shown).

    ``practised_as``: the name one has while one practises, or "".
    """
    if not hasattr(request, "context"):  # an error before the middleware
        return {
            "actor": None, "now": None, "today": None, "demo": settings.DEMO, "practised_as": "",
        }  # fmt: skip
    ctx = context_of(request)
    return {
        "actor": ctx.actor, "now": ctx.now, "today": ctx.today, "demo": settings.DEMO,
        "practised_as": ctx.actor.name if is_practising(request) else "",
    }  # fmt: skip
