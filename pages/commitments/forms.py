"""The forms by which one body asks another, and is answered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from pages.forms import DayField, Form, TextField


class AskBodyForm(Form):
    to_body = forms.ChoiceField(label=_("Whom do you ask?"))
    text = TextField(
        label=_("What do you ask for?"),
        help_text=_("The client and the three bodies read this."),
        max_length=2000,
    )
    answer_by = DayField(label=_("Answer by"))

    def __init__(self, *args: object, own: Body | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        others = [(body.value, body.label) for body in Body if body != own]
        self.fields["to_body"].choices = [("", _("Choose")), *others]  # type: ignore[attr-defined]

    def clean_to_body(self) -> Body:
        return Body(self.cleaned_data["to_body"])


class AcceptRequestForm(Form):
    due_on = DayField(label=_("By when do you do it?"))
    answer = TextField(label=_("Anything to say?"), max_length=2000, required=False)


class DeclineRequestForm(Form):
    answer = TextField(
        label=_("Why not?"),
        help_text=_("The client and the three bodies read this."),
        max_length=2000,
    )
