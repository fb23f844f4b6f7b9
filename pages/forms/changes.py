"""The forms by which a change in a client's life is written down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms.parts import DayField


class DeathForm(forms.Form):
    """The day somebody died: it has come."""

    died_on = DayField(label=_("Day of death"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_died_on(self) -> Any:
        if self.cleaned_data["died_on"] > self.today:
            raise forms.ValidationError(_("The day has not come yet. Look at it again."))
        return self.cleaned_data["died_on"]
