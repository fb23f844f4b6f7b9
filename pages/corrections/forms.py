"""What is asked to be corrected, and answered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TextField, needed
from rights.models import Outcome


class CorrectionForm(Form):
    statement = TextField(
        label=_("What is wrong, and what would be right?"),
        help_text=_("The body that recorded it answers you within a month, here."),
        max_length=4000,
    )


class CorrectionAnswerForm(Form):
    outcome = forms.ChoiceField(
        label=_("What was done?"), widget=forms.RadioSelect, choices=Outcome.choices
    )
    answer = needed(
        _("The client reads this. Needed when it is not corrected."),
        TextField(label=_("Answer"), required=False, max_length=4000),
    )


class ProlongForm(Form):
    why = TextField(
        label=_("Why does the answer take longer?"),
        help_text=_("The client reads this now. The answer comes within two months more."),
        max_length=2000,
    )
