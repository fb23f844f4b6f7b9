"""A worker's own body is asked, before the hour is over, whether they still are who they were.

On a page they open anyway, and without showing them anything: whoever is logged in there comes back
at once. Where that does not work the page is opened all the same, and they log in when the hour is
over (``web.sessions``, docs/adr/0032).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from common.clock import machine_now
from people.models import LogIn
from web.sessions import issuer_of

ASKED_AFTER = timedelta(minutes=45)
NOT_SOONER = timedelta(minutes=10)
"""How long it is left alone after it has been tried."""
_TRIED = "asked_silently"
_ASKING = timedelta(minutes=2)


class AskingAgainMiddleware:
    """Sends a worker whose hour is nearly over by way of their own body to the page they open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_a_page(request):
            return self.get_response(request)
        now, tried = machine_now(), request.session.get(_TRIED, 0)
        row: LogIn | None = getattr(request.session, "row", None)  # there once something was read
        if row is None or row.answered_at is None:
            return self.get_response(request)
        if row.answered_at + ASKED_AFTER > now or tried > (now - NOT_SOONER).timestamp():
            return self.get_response(request)
        for one in settings.IDENTITY_PROVIDERS:
            if one.issuer == row.issuer:
                request.session[_TRIED] = now.timestamp()
                there = reverse("login:start", args=[one.key])
                return redirect(f"{there}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def is_asking(request: HttpRequest, issuer: str) -> bool:
    """Whether this browser is on such a way just now."""
    tried = request.session.get(_TRIED, 0)
    recent = tried > (machine_now() - _ASKING).timestamp()
    return bool(recent and request.user.is_authenticated and issuer_of(request) == issuer)


def _is_a_page(request: HttpRequest) -> bool:
    """Somebody goes to a page: no form is sent, no part of one fetched, no way in or out."""
    return (
        request.method == "GET"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and "HX-Request" not in request.headers
        and not request.path.startswith(("/login/", "/logout/", "/api/"))
    )
