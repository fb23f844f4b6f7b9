"""The client's door: the code from the paper, then a passkey or a password of their own."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cases.models import ClientCode
from cases.services import read_client_code, use_client_code
from common.actor import system_actor
from pages.client_log_in.forms import CodeForm, OwnPasswordForm
from people.models import AccountEvent, User
from people.services import record_account_event
from web import throttle
from web.access import open_to_all
from web.factors import add_passkey, new_passkey_asked, passkey_asked, passkey_of, read_answer
from web.levels import level_of_own, record_level
from web.login import told_to_wait, wait_said
from web.requests import context_of

_CODE = "client_code"
_GONE = _("Type the code again: it was not used yet.")


@open_to_all
def enter_code(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the paper."""
    ctx = context_of(request)
    form, wait = CodeForm(request.POST or None), 0
    if form.is_valid():
        try:
            attempt = throttle.begin(request, name=_from_here(request, "code"))
        except throttle.TooManyTries as refused:
            wait = refused.seconds
            form.add_error("code", wait_said(wait, _("A wrong code was typed many times.")))
        else:
            with form.refusals():
                row = read_client_code(code=form.cleaned_data["code"], now=ctx.now)
                attempt.succeeded()
                request.session.cycle_key()
                request.session[_CODE] = str(row.pk)
                return redirect("pages:make_way")
    response = render(request, "pages/client_log_in/enter_code.html", {"form": form})
    return told_to_wait(response, wait)


@open_to_all
def make_way(request: HttpRequest) -> HttpResponseBase:
    """Make a passkey on this device, or choose a password: from then on one logs in with it."""
    ctx, row = context_of(request), _code_of(request)
    if row is None:
        messages.info(request, _GONE)
        return redirect("pages:enter_code")
    user = row.person.user
    assert user is not None
    is_key = bool(request.POST.get("credential"))
    form = OwnPasswordForm(request.POST if request.POST and not is_key else None, user=user)
    failed = False
    if is_key or form.is_valid():
        with form.refusals():
            password = None if is_key else form.cleaned_data["password"]
            key = add_passkey(user, read_answer(request.POST["credential"])) if is_key else None
            if is_key and key is None:
                failed = True
            else:
                use_client_code(code_id=row.pk, password=password, passkey_id=key, now=ctx.now)
                del request.session[_CODE]
                way = "passkey" if is_key else "password"
                return _log_in(request, User.objects.get(pk=user.pk), way)
    context = {
        "form": form,
        "row": row,
        "failed": failed,
        "username": user.username,
        "passkey": new_passkey_asked(user),
    }
    return render(request, "pages/client_log_in/make_way.html", context)


@open_to_all
def passkey(request: HttpRequest) -> HttpResponseBase:
    """Log in with a passkey alone, whoever's it is: no name is typed."""
    ctx = context_of(request)
    next_url = request.POST.get("next") or request.GET.get("next", "")
    if request.POST.get("credential"):
        attempt = throttle.begin(request, name=_from_here(request, "passkey"))
        found = passkey_of(read_answer(request.POST["credential"]), None)
        if found is not None and found.user.is_active:
            attempt.succeeded()
            post_authentication(request, found, passwordless=True)
            return _log_in(request, found.user, "passkey", next_url)
        record_account_event(
            actor=system_actor("log-in"), event=AccountEvent.FACTOR_FAILED,
            user_id=found.user_id if found else None, now=ctx.now,
        )  # fmt: skip
        messages.error(request, _("The passkey was not recognised. Try again."))
    context: dict[str, Any] = {"passkey": passkey_asked(None), "next": next_url}
    return render(request, "pages/client_log_in/passkey.html", context)


def _from_here(request: HttpRequest, what: str) -> str:
    """What tries are counted for: no name is typed, and nobody elsewhere is held up by them."""
    return f"{what} from {throttle.client_address(request)}"


def _log_in(request: HttpRequest, user: User, method: str, next_url: str = "") -> HttpResponseBase:
    """Log in with what is one's own; its level is what whoever let them in knew of them."""
    now = context_of(request).now
    response: HttpResponseBase = perform_login(
        request, Login(user=user, redirect_url=next_url or None)
    )
    if request.user == user:
        record_level(request, level=level_of_own(user, now), method=method, at=now)
    return response


def _code_of(request: HttpRequest) -> ClientCode | None:
    """The code that was typed in this browser and is open still."""
    code_id = request.session.get(_CODE)
    if code_id is None:
        return None
    return (
        ClientCode.objects.filter(
            pk=code_id, used_at=None, ended_at=None,
            valid_until__gt=context_of(request).now,
        )
        .select_related("person__user", "given_by", "given_office")
        .first()
    )  # fmt: skip
