"""What is asked where assessments conflict, and of a goal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import GoalStatus
from pages.forms import Form, TextField


class GoalRatingForm(Form):
    status = forms.ChoiceField(
        label=_("How near is it?"), widget=forms.RadioSelect, choices=GoalStatus.choices
    )
    comment = TextField(label=_("In your words"), required=False, max_length=2000)


class ConflictForm(Form):
    note = TextField(
        label=_("What was agreed"),
        help_text=_("Everybody who sees both reads this, the client too."),
        max_length=2000,
    )
