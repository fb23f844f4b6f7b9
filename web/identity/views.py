"""The log-in page with its providers, the way to one and back, and what a provider tells us itself.

Nothing that came from a provider stands on a page, in an address or in a log: why nobody came in is
a word of ours.
"""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.views import LogoutView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from cases.services import tell_of_turned_away
from common.actor import AT_WORK, system_actor
from common.decision import NotVisible, Refused
from common.levels import LogInLevel
from people.entering import VerifiedIdentity, Whom
from people.models import AccountEvent, User
from people.services import (
    EntryBar,
    NotKnown,
    end_log_ins_from,
    enter,
    is_first,
    link_own_log_in,
    record_account_event,
)
from web.access import get_only, only_for, open_to_all, post_only
from web.identity import protocol
from web.identity.asking_again import is_asking
from web.identity.links import log_in_links
from web.identity.metadata import metadata_of
from web.identity.pages import failed, gone, not_known, somebody_else
from web.identity.providers import LEVELS, Provider
from web.identity.refusals import LoginFailed, NotVerified, Unreachable
from web.identity.tokens import verify_logout_token
from web.identity.trying import own_addresses
from web.levels import record_level
from web.login import Login, LoginForm
from web.requests import context_of
from web.sessions import NEWCOMER, issuer_of, note_issuer

log = logging.getLogger(__name__)
LINKING = "linking"
"""What a session holds of a provider whose log-in is to be linked to whoever is logged in."""
WAY = "oidc"
"""This way of logging in, by allauth's record of how somebody did."""


class LoginPage(Login):
    """The log-in page, with the providers that people may come from instead of a password."""

    def get_form(self, *given: Any) -> LoginForm:
        form: LoginForm = super().get_form(*given)
        if settings.IDENTITY_PROVIDERS:  # whoever hears the page begins at its beginning
            form.fields["login"].widget.attrs.pop("autofocus", None)
        return form

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        next_url = self.get_next_url() or ""
        page: dict[str, Any] = super().get_context_data(
            for_staff=log_in_links(Whom.STAFF, next_url),
            for_clients=log_in_links(Whom.CLIENTS, next_url),
            **given,
        )
        return page


class Logout(LogoutView):  # type: ignore[misc]
    """Allauth's page; whoever came from a provider is shown the way out there too."""

    def get_redirect_url(self) -> str:
        issuer = issuer_of(self.request)
        for one in settings.IDENTITY_PROVIDERS:
            if one.issuer == issuer and one.logs_out_there:
                return reverse("login:away", args=[one.key])
        return str(super().get_redirect_url())


