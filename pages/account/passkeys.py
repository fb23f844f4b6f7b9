"""A client's passkeys: on which devices they get in, by the names they give them."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.levels import Act
from pages.forms import Form
from pages.responses import Text, redirect_saved
from people.models import AccountEvent, User
from people.services import record_factor
from web import factors
from web.access import needs, only_for
from web.requests import context_of

_LAST = _("The last one stays: it is your only way in. Add another first.")


class PasskeyNameForm(Form):
    """What a device is called, by its owner."""

    looks_up_persons = True

    name = forms.CharField(
        label=_("What is this device called?"), max_length=40,
        help_text=_("For example: my phone. You see it here alone."),
    )  # fmt: skip


@only_for(ActorKind.CLIENT)
@needs(Act.CHANGE_OWN_PASSKEYS)
def own_passkeys(request: HttpRequest) -> HttpResponse:
    """See, name, add and take away one's passkeys. The last way in is never taken away."""
    user = request.user
    assert isinstance(user, User)
    do, which = request.POST.get("do", ""), request.POST.get("which", "")
    naming = PasskeyNameForm(request.POST if do == "name" else None, auto_id=f"id_{which}_%s")
    failed = False
    if request.POST.get("credential"):
        if factors.add_passkey(user, factors.read_answer(request.POST["credential"])):
            return _changed(request, user, AccountEvent.FACTOR_ADDED, _("Added."))
        failed = True
    elif do == "remove":
        if factors.take_passkey_away(user, which):
            return _changed(request, user, AccountEvent.FACTOR_REMOVED, _("Taken away."))
        messages.error(request, str(_LAST))
    elif naming.is_valid() and factors.name_passkey(user, which, naming.cleaned_data["name"]):
        return redirect_saved(request, _("Saved."), "pages:own_passkeys")
    context = {
        "rows": [
            (row, name, naming if naming.errors and which == str(row.pk) else _form(row, name))
            for row, name in factors.list_passkeys(user)
        ],
        "may_remove": factors.may_lose_one(user),
        "failed": failed,
        "passkey": factors.new_passkey_asked(user),
    }
    return render(request, "account/own_passkeys.html", context)


def _form(row: Authenticator, name: str) -> PasskeyNameForm:
    return PasskeyNameForm(initial={"name": name}, auto_id=f"id_{row.pk}_%s")


def _changed(request: HttpRequest, user: User, event: AccountEvent, said: Text) -> HttpResponse:
    ctx = context_of(request)
    record_factor(actor=ctx.actor, event=event, user_id=user.pk, now=ctx.now)
    return redirect_saved(request, said, "pages:own_passkeys")
