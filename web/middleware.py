"""One transaction a request, whose first statement names the actor; refusals become answers.

What is invisible answers 404, what is visible but not allowed 403 with the reason in plain
words. Whatever was written before a refusal or an error is rolled back. What a request shows is one
page view, and one row of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from audit.services import one_view
from common import clock
from common.actor import Actor, ActorKind
from common.decision import LogInTooWeak, NotAllowed, NotVisible, Refused
from common.transactions import acting_as
from people.languages import text_language
from people.models import User
from people.selectors import actor_for, languages_offered
from web import assisted_mode, practice, second_factor, step_up
from web.errors import error_answer, in_json, is_for_programs
from web.levels import proven_acts
from web.limits import in_words
from web.login import told_to_wait, wait_said
from web.machines.reading import (
    actor_of_token,
    brings_token,
    count_call,
    log_what_showed_nobody,
    refused_token,
)
from web.requests import Context
from web.throttle import TooManyTries

ANONYMOUS = Actor(kind=ActorKind.STRANGER, name="")


class ActorMiddleware:
    """Sets ``request.context`` and wraps the view in their transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_known = isinstance(request.user, User)
        response = practice.answer(request, self._answer)
        if is_known:
            request.session.note_use()  # type: ignore[attr-defined]
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        now = clock.now()
        if brings_token(request):
            return self._to_machine(request, now)
        user = request.user if isinstance(request.user, User) else None
        actor = (
            actor_for(user, now=now, proven=proven_acts(request, user, now)) if user else ANONYMOUS
        )
        if actor.is_worker:
            actor = assisted_mode.typing_for(request, actor, now=now)
        if practice.is_practising(request):
            own: User = request.practised_by  # type: ignore[attr-defined]
            actor = replace(actor, language=text_language(own.language))
        request.context = Context(actor, now)  # type: ignore[attr-defined]
        if user and not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            translation.activate(actor.language)
            request.LANGUAGE_CODE = actor.language
        elif settings.MORE_LANGUAGES and translation.get_language() not in languages_offered(actor):
            # Left by this browser, or asked for by it: its texts are not signed, or not any more.
            translation.activate(actor.language)
            request.LANGUAGE_CODE = actor.language
        with acting_as(actor), one_view():
            response = in_words(request, self.get_response(request))
            if actor.with_client_of is not None:
                assisted_mode.leave(request, response)
            if getattr(request, "failed", False) or response.status_code >= 500:
                transaction.set_rollback(True)
        if user is None and isinstance(request.user, User):  # the API leaves no user where none is
            # At the log-in what is kept with the person wins over what this browser was left with.
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        if user:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _to_machine(self, request: HttpRequest, now: datetime) -> HttpResponseBase:
        """The same for a call that brings a token: nobody else, whoever the browser is."""
        actor = actor_of_token(request, now)
        if actor is None:
            return refused_token()
        request.user = AnonymousUser()
        request.context = Context(actor, now)  # type: ignore[attr-defined]
        try:
            count_call(actor)
        except TooManyTries as full:
            response: HttpResponseBase = told_to_wait(
                in_json(wait_said(full.seconds, _("This system has asked too often.")), 429),
                full.seconds,
            )
            views: Collection[object] = ()
        else:
            with acting_as(actor), one_view() as views:
                response = in_words(request, self.get_response(request))
                if getattr(request, "failed", False) or response.status_code >= 500:
                    transaction.set_rollback(True)
        log_what_showed_nobody(actor, response, views, now=now)
        response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, *_args: object, **_kwargs: object
    ) -> HttpResponse | None:
        """Who came in by a password alone makes a second factor before anything opens."""
        match = request.resolver_match
        if match is None:
            return None
        if practice.is_practising(request):
            if practice.is_part(match):
                return None
            said = _("This is no part of practising. End it first, then come back.")
            return error_answer(request, 404, said, "not_practised.html")
        if match.view_name in second_factor.OPEN_MEANWHILE:
            return None
        if not second_factor.is_missing(request):
            return None
        if is_for_programs(request.path):
            return in_json(_("Log in with your second factor."), 403)
        return redirect("pages:second_factor")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to Django. Either way roll back."""
        request.failed = True  # type: ignore[attr-defined]
        if isinstance(exception, NotVisible):
            return error_answer(request, 404, _("There is nothing here for you."), "404.html")
        if isinstance(exception, LogInTooWeak):
            return step_up.asked(request, exception)
        if isinstance(exception, NotAllowed):
            return error_answer(request, 403, str(exception.reason), "403.html")
        if isinstance(exception, Refused):  # by a page with no form to say it in
            return error_answer(request, 409, str(exception.message), "409.html")
        if isinstance(exception, TooManyTries):
            said = wait_said(exception.seconds)
            return told_to_wait(error_answer(request, 429, said, "429.html"), exception.seconds)
        return None
