"""Where one's own letters go: another address, confirmed from there, or stopped from before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, identifies
from pages.responses import form_page, redirect_saved
from people import services
from people.models import User
from web import throttle
from web.access import only_for, open_to_all, post_only
from web.login import told_to_wait, wait_said
from web.requests import context_of


class OwnAddressForm(Form):
    email = identifies(
        forms.EmailField(
            label=_("E-mail address"),
            help_text=_("A link comes there. With it you say that the address is yours."),
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user, self.wait = request, user, 0
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        """Whoever sits at somebody else's open page does not know it, and guesses no faster."""
        try:
            attempt = throttle.begin(self.request, name=self.user.get_username())
        except throttle.TooManyTries as refused:
            self.wait = refused.seconds
            raise ValidationError(wait_said(refused.seconds)) from refused
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        attempt.succeeded()
        return password


@only_for()
def own_address(request: HttpRequest) -> HttpResponse:
    """Give another address, or the same once more to have it confirmed."""
    ctx = context_of(request)
    user = User.objects.get(pk=ctx.actor.writer_id)
    form = OwnAddressForm(
        request.POST or None, request=request, user=user, initial={"email": user.email}
    )
    if form.is_valid():
        with form.refusals():
            services.ask_own_address(
                actor=ctx.actor, address=form.cleaned_data["email"], now=ctx.now
            )
            return redirect_saved(
                request, _("A link is on its way to the address you gave."), "pages:log_ins"
            )
    response = form_page(
        request,
        form,
        heading=_("Your address"),
        intro=_("A new password comes there if you forget yours."),
        button=_("Send the link"),
        back=reverse("pages:log_ins"),
        base="base_client.html" if ctx.actor.is_client else "base_worker.html",
    )
    return told_to_wait(response, form.wait)


@open_to_all
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a new address is one's own: by a button, as programs open links in letters too."""
    change = services.change_by_link(token)
    if request.method == "POST":
        done = services.confirm_address(token=token, now=context_of(request).now)
        said = (
            _("The address is confirmed.")
            if done.holds
            else _(
                "The address is confirmed. It is used once a second person has approved it, "
                "or after seven days."
            )
        )
        return redirect_saved(request, said, "pages:home")
    return render(request, "pages/account/address.html", {"change": change, "stop": False})


@open_to_all
def address_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Say, from the address before, that there is to be no other."""
    change = services.change_by_link(token, stop=True)
    if request.method == "POST":
        services.stop_address_by_link(token=token, now=context_of(request).now)
        return redirect_saved(request, _("The address stays as it was."), "pages:home")
    return render(request, "pages/account/address.html", {"change": change, "stop": True})


@only_for()
@post_only
def own_address_stop(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Stop a change of one's own address that somebody asked for."""
    ctx = context_of(request)
    services.stop_address(actor=ctx.actor, change_id=change_id, now=ctx.now)
    return redirect_saved(request, _("The address stays as it was."), "pages:log_ins")
