"""A second factor of one's own: a passkey or an app with codes; and who helps when it is lost."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind, system_actor
from common.decision import Decision
from common.levels import Act
from pages.forms import Form
from pages.responses import form_page, redirect_saved
from people.models import AccountEvent, User
from people.services import end_second_factor, record_account_event, record_factor, user_kept
from web import factors, throttle
from web.access import needs, only_for, open_to_all
from web.levels import level_of_own, record_level
from web.login import told_to_wait, wait_said
from web.once import showed_it
from web.requests import context_of
from web.second_factor import ASKED_FOR_ONE

asked_for_one = only_for(*ASKED_FOR_ONE)
_SECRET = "second_factor_secret"  # noqa: S105 - where it is kept until the app has it


class AppCodeForm(Form):
    looks_up_persons = True

    code = forms.CharField(
        label=_("The code the app shows now"), max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


@asked_for_one
@needs(Act.CHANGE_OWN_LOG_IN, when_sent=True)
def second_factor(request: HttpRequest) -> HttpResponse:
    """What one has beside the password; making a passkey, new recovery codes, taking one away."""
    ctx, user = context_of(request), _user(request)
    had = factors.factors_of(user)
    failed = False
    if request.method == "POST":
        _ask_anew(request, had)
        if request.POST.get("credential"):
            if factors.add_passkey(user, factors.read_answer(request.POST["credential"])):
                return _added(request, user)
            failed = True
        elif request.POST.get("do") == "codes" and had:
            return _codes(request, user)
        elif request.POST.get("do") == "remove":
            if factors.take_away(user, request.POST.get("which", "")):
                record_factor(
                    actor=ctx.actor, event=AccountEvent.FACTOR_REMOVED, user_id=user.pk,
                    now=ctx.now,
                )  # fmt: skip
                return redirect_saved(request, _("Taken away."), "pages:second_factor")
            messages.error(request, _("The last one stays: add another first."))
    context = {
        "had": had,
        "rows": factors.list_factors(user),
        "failed": failed,
        "passkey": factors.new_passkey_asked(user),
        "first": not had,
    }
    return render(request, "account/second_factor.html", context)


@asked_for_one
@needs(Act.CHANGE_OWN_LOG_IN, when_sent=True)
def second_factor_app(request: HttpRequest) -> HttpResponse:
    """An app that gives codes: for a browser without passkeys."""
    user = _user(request)
    had = factors.factors_of(user)
    if had.app:
        return redirect("pages:second_factor")
    secret = request.session.setdefault(_SECRET, factors.new_secret())
    form, wait = AppCodeForm(request.POST or None), 0
    if form.is_valid():
        _ask_anew(request, had)
        try:
            if factors.add_app(request, user, secret, form.cleaned_data["code"]):
                del request.session[_SECRET]
                return _added(request, user)
            form.add_error("code", _("This code is not right. Is the clock of your phone right?"))
        except throttle.TooManyTries as refused:
            wait = refused.seconds
            form.add_error("code", wait_said(wait))
    url, picture = factors.secret_shown(user, secret)
    context = {
        "form": form,
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "url": url,
        "picture": base64.b64encode(picture.encode()).decode(),
    }
    return told_to_wait(render(request, "account/second_factor_app.html", context), wait)


@open_to_all
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def authenticate(request: HttpRequest) -> HttpResponseBase:
    """After the password: a passkey, a code of the app, or a recovery code."""
    ctx = context_of(request)
    stage: Any = request._login_stage  # type: ignore[attr-defined]
    user: User = stage.login.user
    form, wait, kind, key = AppCodeForm(request.POST or None), 0, "", None
    form.fields["code"].label = _("The code your app shows, or a recovery code")
    if request.POST.get("credential"):
        key = factors.passkey_of(factors.read_answer(request.POST["credential"]), user)
    elif form.is_valid():
        try:
            kind = factors.is_right_code(request, user, form.cleaned_data["code"])
        except throttle.TooManyTries as refused:
            wait = refused.seconds
            form.add_error("code", wait_said(wait))
    if key or kind:
        used = key or factors.row_of(user, kind)
        post_authentication(request, used)
        if kind == factors.KIND.RECOVERY_CODES:
            record_account_event(
                actor=system_actor("log-in"), event=AccountEvent.RECOVERY_USED, user_id=user.pk,
                now=ctx.now,
            )  # fmt: skip
        response: HttpResponseBase = stage.exit()
        return response
    if request.method == "POST":
        record_account_event(
            actor=system_actor("log-in"), event=AccountEvent.FACTOR_FAILED, user_id=user.pk,
            now=ctx.now,
        )  # fmt: skip
        if not wait and "code" not in form.errors:
            form.add_error(None, _("This code is not right, or was used."))
    had = factors.factors_of(user)
    context = {
        "form": form if had.types_codes else None,
        "passkey": factors.passkey_asked(user) if had.passkeys else None,
    }
    return told_to_wait(render(request, "account/second_step.html", context), wait)


@only_for(ActorKind.WORKER, ActorKind.OFFICER)
def second_factor_end(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Help somebody who lost the phone and the recovery codes."""
    ctx = context_of(request)
    whose = user_kept(ctx.actor, user_id, now=ctx.now)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            end_second_factor(actor=ctx.actor, user_id=user_id, now=ctx.now)
            return redirect_saved(
                request, _("Ended. They make a new one at the next log-in."), "pages:home"
            )
    return form_page(
        request,
        form,
        heading=_("End a lost second factor"),
        intro=_(
            "%(name)s has lost the phone or key, and the recovery codes too. They are logged out "
            "everywhere, are told by letter, and make a new one after their password. Ask them "
            "yourself first, face to face or by a number you know: whoever asks may be a stranger."
        )
        % {"name": whose.full_name},
        button=_("End it"),
        back=reverse("pages:home"),
    )


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _ask_anew(request: HttpRequest, had: factors.Factors) -> None:
    """Whoever has one already shows it lately, before another is added or one goes."""
    if had:
        Decision.proven(context_of(request).actor, Act.CHANGE_OWN_LOG_IN).require()


def _added(request: HttpRequest, user: User) -> HttpResponse:
    """It is made, and shown by making it. The first brings recovery codes, which are shown once."""
    ctx = context_of(request)
    record_level(request, level=level_of_own(user, ctx.now), method="mfa", at=ctx.now)
    record_factor(actor=ctx.actor, event=AccountEvent.FACTOR_ADDED, user_id=user.pk, now=ctx.now)
    if not factors.factors_of(user).recovery_codes:
        return _codes(request, user)
    return redirect_saved(request, _("Added."), "pages:second_factor")


def _codes(request: HttpRequest, user: User) -> HttpResponse:
    ctx = context_of(request)
    record_factor(actor=ctx.actor, event=AccountEvent.RECOVERY_MADE, user_id=user.pk, now=ctx.now)
    showed_it(request)
    context = {"codes": factors.new_recovery_codes(user)}
    response = render(request, "account/recovery_codes.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
