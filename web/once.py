"""A form that does something does it once, however often it is sent.

Somebody clicks twice on a slow line, a browser sends again what it got no answer to. Every form is
drawn with a one-time key (the tag ``csrf_token``, which no form that is sent can lack); whoever
sends the same key with the same content to the same address gets the answer of the first time.
Somebody who goes back and writes something else in the same form means something else by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from people.selectors import answer_to
from people.services import is_first, keep_answer, was_not_done
from web.errors import error_answer
from web.in_place import is_in_place
from web.requests import context_of

FIELD = "once"
ABOUT_THE_SENDING = frozenset({FIELD, "csrfmiddlewaretoken", "draft"})
"""Fields that say nothing of what is meant: they may differ between two that are the same."""

AGAIN_EACH_TIME = {
    "account_login": "whoever is logged out meanwhile must get in",
    "account_logout": "whoever has logged in again meanwhile must get out",
    "set_language": "whoever goes back and chooses again means it",
    "change_password": "another session would be told it had done what it had not",
    "password_forgotten": "whoever goes back and asks again means it",
    "choose_password": "its address works once by itself",
    "pages:draft_keep": "what is typed is kept as often as it changes",
    "pages:draft_forget": "there is nothing left to forget",
    "pages:cases": "searches",
    "pages:case_find": "searches",
    "pages:practise": "whoever goes back and chooses again means it",
    "pages:practise_end": "there is nothing left to end",
    "pages:with_client": "begins two hours from now, each time",
    "pages:with_client_end": "ends what may have begun again",
}
"""Routes whose forms are done as often as they come, and why that harms nobody."""


class OnceMiddleware:
    """Stands inside the transaction of the request: what is done and that it was, or neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        digest: str | None = getattr(request, "sent_once", None)
        if digest is None or getattr(request, "failed", False) or response.status_code >= 500:
            return response  # or all of it is undone
        if getattr(request, "did_nothing", False):
            was_not_done(digest=digest)
        elif 300 <= response.status_code < 400:
            keep_answer(digest=digest, answer=response.headers["Location"])
        elif not getattr(request, "showed_it", False):
            was_not_done(digest=digest)
        elif getattr(request, "shown_then", ""):
            keep_answer(digest=digest, answer=request.shown_then)  # type: ignore[attr-defined]
        return response

    def process_view(
        self, request: HttpRequest, *_args: object, **_kwargs: object
    ) -> HttpResponseBase | None:
        """Answer a form that was sent before; let every other one through."""
        ctx = context_of(request)
        if request.method != "POST" or not request.POST.get(FIELD):
            return None
        if request.resolver_match and request.resolver_match.view_name in AGAIN_EACH_TIME:
            return None
        digest = _digest_of(request)
        if is_first(actor=ctx.actor, digest=digest, now=ctx.now):
            request.sent_once = digest  # type: ignore[attr-defined]
            return None
        answer = answer_to(digest)
        if not answer:
            if is_in_place(request):
                return error_answer(request, 409, _("This is done already."), "409.html")
            return render(request, "pages/made_already.html", status=409)
        messages.success(request, _("Saved. It was sent twice and is kept once."))
        return HttpResponseRedirect(answer)


def did_nothing(request: HttpRequest) -> None:
    """The answer leads on, but what was sent was refused: it may be sent again."""
    request.did_nothing = True  # type: ignore[attr-defined]


def showed_it(request: HttpRequest, *, then: str = "") -> None:
    """The answer is a page and not an address, and yet something was done.

    ``then``: where whoever sends the same again is led.
    """
    request.showed_it, request.shown_then = True, then  # type: ignore[attr-defined]


def _digest_of(request: HttpRequest) -> str:
    said = hashlib.sha256()

    def say(*words: object) -> None:
        for word in words:
            one = str(word).encode("utf-8", "replace")
            said.update(len(one).to_bytes(8, "big") + one)

    say(context_of(request).actor.user_id or "", request.POST[FIELD], request.get_full_path())
    for name, values in sorted(request.POST.lists()):
        if name not in ABOUT_THE_SENDING:
            say(name, *values, "")
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            say(name, file.name, _content_of(file))
    return said.hexdigest()


def _content_of(file: Any) -> str:
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return content.hexdigest()
