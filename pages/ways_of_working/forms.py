"""How a network works together."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.models import CooperationForm, MeetingRole
from pages.forms import DayField, Form


class WayOfWorkingForm(Form):
    form = forms.ChoiceField(
        label=_("Form of co-operation"), choices=CooperationForm, widget=forms.RadioSelect
    )
    roles = forms.MultipleChoiceField(
        label=_("Expertise that meetings should have"),
        help_text=_("A missing one is warned about when a meeting is called."),
        choices=[(r.value, r.label) for r in MeetingRole if r != MeetingRole.CLIENT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    client_takes_part = forms.BooleanField(
        label=_("The client takes part"),
        help_text=_("A meeting without the client then needs a reason."),
        required=False,
    )
    one_service = forms.BooleanField(
        label=_("At least one service is agreed on"),
        help_text=_("A meeting that agrees on none then needs a reason."),
        required=False,
    )
    own_request_days = forms.IntegerField(
        label=_("Somebody who asks for joint service is answered in so many days"),
        min_value=1,
        max_value=60,
    )
    consultation_days = forms.IntegerField(
        label=_("A consultation without a case is answered in so many days"),
        min_value=1,
        max_value=60,
    )
    referral_days = forms.IntegerField(
        label=_("Days after which a referral to the assessment is gone"),
        help_text=_("From 1 to 90. Answered or not, nothing of it is kept longer."),
        min_value=1,
        max_value=90,
    )
    since = DayField(label=_("From"))
