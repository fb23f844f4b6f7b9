"""Choosing a password by a link that works once, asking for one, and changing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import (
    INTERNAL_RESET_SESSION_TOKEN,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from common.actor import system_actor
from pages.forms import Form, identifies
from pages.responses import redirect_saved
from people.models import User
from people.services import MailedLink, PrintedLink, ask_for_password, choose_password
from web import throttle
from web.access import open_to_all
from web.login import told_to_wait, wait_said
from web.requests import context_of


class ChoosePasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password2"].label = _("The same again")


class AnyLink:
    """A link that was mailed, or one that was printed for the operator."""

    def check_token(self, user: User | None, token: str | None) -> bool:
        return any(link.check_token(user, token) for link in (MailedLink(), PrintedLink()))


class ForgottenForm(Form):
    name = identifies(
        forms.CharField(
            label=_("User name or e-mail address"),
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "username"}),
        )
    )


@open_to_all
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password. The answer is the same for every name."""
    ctx = context_of(request)
    form, wait = ForgottenForm(request.POST or None), 0
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            throttle.begin_asking(request, name=name)
        except throttle.TooManyTries as refused:
            wait = refused.seconds
            form.add_error("name", wait_said(wait, _("This has been asked for many times.")))
        else:
            ask_for_password(actor=system_actor("log-in"), name=name, now=ctx.now)
            return redirect_saved(
                request,
                _(
                    "If there is such an account and its address is confirmed, a letter is on its "
                    "way there. It comes within some minutes, and its link works for 24 hours."
                ),
                "account_login",
            )
    response = render(request, "account/forgotten.html", {"form": form})
    return told_to_wait(response, wait)


class ChoosePassword(PasswordResetConfirmView):
    """Django's own page for a link that works once; the token never stands in a second address."""

    form_class = ChoosePasswordForm
    template_name = "account/choose_password.html"

    token_generator = AnyLink()

    def get_user(self, uidb64: str) -> User | None:
        """Whose link it is: nobody's, for somebody who no longer works here."""
        user = super().get_user(uidb64)
        return user if isinstance(user, User) and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        assert self.user is not None  # a form is shown for a link of somebody's only
        token = self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        choose_password(
            actor=system_actor("password link"),
            user=self.user,
            password=form.cleaned_data["new_password1"],
            from_address=MailedLink().check_token(self.user, token),
            now=context_of(self.request).now,
        )
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, str(_("The password is chosen. Log in with it.")))
        return redirect("account_login")


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.wait = request, 0
        self.fields["old_password"].label = _("The password you have now")
        self.fields["new_password1"].label = _("The new password")
        self.fields["new_password2"].label = _("The same again")

    def clean_old_password(self) -> str:
        """The password one has is guessed no faster here than at the log-in."""
        try:
            attempt = throttle.begin(self.request, name=self.user.get_username())
        except throttle.TooManyTries as refused:
            self.wait = refused.seconds
            raise ValidationError(wait_said(refused.seconds)) from refused
        password = super().clean_old_password()
        attempt.succeeded()
        return password


class ChangePassword(PasswordChangeView):
    """Django's own page; whoever is logged in elsewhere with the old password is logged out."""

    form_class = ChangePasswordForm
    template_name = "account/change_password.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        base = (
            "base_client.html" if context_of(self.request).actor.is_client else "base_worker.html"
        )
        return super().get_context_data(base=base, **given)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_invalid(self, form: Any) -> HttpResponse:
        return told_to_wait(super().form_invalid(form), form.wait)

    def form_valid(self, form: Any) -> HttpResponse:
        ctx = context_of(self.request)
        choose_password(
            actor=ctx.actor,
            user=form.user,
            password=form.cleaned_data["new_password1"],
            here=self.request.session.session_key,
            now=ctx.now,
        )
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, str(_("The password is changed.")))
        return redirect("pages:home")
