"""Whoever must show who they are more surely, or anew, does it and comes back to the same form.

What they had sent is kept meanwhile with their own log-in, encrypted, for half an hour, and given
back to them alone on the same page. Files are not kept: they are chosen again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.crypto import decrypt, encrypt
from common.decision import LogInTooWeak
from common.levels import NEEDED, Act
from people.models import User
from web import throttle
from web.errors import in_json, is_for_programs
from web.factors import Factors, factors_of, is_right_code, passkey_asked, passkey_of, read_answer
from web.identity.links import ProviderLink, links_to_prove
from web.in_place import is_in_place, page_to_come_back_to
from web.levels import level_of_own, level_of_password
from web.login import wait_said
from web.once import ABOUT_THE_SENDING
from web.practice import is_practising
from web.requests import context_of

KEPT_FOR = timedelta(minutes=30)
LONGEST = 200_000
_KEY = "kept_form"
RECOVERY = "recovery_codes"


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways this user has here to reach a level. None: it waits, or goes by paper.

    ``practised``: nobody real is there, and a click is enough.
    """

    password: bool
    own: Factors
    others: list[ProviderLink]
    practised: bool = False

    def __bool__(self) -> bool:
        return self.practised or self.password or bool(self.own) or bool(self.others)


class ShownAgainForm(forms.Form):
    """A password, a code, or what the browser's passkey answered: whichever way was taken."""

    password = forms.CharField(
        label=_("Your password"), strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("The code your app shows, or a recovery code"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
    credential = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)

    def __init__(self, *args: Any, request: HttpRequest, ways: Ways, **given: Any) -> None:
        super().__init__(*args, **given)
        self.request, self.wait, self.recovered = request, 0, False
        self.practised = ways.practised
        for field in self.fields.values():  # one of them is needed: none is called optional
            field.sometimes_needed = True  # type: ignore[attr-defined]
        if not ways.password:
            del self.fields["password"]
        if not ways.own.types_codes:
            del self.fields["code"]
        if not ways.own.passkeys:
            del self.fields["credential"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        try:
            self.way = self._way_of(data)
        except throttle.TooManyTries as refused:
            self.wait = refused.seconds
            raise ValidationError(wait_said(refused.seconds)) from refused
        return data

    def _way_of(self, data: dict[str, Any]) -> str:
        user = self.request.user
        assert isinstance(user, User)
        if self.practised:
            return "practice"
        if data.get("password"):
            attempt = throttle.begin(self.request, name=user.get_username())
            if not user.check_password(data["password"]):
                raise ValidationError({"password": _("That is not your password.")})
            attempt.succeeded()
            return "password"
        if data.get("code"):
            kind = is_right_code(self.request, user, data["code"])
            if not kind:
                raise ValidationError({"code": _("This code is not right, or was used.")})
            self.recovered = kind == RECOVERY
            return "mfa"
        if data.get("credential"):
            if passkey_of(read_answer(data["credential"]), user) is None:
                raise ValidationError(_("The passkey was not recognised. Try again."))
            return "mfa"
        raise ValidationError(_("Choose one of the ways below."))


def ways_to(request: HttpRequest, act: Act, next_url: str) -> Ways:
    """How the user who is logged in may reach the level of an act."""
    needed, now = NEEDED[act].level, context_of(request).now
    user = request.user
    assert isinstance(user, User)
    if is_practising(request):
        return Ways(password=False, own=Factors(), others=[], practised=True)
    own = level_of_own(user, now).reaches(needed)
    return Ways(
        password=user.has_usable_password() and level_of_password().reaches(needed),
        own=factors_of(user) if own else Factors(),
        others=links_to_prove(request, needed, next_url),
    )


def asked(request: HttpRequest, weak: LogInTooWeak) -> HttpResponse:
    """The answer to an act that the log-in is too weak for: why, the ways, and nothing is lost."""
    if is_for_programs(request.path):
        return in_json(weak.reason, 403)
    if not isinstance(request.user, User):
        return render(request, "403.html", {"reason": weak.reason}, status=403)
    keep(request)
    if is_in_place(request):
        there = reverse("pages:stronger", args=[weak.act.value])
        return redirect(f"{there}?{urlencode({'next': page_to_come_back_to(request)})}")
    next_url, own = request.get_full_path(), ""
    if request.method == "POST":
        own = f"{reverse('pages:stronger', args=[weak.act.value])}?{urlencode({'next': next_url})}"
    return page(request, weak.act, next_url, status=403, own_address=own)


def page(
    request: HttpRequest, act: Act, next_url: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page that asks for it; ``more``: the form that was refused."""
    actor, user = context_of(request).actor, request.user
    assert isinstance(user, User)
    ways, kept = ways_to(request, act, next_url), _kept(request, next_url.partition("?")[0])
    context = {
        "act": act,
        "need": NEEDED[act],
        "ways": ways,
        "form": ShownAgainForm(request=request, ways=ways),
        "passkey": passkey_asked(user) if ways.own.passkeys else None,
        "next": next_url,
        "kept": kept is not None,
        "files": bool(kept and kept["files"]),
        # What was asked for by a link asks again at its own address: back is the first page.
        "back": next_url if kept else reverse("pages:home"),
        "base": "base_client.html" if actor.is_client else "base_worker.html",
        "own_address": "",  # of a page that answers a sent form
        **more,
    }
    return render(request, "account/stronger.html", context, status=status)


def keep(request: HttpRequest) -> None:
    """Keep what was sent, until it is sent again or half an hour is over."""
    if request.method != "POST":
        return
    fields = {n: v for n, v in request.POST.lists() if n not in ABOUT_THE_SENDING}
    sent = json.dumps(fields)
    if len(sent) <= LONGEST:
        request.session[_KEY] = {
            "page": request.path,
            "sent": encrypt(sent).decode(),
            "files": bool(request.FILES),
            "until": (context_of(request).now + KEPT_FOR).timestamp(),
        }


def is_kept(request: HttpRequest, url: str) -> bool:
    """Whether something is kept that comes back on this page."""
    return _kept(request, url.partition("?")[0]) is not None


def bring_back(request: HttpRequest, form: forms.Form) -> bool:
    """Put what was kept into a form of the page it was sent from; whether there was anything."""
    kept = _kept(request, request.path) if request.method == "GET" else None
    if kept is None:
        return False
    sent: dict[str, list[str]] = json.loads(decrypt(kept["sent"].encode()))
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField) or form.add_prefix(name) not in sent:
            continue
        values = sent[form.add_prefix(name)]
        several = isinstance(field, forms.MultipleChoiceField)
        form.initial[name] = values if several else values[-1]
    return True


def forget(request: HttpRequest) -> None:
    """It was sent again: nothing is kept of it any more."""
    if _kept(request, request.path) is not None:
        del request.session[_KEY]


def _kept(request: HttpRequest, path: str) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if kept and kept["page"] == path and _is_standing(kept, context_of(request).now):
        return kept
    return None


def _is_standing(kept: dict[str, Any], now: datetime) -> bool:
    return bool(kept["until"] > now.timestamp())
