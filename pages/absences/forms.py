"""What is asked of somebody who will be away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import CoverFinding
from pages.forms import DayField, Form, TextField, needed
from pages.team.forms import ColleagueField
from people.models import Position


class CoverForm(Form):
    user_id = ColleagueField(label=_("Who is away?"))
    by_id = ColleagueField(
        label=_("Who stands in?"),
        help_text=_("Somebody of the same body. They see and do what the one away would."),
    )
    since = DayField(label=_("First day away"))
    until = DayField(label=_("Last day away"))

    def __init__(
        self, *args: Any, absent: list[Position], workers: list[Position], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].offer(absent)  # type: ignore[attr-defined]
        self.fields["by_id"].offer(workers)  # type: ignore[attr-defined]


class ReviewForm(Form):
    """What the officer found of a leader who named themselves."""

    finding = forms.ChoiceField(
        label=_("What did you find?"), widget=forms.RadioSelect, choices=CoverFinding.choices
    )
    found_why = needed(
        _("Needed where it was not in order."),
        TextField(label=_("Why"), max_length=500, help_text=_("Write no client's name here.")),
    )
