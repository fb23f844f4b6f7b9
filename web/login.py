"""Logging in: allauth with the field names the outside relies on, and no open sign-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm as AllauthLoginForm
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import User


def is_strong(request: HttpRequest, user: User, *, now: datetime) -> bool:
    """Has this user, who is logged in, identified strongly, and within the time that counts as now?

    By allauth's own record of how and when; which ways count is the installation's setting.
    """
    since = now.timestamp() - settings.STRONG_LOGIN_MINUTES * 60
    return any(
        record.get("method") in settings.STRONG_LOGIN_METHODS and record.get("at", 0) >= since
        for record in get_authentication_records(request, user)
    )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the installation, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    """Allauth's form, whose first field is sent as ``username``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True}
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else str(super().add_prefix(field_name))
