"""The forms by which a worker finds, asks for, or opens a case outside their own teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import EmergencyReason
from pages.forms import DayField, Form, TextField, needed


class FindForm(Form):
    looks_up_persons = True

    identity_code = forms.CharField(
        label=_("Personal identity code"),
        help_text=_("Only whether you may open a case is answered. Every search is logged."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AskForm(FindForm):
    reason = TextField(
        label=_("Why do you need to see the case?"),
        help_text=_("The case manager reads this, if there is a case; the client can read it too."),
        max_length=2000,
    )


class EmergencyForm(FindForm):
    urgent = forms.ChoiceField(
        label=_("What cannot wait?"), widget=forms.RadioSelect, choices=EmergencyReason.choices
    )
    reason = TextField(
        label=_("What has happened?"),
        help_text=_("The case manager and the client read this."),
        max_length=2000,
    )


class RefuseAccessForm(Form):
    """The answer to somebody who can't be let in: what can't be given is not offered."""

    answer = TextField(
        label=_("Why they may not"),
        help_text=_("Kept with the request; they are not told."),
        max_length=2000,
    )


class AccessAnswerForm(Form):
    decision = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[("give", _("They may read the case")), ("refuse", _("They may not"))],
    )
    until = needed(
        _("At most 90 days ahead. Needed when they may read."),
        DayField(label=_("Last day"), required=False),
    )
    answer = needed(
        _("Kept with the request. Needed when they may not; they are not told."),
        TextField(label=_("Why"), required=False, max_length=2000),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "give" and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the last day."))
        return data
