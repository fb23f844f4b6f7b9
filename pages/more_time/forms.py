"""What is asked of a client who needs more time, and of a worker who answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import DayField, Form, TextField, needed

YES, NO = "agreed", "not_agreed"


class MoreTimeForm(Form):
    asked_for = DayField(label=_("Which day would suit you?"))
    text = TextField(label=_("What comes in the way?"), rows=4, max_length=2000)


class MoreTimeAnswerForm(Form):
    decision = forms.ChoiceField(
        label=_("May the step be done later?"),
        choices=[(YES, _("Yes, by a new day")), (NO, _("No, the day stays"))],
        widget=forms.RadioSelect,
    )
    new_day = needed(_("Needed where you agree."), DayField(label=_("The new day"), required=False))
    answer = needed(
        _("Needed where the day stays: why."),
        TextField(
            label=_("A few words to the client"),
            help_text=_("The client reads it."),
            rows=2,
            max_length=300,
            required=False,
        ),
    )
