"""The forms by which one body asks another, and is answered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import Action, ActionState
from caseplan.plan.selectors import CommitmentFilter
from common.bodies import Body, Party
from pages.forms import DayField, Form, Narrowing, TextField


class BoardForm(Narrowing):
    """By what one list of the board is narrowed and ordered. What is no choice narrows nothing."""

    party = forms.ChoiceField(
        label=_("Whose task"), required=False, choices=[("", _("All")), *Party.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *((s, ActionState(s).label) for s in Action.OPEN_STATES)],
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", _("Whenever")),
            ("overdue", _("Deadline passed")),
            ("7", _("Within 7 days")),
            ("30", _("Within 30 days")),
        ],
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("The soonest due first")),
            ("-due", _("The last due first")),
            ("client", _("By the client's name")),
            ("-client", _("By the client's name, the last first")),
            ("who", _("By whose task it is")),
            ("-who", _("By whose task it is, the last first")),
            ("state", _("By state")),
            ("-state", _("By state, the last first")),
        ],
    )

    def choices(self) -> CommitmentFilter:
        """What was chosen; a choice that does not exist is left out."""
        self.is_valid()
        names = ("party", "state", "due", "order")
        return CommitmentFilter(**{name: self.cleaned_data.get(name, "") for name in names})


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
