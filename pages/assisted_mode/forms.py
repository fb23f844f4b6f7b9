"""What is asked where a paper of the client's has come."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import DayField, Form, TextField


class PaperCameForm(Form):
    came_on = DayField(label=_("When did the paper come?"))
    kept_at = forms.CharField(
        label=_("Where is the paper kept?"),
        help_text=_("The archive and its number. Name nobody here."),
        max_length=150,
    )


class ClientsMessageForm(Form):
    topic = forms.CharField(label=_("What is it about?"), max_length=200)
    text = TextField(
        label=_("The client's own words"),
        help_text=_("Your team reads it and answers the client."),
        rows=6,
        max_length=6000,
    )