@open_to_all
@get_only
def start(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider. For somebody who is logged in: to prove anew, or more surely, who they are.

    ``next``: where they go on. ``level``: which they must reach; then they must prove it now.
    """
    provider = _provider(key)
    if request.get_host() != urlsplit(settings.PUBLIC_URL).netloc:
        # It comes back to that address: what is kept for it must be kept there.
        return redirect(settings.PUBLIC_URL + request.get_full_path())
    ctx, level = context_of(request), request.GET.get("level", "")
    level = level if level in LEVELS else ""
    next_url = _own_address(request, request.GET.get("next", ""))
    by_itself = not level and LINKING not in request.session
    silent = by_itself and is_asking(request, provider.issuer)
    try:
        url = protocol.ask(
            provider,
            request.session,
            redirect_uri=own_addresses(provider).back,
            next_url=next_url,
            language=get_language() or settings.LANGUAGE_CODE,
            level=level,
            user_id=str(ctx.actor.user_id or ""),
            fresh=bool(level),
            silent=silent,
        )
    except LoginFailed as refused:
        if silent and next_url:
            return redirect(next_url)
        return _told(request, provider, refused, next_url)
    return redirect(url)


@open_to_all
@get_only
def back(request: HttpRequest, key: str) -> HttpResponse:
    """From the provider, with its answer: a log-in, or why there is none."""
    provider, now = _provider(key), context_of(request).now
    answer, next_url, whose = request.GET.dict(), "", ""
    try:
        asked = protocol.take_asked(request.session, provider, answer)
        next_url, whose = asked.next, asked.user_id
        identity = protocol.verify_answer(provider, asked, answer, now=now)
    except LoginFailed as refused:
        if isinstance(refused, NotVerified):
            _record_refusal(request, whose)
        elif next_url and not asked.fresh and is_asking(request, provider.issuer):
            return redirect(next_url)  # they go on until their hour is over
        return _told(request, provider, refused, next_url)
    if whose and request.session.pop(LINKING, None) == provider.key:
        return _link(request, provider, identity)
    try:
        entered = enter(
            actor=system_actor("log-in"), identity=identity, now=now,
            logged_in=UUID(whose) if whose else None,
        )  # fmt: skip
    except NotKnown as refused:
        record_account_event(
            actor=system_actor("log-in"), event=AccountEvent.LOG_IN_REFUSED,
            user_id=refused.user_id, now=now,
        )  # fmt: skip
        tell_of_turned_away(refused=refused, now=now)
        if refused.bar is EntryBar.NOT_THEM:
            return somebody_else(request, provider)
        return not_known(request, provider, refused)
    _log_in(request, entered.user, identity, again=bool(whose))
    if entered.newcomer:
        request.session[NEWCOMER] = entered.newcomer
    return redirect(next_url or settings.LOGIN_REDIRECT_URL)


@only_for(*AT_WORK)
@post_only
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever is logged in to work links the log-in of their own body: by that, and by this one.

    Begun by a button of their own page: nobody is led here by an address.
    """
    provider = _provider(key)
    if provider.whom is not Whom.STAFF:
        raise NotVisible
    request.session[LINKING] = provider.key
    asked = urlencode({"next": reverse("pages:log_ins")})
    return redirect(f"{reverse('login:start', args=[provider.key])}?{asked}")


@csrf_exempt
@open_to_all
@post_only
def ended(request: HttpRequest, key: str) -> HttpResponse:
    """The provider itself tells that a log-in there has ended (Back-Channel Logout 1.0)."""
    provider, now = _provider(key), context_of(request).now
    try:
        said = verify_logout_token(provider, request.POST.get("logout_token"), now=time.time())
        first = hashlib.sha256("\0".join([WAY, provider.issuer, said["jti"]]).encode()).hexdigest()
        if not is_first(actor=system_actor("log-out"), digest=first, now=now):
            raise NotVerified("replayed")
    except LoginFailed as refused:
        log.warning("A log-out from %s was refused: %s", provider.key, refused.why)
        status = 503 if isinstance(refused, Unreachable) else 400
        return _said({"error": "invalid_request"}, status=status)
    end_log_ins_from(
        actor=system_actor("log-out"),
        issuer=provider.issuer,
        issuer_session=said.get("sid", ""),
        subject=said.get("sub", ""),
        now=now,
    )
    return _said({})


@open_to_all
@get_only
def keys(request: HttpRequest, key: str) -> HttpResponse:
    """Our public keys, by which the provider knows us; the old one stays while a new one begins."""
    return JsonResponse(_provider(key).published_keys)


@open_to_all
@get_only
def away(request: HttpRequest, key: str) -> HttpResponse:
    """Logged out here, and perhaps not there yet: the way to that."""
    return gone(request, _provider(key))


@open_to_all
@get_only
def out(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider's own page of logging out (RP-Initiated Logout 1.0).

    Without the ID token as a hint: an identity code stands in it, and it is kept nowhere.
    """
    provider = _provider(key)
    try:
        url = metadata_of(provider).end_session_endpoint
    except LoginFailed as refused:
        return _told(request, provider, refused, "")
    if not url:
        return redirect("account_login")
    given = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": own_addresses(provider).after,
        "ui_locales": get_language() or settings.LANGUAGE_CODE,
    }
    return redirect(f"{url}{'&' if '?' in url else '?'}{urlencode(given)}")


def _link(request: HttpRequest, provider: Provider, identity: VerifiedIdentity) -> HttpResponse:
    ctx = context_of(request)
    try:
        link_own_log_in(actor=ctx.actor, identity=identity, now=ctx.now)
    except Refused as refused:
        _record_refusal(request, str(ctx.actor.user_id))
        return not_known(request, provider, refused)
    _log_in(request, User.objects.get(pk=ctx.actor.writer_id), identity, again=True)
    return redirect("pages:log_ins")


def _log_in(request: HttpRequest, user: User, identity: VerifiedIdentity, *, again: bool) -> None:
    """The log-in, or a surer one of whoever is logged in already; and how they came by it."""
    if not (again and request.user.is_authenticated):
        get_adapter().login(request, user)
    note_issuer(request, identity.issuer, identity.session, asks_again=identity.whom is Whom.STAFF)
    record_level(
        request, level=LogInLevel(identity.level), method=WAY, at=identity.authenticated_at,
        user=user,
    )  # fmt: skip


def _provider(key: str) -> Provider:
    for one in settings.IDENTITY_PROVIDERS:
        if one.key == key:
            found: Provider = one
            return found
    raise NotVisible


def _own_address(request: HttpRequest, url: str) -> str:
    own = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if own else ""


def _told(
    request: HttpRequest, provider: Provider, refused: LoginFailed, next_url: str
) -> HttpResponse:
    log.warning("A log-in by %s failed: %s", provider.key, refused.why)
    return failed(request, provider, refused, next_url)


def _record_refusal(request: HttpRequest, whose: str) -> None:
    record_account_event(
        actor=system_actor("log-in"),
        event=AccountEvent.LOG_IN_REFUSED,
        user_id=context_of(request).actor.user_id if whose else None,
        now=context_of(request).now,
    )


def _said(content: dict[str, str], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
