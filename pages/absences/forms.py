"""What is asked of somebody who will be away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import CoverFinding
from pages.forms import Choices, DayField, Form, TextField, needed
from pages.team.forms import ColleagueField

NOBODY = "nobody"


class CoverForm(Form):
    """Who is away, from when to when, and who stands in; ``named``: somebody is to be chosen."""

    user_id = ColleagueField(label=_("Who is away?"))
    by_id = forms.TypedChoiceField(
        label=_("Who stands in?"),
        help_text=_("Somebody of the same body. They see and do what the one away would."),
        coerce=lambda chosen: None if chosen == NOBODY else UUID(chosen),
    )
    since = DayField(label=_("First day away"))
    until = DayField(label=_("Last day away"))

    def __init__(
        self, *args: Any, absent: Choices, workers: Choices, named: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].offer(absent)  # type: ignore[attr-defined]
        nobody = [] if named else [(NOBODY, _("Nobody yet: the leader of the office is told"))]
        self.fields["by_id"].choices = [("", _("Choose")), *nobody, *workers]  # type: ignore[attr-defined]


class ReviewForm(Form):
    """What the officer found of a leader who named themselves."""

    finding = forms.ChoiceField(
        label=_("What did you find?"), widget=forms.RadioSelect, choices=CoverFinding.choices
    )
    found_why = needed(
        _("Needed where it was not in order."),
        TextField(label=_("Why"), max_length=500, help_text=_("Write no client's name here.")),
    )
