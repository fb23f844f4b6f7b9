"""What is refused before anything of it is read: bodies that are too large, methods no page has.

Which page is meant is known by then, its body is not. The answers stand in the reader's language;
under ``/api/`` they are JSON.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from web.access import OF_A_PAGE
from web.errors import error_answer

_LINGER_SECONDS, _LINGER_BYTES = 10, 100 * 1024**2


class LimitsMiddleware:
    """Stands before whatever reads a body, so first; answers 405, 411 and 413."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_given: Any
    ) -> HttpResponse | None:
        allowed = _methods(view)
        # A page that only a button has is shown to nobody, but first of all not to strangers: what
        # a view takes of a page's methods it says itself.
        takes = allowed if _is_class(view) else OF_A_PAGE
        if request.method not in takes:
            return _not_allowed(request, ", ".join(allowed))
        if request.method == "OPTIONS" and not hasattr(view, "cls"):  # the API describes itself
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        # Without a length Django would take the body for empty.
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            reason = _("What was sent did not say how large it is.")
            return _not_cut_off(request, error_answer(request, 411, reason, "411.html"))
        largest = _largest_body(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
            reason = _("What was sent is too large: %(size)s MB at most.") % {
                "size": largest // 1024**2
            }
            return _not_cut_off(request, error_answer(request, 413, reason, "413.html"))
        return None


def in_words(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, where it is a bare 405 of a view that takes one method only, with words."""
    if response.status_code == 405 and not getattr(response, "content", b"-"):
        return _not_allowed(request, response.headers["Allow"])
    return response


def _not_cut_off(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let whoever is still sending finish, after the answer: else they would see no answer.

    What comes is thrown away, for a while. A proxy before the web process does the same for it.
    """
    if "gunicorn.socket" in request.META:
        response._resource_closers.append(lambda: _throw_away(request.META["wsgi.input"]))  # type: ignore[attr-defined]
    return response


def _throw_away(body: Any) -> None:
    end, left = time.monotonic() + _LINGER_SECONDS, _LINGER_BYTES
    with suppress(OSError):
        while left > 0 and time.monotonic() < end:
            read = len(body.read(64 * 1024))
            if not read:
                return
            left -= read


def _largest_body(request: HttpRequest) -> int:
    name = request.resolver_match.view_name if request.resolver_match else ""
    largest: int = settings.LARGEST_BODIES.get(name, settings.LARGEST_BODY)
    return largest


def _is_class(view: Callable[..., Any]) -> bool:
    return _class_of(view) is not None


def _class_of(view: Callable[..., Any]) -> Any:
    return getattr(view, "view_class", None) or getattr(view, "cls", None)


def _methods(view: Callable[..., Any]) -> tuple[str, ...]:
    kind = _class_of(view)
    if kind is None:
        methods: tuple[str, ...] = getattr(view, "methods", OF_A_PAGE)
        return methods
    own = [name.upper() for name in kind.http_method_names if hasattr(kind, name)]
    # Django answers HEAD by GET; a class whose POST is its PUT too has one form, not two.
    return tuple(name for name in OF_A_PAGE if name in own or (name == "HEAD" and "GET" in own))


def _not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = error_answer(
        request, 405, _("This address does not do what was asked of it."), "405.html"
    )
    response.headers["Allow"] = allowed
    return response
