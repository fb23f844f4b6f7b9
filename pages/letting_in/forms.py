"""The forms of whoever lets workers in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TextField, identifies
from people.models import Office


class LetInForm(Form):
    """Where somebody works here, as what, and how they are reached."""

    office = forms.ChoiceField(label=_("Office"))
    title = forms.CharField(
        label=_("Title"), help_text=_("Clients and the team see it."), max_length=100
    )
    phone = identifies(
        forms.CharField(
            label=_("Phone"),
            max_length=30,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        )
    )

    def __init__(self, *args: Any, offices: list[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(office.pk), office.name) for office in offices]
        empty = [] if len(choices) == 1 else [("", "–")]
        self.fields["office"].choices = [*empty, *choices]  # type: ignore[attr-defined]


class RefuseEntryForm(Form):
    reason = TextField(
        label=_("Why not"), help_text=_("They read it, with your name."), max_length=500, rows=2
    )


class SameAccountForm(Form):
    username = identifies(
        forms.CharField(
            label=_("User name"),
            help_text=_("Of somebody you have added to the office who has never logged in."),
            max_length=150,
        )
    )
