"""The forms by which an extract is asked for, and turned down."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import ExtractUse
from pages.forms import DayField, Form, TextField, needed

_FOR_RESEARCH = _("Needed for research.")


class ExtractForm(Form):
    """What an extract is for, by which decision, of which cases, until when."""

    use = forms.ChoiceField(
        label=_("Whose work it is for"), choices=ExtractUse.choices, widget=forms.RadioSelect
    )
    purpose = TextField(
        label=_("What is to be found out"),
        help_text=_("The second person reads this, and it stands in the file. No names."),
        max_length=2000,
    )
    decision_number = forms.CharField(
        label=_("Number of the decision or permit"),
        help_text=_("The bodies' own decision to evaluate; of research, the permit's number."),
        max_length=60,
    )
    decided_on = DayField(label=_("Day of the decision or permit"))
    begun_from = DayField(label=_("Cases that began from"))
    begun_to = DayField(label=_("to"), help_text=_("Both days are included."))
    expires_on = DayField(
        label=_("Last day"), help_text=_("The file is gone the day after. A year at most.")
    )
    environment = needed(
        _FOR_RESEARCH,
        forms.CharField(label=_("The environment that the permit names"), max_length=200),
    )
    certificate = needed(
        _FOR_RESEARCH,
        TextField(
            label=_("Certificate of the environment (PEM)"),
            help_text=_("Only this environment can open the file."),
            rows=6,
            max_length=10_000,
        ),
    )


class ExtractTurnDownForm(Form):
    reason = TextField(
        label=_("Why it is not to be made"),
        help_text=_("Whoever asked for it reads this."),
        max_length=2000,
        error_messages={"required": _("Write why it is not to be made.")},
    )
