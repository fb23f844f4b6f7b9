"""Logging in: allauth with the field names the outside relies on, and no open sign-up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.actor import system_actor
from people.models import AccountEvent, User
from people.selectors import actor_for, password_lets_in
from people.services import record_account_event
from web import throttle
from web.levels import level_of_own, level_of_password, record_level
from web.requests import context_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the installation, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user with this name and password, or none. Raises ``throttle.TooManyTries``."""
        name = credentials.get("username", "")
        attempt = throttle.begin(request, name=name)
        user = super().authenticate(request, **credentials)
        if user is not None:
            attempt.succeeded()
        else:
            _record_failure(request, name, held=attempt.makes_wait)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in, by whichever way, and write it down."""
        super().login(request, user)
        now = context_of(request).now
        ways = [record.get("method") for record in get_authentication_records(request, user)]
        if ways[-1:] == ["password"]:  # by our own clock, as whatever is asked of it later
            level = level_of_password()
            record_level(request, level=level, method="password", at=now, user=user)
        if "mfa" in ways:
            record_level(request, level=level_of_own(user, now), method="own", at=now, user=user)
        actor = actor_for(user, now=now)
        record_account_event(actor=actor, event=AccountEvent.LOGGED_IN, user_id=user.pk, now=now)

    def logout(self, request: HttpRequest) -> None:
        """Log out, and write it down."""
        ctx = context_of(request)
        if ctx.actor.user_id is not None:
            record_account_event(
                actor=ctx.actor, event=AccountEvent.LOGGED_OUT, user_id=ctx.actor.user_id,
                now=ctx.now,
            )  # fmt: skip
        super().logout(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return throttle.client_address(request)


def _record_failure(request: HttpRequest, name: str, *, held: bool) -> None:
    """Write down a wrong password: whose account it was for, never the name that was typed."""
    user = User.objects.filter(username__iexact=name.strip()).only("pk").first()
    for event in (AccountEvent.LOG_IN_FAILED, *([AccountEvent.LOG_IN_HELD] if held else [])):
        record_account_event(
            actor=system_actor("log-in"),
            event=event,
            user_id=user.pk if user else None,
            now=context_of(request).now,
        )


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Allauth's form, whose first field is sent as ``username``."""

    summary_heading = _("You are not logged in:")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True}
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""
        self.wait = 0

    def clean(self) -> Any:
        try:
            data = super().clean()
        except throttle.TooManyTries as refused:
            self.wait = refused.seconds
            raise ValidationError(wait_said(refused.seconds)) from refused
        if getattr(self, "user", None) and not password_lets_in(self.user):
            raise ValidationError(_("Log in through your own organisation."))
        return data

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else str(super().add_prefix(field_name))


class Login(LoginView):  # type: ignore[misc]
    """Allauth's page; whoever must wait reads how long, beside what they typed."""

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        return told_to_wait(response, form.wait)


def wait_said(seconds: int, why: object = None) -> str:
    """How long is to be waited and why, for whoever reads it on a page; a wrong password else."""
    if seconds < 60:
        wait = ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    else:
        minutes = -(-seconds // 60)
        wait = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    why = why or _("The password has been wrong many times.")
    return f"{why} " + str(_("Wait %(wait)s, then try again.") % {"wait": wait})


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """The same answer, as one that says when to come back; ``seconds`` 0: as it is."""
    if seconds:
        response.status_code = 429
        response.headers["Retry-After"] = str(seconds)
    return response
