"""The forms of reminders, clocks, check-ins and what comes after the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import ClockKind
from followup.models import Feeling, Situation, SnoozeReason
from pages.forms import DayField, Form, TextField


class SnoozeForm(Form):
    until = DayField(label=_("Remind me again on"), help_text=_("At most 14 days from now."))
    reason = forms.ChoiceField(
        label=_("Why may it wait?"), choices=SnoozeReason, widget=forms.RadioSelect
    )


class ClockForm(Form):
    kind = forms.ChoiceField(label=_("Which deadline"), widget=forms.RadioSelect)
    from_on = DayField(label=_("Paused from"))
    to_on = DayField(label=_("To"), help_text=_("The last day of the pause."))
    why = TextField(label=_("Why"), help_text=_("The client reads this."), max_length=1000)

    def __init__(self, *args: Any, running: list[ClockKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, k.label) for k in running]  # type: ignore[attr-defined]


class CheckInForm(Form):
    feeling = forms.ChoiceField(
        label=_("How is it going?"), choices=Feeling, widget=forms.RadioSelect
    )
    comment = TextField(
        label=_("In your words"),
        help_text=_("If you like. Your team reads it."),
        required=False,
        max_length=2000,
    )


class FollowUpPointForm(Form):
    """A worker's answer: how things are, and a few words."""

    situation = forms.ChoiceField(
        label=_("How things are now"), choices=Situation, widget=forms.RadioSelect
    )
    comment = TextField(label=_("In a few words"), required=False, max_length=2000)


class ClientPointForm(Form):
    """The client's two questions."""

    situation = forms.ChoiceField(
        label=_("How are things now?"), choices=Situation, widget=forms.RadioSelect
    )
    wants_contact = forms.TypedChoiceField(
        label=_("Would you like somebody to be in touch?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
