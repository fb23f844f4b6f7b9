"""What a worker saw, and what the client types from the paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from cases.models import SeenDocument
from pages.forms import Form, needed
from people.models import User


class GiveCodeForm(Form):
    """By what the worker saw who the client is. The document's number is not asked."""

    seen_document = forms.ChoiceField(
        label=_("What did you see?"),
        help_text=_("The number of the document is written nowhere."),
        widget=forms.RadioSelect,
        choices=SeenDocument.choices,
    )
    seen_country = needed(
        _("Needed where you saw a document."),
        forms.CharField(
            label=_("Which country's document is it?"),
            help_text=_("Two letters, such as FI or UA."),
            max_length=2,
        ),
    )


class CodeForm(Form):
    looks_up_persons = True

    code = forms.CharField(
        label=_("The code on your paper"),
        help_text=_("Twelve letters and numbers. Large and small letters are the same."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class OwnPasswordForm(Form):
    """Where the browser has no passkeys: a password of the client's own."""

    looks_up_persons = True

    password = forms.CharField(
        label=_("Password"),
        help_text=lazy(password_validators_help_text_html, str)(),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password
