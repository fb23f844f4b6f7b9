"""Taking up an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, identifies
from people.models import User


class AddressForm(Form):
    """Where an invitation goes: to an address of the invited one's own, or to the client's page."""

    email = identifies(
        forms.EmailField(label=_("Their e-mail address"), max_length=254, required=False)
    )
    phone = identifies(
        forms.CharField(
            label=_("Or their telephone number"),
            help_text=_("Used for a text message where there is no e-mail address."),
            max_length=30,
            required=False,
        )
    )


class WithLogInForm(Form):
    """Nothing to fill in for somebody who has a log-in: the button is enough."""


class TakeUpForm(Form):
    """The name and log-in of somebody new."""

    looks_up_persons = True

    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    username = forms.CharField(
        label=_("User name"),
        help_text=_("You choose it. You log in with it."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=lazy(password_validators_help_text_html, str)(),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if password := data.get("password"):
            somebody = User(
                username=data.get("username", ""),
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
            )
            try:
                validate_password(password, somebody)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
