"""What the officer examines, the record of a breach, and what its letters say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.clock import HELSINKI
from pages.forms import DayField, Form, Narrowing, TextField, TimeInput, needed
from rights.models import AuthorityTold


class ClockField(forms.TimeField):
    """A time of the day, by the clock in Finland."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=TimeInput(format="%H:%M"),
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            error_messages={"invalid": _("Write the time like this: 9.30.")},
            **kwargs,
        )


class MomentsForm(Form):
    """A form with moments: each is asked as a day and a time, and given as one value."""

    moments: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.moments:
            if f"{name}_on" in data and f"{name}_time" in data:
                day, time = data.pop(f"{name}_on"), data.pop(f"{name}_time")
                data[name] = datetime.combine(day, time, tzinfo=HELSINKI)
        return data

    def refuse(self, refusal: Any) -> None:
        """A refusal of a moment is said at its day."""
        if refusal.field in self.moments:
            self.add_error(f"{refusal.field}_on", str(refusal.message))
            return
        super().refuse(refusal)


class AccountSearchForm(Narrowing):
    """Whose account is looked for."""

    name = forms.CharField(label=_("Name or user name"), max_length=100, required=False)


class ExaminationForm(MomentsForm):
    moments = ("since", "until")
    since_on = DayField(label=_("From the day"))
    since_time = ClockField(label=_("From the time"))
    until_on = DayField(label=_("To the day"))
    until_time = ClockField(label=_("To the time"))
    reason = TextField(
        label=_("Why do you look?"),
        help_text=_("It is kept for good, and every data-protection officer reads it."),
        max_length=2000,
    )


class BreachForm(MomentsForm):
    facts = TextField(
        label=_("What has happened"),
        help_text=_("What was done, by whom, when, and how it was noticed."),
        max_length=8000,
        rows=5,
    )
    effects = TextField(
        label=_("What may follow from it"),
        help_text=_("For those whose information it is."),
        max_length=8000,
        rows=5,
    )
    measures = TextField(
        label=_("What has been done about it"),
        help_text=_("To stop it, to repair it, and so that it does not happen again."),
        max_length=8000,
        rows=5,
    )


class BreachNewForm(BreachForm):
    moments = ("known_at",)
    known_at_on = DayField(
        label=_("Day on which it became known"),
        help_text=_("The authority is told within 72 hours from then (GDPR Art. 33)."),
    )
    known_at_time = ClockField(label=_("Time at which it became known"))
    field_order = ("known_at_on", "known_at_time", "facts", "effects", "measures")


class AuthorityForm(MomentsForm):
    moments = ("at",)
    authority = forms.ChoiceField(
        label=_("Has the authority been told?"),
        choices=AuthorityTold.choices,
        widget=forms.RadioSelect,
    )
    at_on = DayField(label=_("Day on which it was told or decided"))
    at_time = ClockField(label=_("Time at which it was told or decided"))
    why = needed(
        _("Needed where the authority is not told, or was told after 72 hours."),
        TextField(label=_("Why"), max_length=4000, required=False),
    )


class BreachTextForm(Form):
    happened = TextField(label=_("What has happened"), max_length=4000)
    may_follow = TextField(label=_("What may follow"), max_length=4000)
    done = TextField(label=_("What we have done"), max_length=4000)
    can_do = TextField(label=_("What you can do"), max_length=4000)


class CloseForm(Form):
    why = TextField(label=_("Why is the record closed?"), max_length=4000)
