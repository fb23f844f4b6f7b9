"""The forms of the team: adding somebody, handing the case over, standing in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Choices, Form, TextField


class ColleagueField(forms.TypedChoiceField):
    """One of the workers of the network, by body and name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, **kwargs)

    def offer(self, workers: Choices) -> None:
        self.choices = [("", _("Choose")), *workers]


class AddMemberForm(Form):
    user_id = ColleagueField(label=_("Who joins the team?"))
    why = forms.CharField(
        label=_("What for?"),
        help_text=_("The client and the team read this."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].offer(workers)  # type: ignore[attr-defined]


class HandOverForm(Form):
    receiver_id = ColleagueField(label=_("Who takes the case?"))
    reason = TextField(
        label=_("Why does the case manager change?"),
        help_text=_("The client reads this."),
        max_length=2000,
    )
    leaves = forms.BooleanField(
        label=_("The former case manager leaves the team"),
        help_text=_("They may still read the case for 14 days, and not write in it."),
        required=False,
    )

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver_id"].offer(workers)  # type: ignore[attr-defined]


class SeveralForm(HandOverForm):
    """The same for many cases: why, for every client, where none of their own is written."""

    reason = TextField(
        label=_("Why does the case manager change?"),
        help_text=_("Each client reads this, unless you write another reason beside their name."),
        max_length=2000,
        required=False,
    )
    field_order = ("receiver_id", "reason", "leaves")


class ShareOutForm(Form):
    """To whom of the office chosen cases go, and why."""

    receiver_id = ColleagueField(label=_("Who takes the cases?"))
    reason = TextField(
        label=_("Why does the case manager change?"),
        help_text=_("The client reads this."),
        max_length=2000,
    )
    leaves = forms.BooleanField(
        label=_("The former case manager leaves the team"),
        help_text=_("They may still read the case for 14 days, and not write in it."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver_id"].offer(workers)  # type: ignore[attr-defined]


class DeclineHandoverForm(Form):
    answer = TextField(label=_("Why can't you take the case?"), max_length=2000)
