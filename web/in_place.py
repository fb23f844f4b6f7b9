"""What is answered to a row of a page, which asks by script (htmx) for a part in place of a page.

The same address answers a whole page to a browser without script. Whatever leads elsewhere leads
the whole page there: a log-in never stands in a row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

SAID_HERE = "In-Place"
"""The header of an answer that is drawn in the row, whatever its status (``static/js/rows.js``)."""
_ACTS, _PLACE = "acts-", "place-"


def is_in_place(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def row_asking(request: HttpRequest) -> UUID | None:
    """The thing whose row asks to be answered in its place; None for a whole page."""
    target = request.headers.get("HX-Target", "") if is_in_place(request) else ""
    for prefix in (_ACTS, _PLACE):
        if target.startswith(prefix):
            try:
                return UUID(target.removeprefix(prefix))
            except ValueError:
                return None
    return None


def drawn_in_place(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A part of a page, to stand where it was asked for."""
    response = render(request, template, context, status=status)
    response.headers[SAID_HERE] = "1"
    return response


def refused_in_place(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """Why nothing was done, under the row: what was typed in its form stays."""
    response = drawn_in_place(request, "in_place_refused.html", {"reason": reason}, status=status)
    row = row_asking(request)
    if row is not None:
        response.headers["HX-Retarget"] = f"#{_PLACE}{row}"
        response.headers["HX-Reswap"] = "beforeend"
    return response


def back_to(request: HttpRequest) -> str:
    """The page of ours that a row stood on, if its form or link says so."""
    url = request.POST.get("next") or request.GET.get("next", "")
    is_own = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_own else ""


def page_to_come_back_to(request: HttpRequest) -> str:
    """Where somebody goes on who had to log in, or to show more, in between.

    What a button alone does has no page: then the page that the row stood on.
    """
    match = request.resolver_match
    takes = getattr(match.func, "methods", ("GET",)) if match else ()
    if "GET" in takes:
        return request.get_full_path()
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    is_own = current.netloc == request.get_host() and current.path.startswith("/")
    return current.path if is_own else "/"


class InPlaceMiddleware:
    """Says that an answer depends on who asks; sends the whole page on where an answer leads on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if is_in_place(request) and 300 <= response.status_code < 400:
            return _led_on(request, response)
        return response


def _led_on(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    to = response.headers["Location"]
    if urlsplit(to).path == resolve_url(settings.LOGIN_URL):
        to = f"{urlsplit(to).path}?{urlencode({'next': page_to_come_back_to(request)})}"
    led = HttpResponse(headers={"Cache-Control": "no-store"})
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    # An address that differs in its fragment alone would load nothing anew.
    is_here = (urlsplit(to).path, urlsplit(to).query) == (here.path, here.query)
    led.headers["HX-Refresh" if is_here else "HX-Redirect"] = "true" if is_here else to
    led.cookies = response.cookies
    patch_vary_headers(led, ["HX-Request"])
    return led
