"""The forms of reminders, clocks, check-ins and what comes after the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import ClockKind
from followup.models import Feeling, ReminderKind, Situation, SnoozeReason
from followup.rules import Decided
from pages.forms.meeting import TimeInput
from pages.forms.parts import DayField, TextField


class SnoozeForm(forms.Form):
    until = DayField(label=_("Remind me again on"), help_text=_("At most 14 days from now."))
    reason = forms.ChoiceField(
        label=_("Why may it wait?"), choices=SnoozeReason, widget=forms.RadioSelect
    )


class ClockForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which deadline"), widget=forms.RadioSelect)
    from_on = DayField(label=_("Paused from"))
    to_on = DayField(label=_("To"), help_text=_("The last day of the pause."))
    why = TextField(label=_("Why"), help_text=_("The client reads this."), max_length=1000)

    def __init__(self, *args: Any, running: list[ClockKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.value, k.label) for k in running]  # type: ignore[attr-defined]


class CheckInForm(forms.Form):
    feeling = forms.ChoiceField(
        label=_("How is it going?"), choices=Feeling, widget=forms.RadioSelect
    )
    words = TextField(
        label=_("In your words"),
        help_text=_("If you like. Your team reads it."),
        required=False,
        max_length=2000,
    )


class PointForm(forms.Form):
    """A worker's answer: how things are, and a few words."""

    situation = forms.ChoiceField(
        label=_("How things are now"), choices=Situation, widget=forms.RadioSelect
    )
    words = TextField(label=_("In a few words"), required=False, max_length=2000)


class ClientPointForm(forms.Form):
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


class ContactForm(forms.Form):
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


class RuleForm(forms.Form):
    is_on = forms.BooleanField(label=_("Reminds"), required=False)
    notice = forms.IntegerField(
        label=_("So many days before the day due"),
        help_text=_("0: on the day. -1: the day after it."),
        min_value=-1,
        max_value=1000,
    )
    allowed = forms.IntegerField(label=_("What is counted, in days"), min_value=1, max_value=3650)
    leader_after = forms.IntegerField(
        label=_("To the office's leader, so many days after the day due"),
        required=False,
        min_value=0,
        max_value=365,
    )
    director_after = forms.IntegerField(
        label=_("To the director, so many days after the day due"),
        required=False,
        min_value=0,
        max_value=365,
    )

    def __init__(self, *args: Any, holds: Decided, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if holds.rule.statutory:
            self.fields["is_on"].help_text = _("A statute asks for this. It cannot be turned off.")
        if holds.rule.allowed is None:
            del self.fields["allowed"]
        elif holds.rule.kind == ReminderKind.ALL_ON_CLIENT:
            self.fields["allowed"].label = _("From how many actions")

    def clean(self) -> dict[str, Any]:
        return {"allowed": None, **(super().clean() or {})}
