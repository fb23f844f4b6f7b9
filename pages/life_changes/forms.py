"""The forms by which a change in a client's life is written down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import DayField, Form, TextField, identifies


class DeathForm(Form):
    """The day somebody died: it has come."""

    died_on = DayField(label=_("Day of death"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_died_on(self) -> Any:
        if self.cleaned_data["died_on"] > self.today:
            raise forms.ValidationError(_("The day has not come yet. Look at it again."))
        return self.cleaned_data["died_on"]


class CodeField(forms.CharField):
    """A personal identity code, typed anew: no browser offers an earlier one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs
        )
        identifies(self)


class NewCodeForm(Form):
    identity_code = CodeField(label=_("New personal identity code"))
    again = CodeField(
        label=_("The same again"),
        help_text=_("Type it from the document again, do not copy it."),
    )


class ConfirmCodeForm(Form):
    identity_code = CodeField(
        label=_("New personal identity code"),
        help_text=_("Type it from where you have seen it: it must be the one written down."),
    )

    def __init__(self, *args: Any, turned_down: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever says that it is not right need not type it.
        self.fields["identity_code"].required = not turned_down


class MovedForm(Form):
    municipality_code = forms.CharField(
        label=_("New municipality"),
        help_text=_("Its number, three digits. Abroad: 200."),
        max_length=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    on = DayField(label=_("Day of the move"))


class LeftForm(Form):
    reason = TextField(
        label=_("What happens next?"),
        help_text=_("The client reads this. Say who helps them now, and how to reach them."),
        max_length=2000,
    )


class NameForm(Form):
    last_name = identifies(forms.CharField(label=_("Last name"), max_length=100))
    first_names = identifies(forms.CharField(label=_("First names"), max_length=100))
    on = DayField(label=_("From which day"))


class UnprotectForm(Form):
    reason = TextField(
        label=_("How do you know that the protection has ended?"),
        help_text=_("The second person and the client read this."),
        max_length=2000,
    )
