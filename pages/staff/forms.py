"""The forms of an office's staff."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import DayField, Form, identifies
from people.models import Language


class WorkerForm(Form):
    """What a worker is called and how they are reached."""

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
    email = identifies(
        forms.EmailField(
            label=_("E-mail"),
            help_text=_(
                "Their own work address. Reminders and links to choose a password go there, and to "
                "nobody else."
            ),
        )
    )


class NewWorkerForm(WorkerForm):
    first_name = identifies(forms.CharField(label=_("First name"), max_length=100))
    last_name = identifies(forms.CharField(label=_("Last name"), max_length=100))
    username = identifies(
        forms.CharField(label=_("User name"), help_text=_("They log in with it."), max_length=150)
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language)
    field_order = ("first_name", "last_name", "username", "title", "phone", "email", "language")


class LeaderForm(Form):
    """From which day somebody leads the office, or no longer does."""

    since = DayField(label=_("From"))


class EndOfWorkForm(Form):
    last_day = DayField(label=_("Last day of work here"))
