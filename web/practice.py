"""Practising: whoever works here is, until they end it, one of the practice network's people.

The mark stands in their own session. While it stands, every address but those below is answered
from the practice database (``common.practice``), by whom they have chosen to be: there is no client
of theirs in it. Who is logged in, their log-in and its end stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve

from common.practice import in_practice
from people.models import User

_KEY = "practising"
_OF_ONE_SIDE = ("kept_form", "with_client")
REAL = frozenset(
    {
        "pages:practise", "pages:practise_anew", "pages:practise_end", "account_logout",
        "set_language",
    }
)  # fmt: skip
"""Addresses that are one's own also while one practises: the way in and the ways out."""
PARTS = frozenset({"pages.account.stronger", "pages.account.language"})
NO_PARTS = ("pages.account", "pages.client_log_in.entering", "pages.register_import")
"""Modules of pages that are no part of practice: one's own account, ways to log in, and reading
extracts, which lie on the server and are of real people."""


def begin(request: HttpRequest, username: str, *, now: datetime) -> None:
    """From the next request on they are whoever has this user name in the practice network."""
    _leave_behind(request)
    request.session[_KEY] = {"as": username, "shown": now.timestamp()}


def end(request: HttpRequest) -> str:
    """They are themselves again. Returns whom they had chosen to be, or ""."""
    _leave_behind(request)
    return str(request.session.pop(_KEY, {}).get("as", ""))


def chosen(request: HttpRequest) -> str:
    """Whom they have chosen to be, or ""."""
    return str(request.session.get(_KEY, {}).get("as", ""))


def is_practising(request: HttpRequest) -> bool:
    """Whether this request is answered from the practice database."""
    return getattr(request, "practised_by", None) is not None


def show_anew(request: HttpRequest, *, now: datetime) -> None:
    """They have said that they would log in anew here: in practice a click is enough."""
    request.session[_KEY] = {**request.session[_KEY], "shown": now.timestamp()}


def shown_at(request: HttpRequest) -> float:
    """When they last said so; as they began at first."""
    return float(request.session[_KEY]["shown"])


def is_part(match: ResolverMatch) -> bool:
    """Whether an address is part of what is practised: a page, and none about log-ins."""
    module = match.func.__module__
    if match.namespace != "pages" or module in PARTS:
        return module in PARTS
    return not module.startswith(NO_PARTS)


def answer(
    request: HttpRequest, answer_it: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """Answer a request from whichever database it is for."""
    user = request.user
    if not isinstance(user, User) or not chosen(request) or _is_real(request):
        return answer_it(request)
    with in_practice():
        try:
            other = User.objects.filter(username=chosen(request), is_active=True).first()
        except DatabaseError:
            other = None
        if other is not None:
            request.practised_by, request.user = user, other  # type: ignore[attr-defined]
            response = answer_it(request)
            if isinstance(response, StreamingHttpResponse):
                # What is read line by line is read here, and not when the block is left.
                response.streaming_content = list(response)
            return response
    return _ended(request)


def _leave_behind(request: HttpRequest) -> None:
    """What was typed or begun on one side comes back on no page of the other."""
    for key in _OF_ONE_SIDE:
        request.session.pop(key, None)


def _ended(request: HttpRequest) -> HttpResponseRedirect:
    """Whom they were is not there: nothing is answered from the other database instead."""
    end(request)
    return redirect("pages:practise")


def _is_real(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in REAL
    except Resolver404:
        return False
