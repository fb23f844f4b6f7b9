"""The pages of whoever did not come in by an identity provider: why, and the way out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.decision import Refused
from people.entering import Claim, Whom
from people.selectors import offices_to_call
from people.services import EntryBar, NotKnown
from web.identity.providers import Provider
from web.identity.refusals import (
    BrokenOff,
    ClaimsMissing,
    LoginFailed,
    NotVerified,
    TooWeak,
    Unreachable,
)
from web.requests import context_of

_Words = tuple[str | Promise, str | Promise, int]
_SAID: dict[type[LoginFailed], _Words] = {
    BrokenOff: (
        _("You were not logged in"),
        _("The log-in was broken off. You can begin again, or choose another way to log in."),
        200,
    ),
    Unreachable: (
        _("The log-in service does not answer"),
        _("You cannot be logged in by %(name)s just now. Wait a moment and try again."),
        503,
    ),
    TooWeak: (
        _("A stronger log-in is needed"),
        _(
            "The way you identified yourself is not strong enough here. Begin again and choose "
            "a stronger way, for example a bank's log-in or a certificate card."
        ),
        403,
    ),
    ClaimsMissing: (
        _("Something about you was not told to us"),
        _("%(name)s did not tell us everything that is needed to log you in."),
        403,
    ),
    NotVerified: (
        _("The log-in could not be confirmed"),
        _(
            "You were not logged in. It may have taken too long, or the page was opened twice. "
            "Begin the log-in again."
        ),
        400,
    ),
}
_DO: dict[EntryBar, Promise] = {
    EntryBar.NOT_HERE: _("Call the office that works with you. They help you to log in."),
    EntryBar.NO_CODE: _(
        "Call an office and go there. Take your passport, identity card or residence permit with "
        "you. A worker gives you a code on paper, and you log in with it."
    ),
    EntryBar.FORMER_CODE: _(
        "Call an office and say that your personal identity code has changed. They see who you "
        "are and correct it. Then you can log in."
    ),
    EntryBar.CODE_CHANGED: _(
        "Call an office and say that your personal identity code has changed. They see who you "
        "are and correct it. Then you can log in."
    ),
    EntryBar.SOMEBODY_ELSES: _(
        "Call an office and tell what this page says. They see who you are and correct it."
    ),
    EntryBar.DIED: _("Call an office and tell what this page says. They help you further."),
}
"""What a client can do who was not let in."""
CLAIMS: dict[Claim, str | Promise] = {
    Claim.GIVEN_NAME: _("First names"),
    Claim.FAMILY_NAME: _("Last name"),
    Claim.IDENTITY_CODE: _("Identity code"),
    Claim.EMAIL: _("E-mail address"),
    Claim.PHONE: _("Phone"),
    Claim.LANGUAGE: _("Language"),
    Claim.BODY: _("Organisation"),
    Claim.OFFICE: _("Office"),
    Claim.ROLE: _("Role"),
    Claim.TITLE: _("Title"),
}
"""What a provider says, as it is called on a page."""


def failed(
    request: HttpRequest, provider: Provider, refused: LoginFailed, next_url: str
) -> HttpResponse:
    """Why nobody came in, what to do, and whom to ask where it does not help."""
    title, lead, status = _SAID[type(refused)]
    missing = sorted(refused.claims) if isinstance(refused, ClaimsMissing) else []
    return _page(
        request, provider, status, title=title, lead=str(lead) % {"name": _name(provider)},
        next_url=next_url, missing=[CLAIMS[one] for one in missing],
        asks=not isinstance(refused, BrokenOff), code=refused.why,
    )  # fmt: skip


def not_known(request: HttpRequest, provider: Provider, refused: Refused) -> HttpResponse:
    """They are who they are, and nobody here: what they can do, and whom a client can call."""
    clients = provider.whom is Whom.CLIENTS
    bar = refused.bar if isinstance(refused, NotKnown) else None
    return _page(
        request, provider, 403, title=_("You were not logged in"), lead=refused.message, code="",
        do=_DO.get(bar, "") if clients and bar else "", by_code=bar is EntryBar.NO_CODE,
        networks=offices_to_call(on=context_of(request).today) if clients else [],
    )  # fmt: skip


def somebody_else(request: HttpRequest, provider: Provider) -> HttpResponse:
    """They proved to be another than whose log-in this is; that one goes on as it was."""
    lead = _(
        "You identified yourself as somebody else than who is logged in here. Your log-in is as "
        "it was. If it is not yours, log out first."
    )
    return _page(
        request, provider, 409, title=_("You are logged in as somebody else"), lead=lead,
        code="somebody_else", log_out=True,
    )  # fmt: skip


def gone(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Logged out here; the way to log out there too, for whoever leaves the machine to others."""
    given = {"name": _name(provider), "url": reverse("login:out", args=[provider.key])}
    return render(request, "identity/gone.html", given)


def _name(provider: Provider) -> str:
    return provider.name_in(get_language() or settings.LANGUAGE_CODE)


def _page(
    request: HttpRequest, provider: Provider, status: int, *, next_url: str = "", **given: Any
) -> HttpResponse:
    again = reverse("login:start", args=[provider.key])
    page = {
        "again": f"{again}?{urlencode({'next': next_url})}" if next_url else again,
        "name": _name(provider),
        "contact": provider.contact,
        "missing": [],
        "asks": True,
        "log_out": False,
        "do": "",
        "by_code": False,
        "networks": [],
        **given,
    }
    return render(request, "identity/failed.html", page, status=status)
