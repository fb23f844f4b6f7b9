"""The marker every view carries: which kinds of actor it exists for.

A test walks the URLconf and fails on a view without one. For everybody else the address
answers 404; somebody not logged in is asked to log in, on every address alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from common.actor import ActorKind
from common.decision import Decision, NotVisible
from common.levels import Act
from web.requests import context_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

OF_A_PAGE = ("GET", "HEAD", "POST", "OPTIONS")
"""The methods a view takes unless it says otherwise (``methods``)."""
_OF_WHAT_IS_SHOWN = ("GET", "HEAD", "OPTIONS")
_OF_A_BUTTON = ("POST", "OPTIONS")

EVERYBODY_LOGGED_IN = frozenset(ActorKind) - {ActorKind.SYSTEM}


def open_to_all(view: View) -> View:
    """For everybody, logged in or not: log-in, information page, health."""
    view.access_kinds = None  # type: ignore[attr-defined]
    return view


def only_for(*kinds: ActorKind) -> Callable[[View], View]:
    """The view exists for these kinds of actor only; without kinds, for everybody logged in."""
    allowed = frozenset(kinds) or EVERYBODY_LOGGED_IN

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if context_of(request).actor.kind not in allowed:
                raise NotVisible
            return view(request, *args, **kwargs)

        guarded.access_kinds = allowed  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def needs(
    act: Act, *, of: ActorKind | None = None, when_sent: bool = False
) -> Callable[[View], View]:
    """The view does an act that asks for a level of log-in. Stands under the marker of access.

    It is asked for before anything is shown; ``when_sent``: the page may be read, and some of what
    is sent from it is the act, which its service asks. ``of``: of this kind of actor alone.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = context_of(request).actor
            if not when_sent and of in (None, actor.kind):
                Decision.proven(actor, act).require()
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


def get_only(view: View) -> View:
    """The view only shows: nothing is sent to it. Stands under the marker of access."""
    return _taking(_OF_WHAT_IS_SHOWN, view)


def post_only(view: View) -> View:
    """The view is what a button does: it has no page. Stands under the marker of access."""
    return _taking(_OF_A_BUTTON, view)


def _taking(methods: tuple[str, ...], view: View) -> View:
    """What it takes is named wherever a method is refused (``web.limits``)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        return view(request, *args, **kwargs)

    guarded.methods = methods  # type: ignore[attr-defined]
    return cast(View, guarded)
