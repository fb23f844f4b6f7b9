"""How one wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TimeInput


class ContactForm(Form):
    email = forms.BooleanField(label=_("By e-mail"), required=False)
    sms = forms.BooleanField(label=_("By text message"), required=False)
    suomifi = forms.BooleanField(label=_("By Suomi.fi messages"), required=False)
    quiet_from = forms.TimeField(label=_("Not after"), widget=TimeInput(format="%H:%M"))
    quiet_until = forms.TimeField(
        label=_("Not before"),
        help_text=_("The same time twice: at any hour."),
        widget=TimeInput(format="%H:%M"),
    )

    def __init__(self, *args: Any, is_client: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_client:
            # A worker's text messages and Suomi.fi are their own affair, not their work's.
            del self.fields["sms"], self.fields["suomifi"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {"sms": False, "suomifi": False, **data}
