"""What is asked about a look, and answered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from pages.forms import DayField, Form, Narrowing, TextField
from rights.selectors import QuestionFilter, VisitFilter


class QuestionFilterForm(Narrowing):
    """The filters of the questions. Whatever is not a choice narrows nothing."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("overdue", _("Overdue")),
            ("answered", _("Answered")),
        ],
    )
    body = forms.ChoiceField(
        label=_("Who had looked"), required=False, choices=[("", _("All")), *Body.choices]
    )

    def chosen(self) -> QuestionFilter:
        """What was chosen, as far as it makes sense."""
        self.is_valid()
        return QuestionFilter(
            **{name: self.cleaned_data.get(name, "") for name in ("state", "body")}
        )


class VisitFilterForm(Narrowing):
    """The filters of the client's log. Whatever is not a choice narrows nothing."""

    body = forms.ChoiceField(
        label=_("Who has looked"), required=False, choices=[("", _("All")), *Body.choices]
    )
    first_day = DayField(label=_("First day"), required=False)
    last_day = DayField(label=_("Last day"), required=False)

    def chosen(self) -> VisitFilter:
        """What was chosen, as far as it makes sense."""
        self.is_valid()
        return VisitFilter(
            body=self.cleaned_data.get("body", ""),
            first_day=self.cleaned_data.get("first_day"),
            last_day=self.cleaned_data.get("last_day"),
        )


class QuestionForm(Form):
    text = TextField(
        label=_("What do you want to know?"),
        help_text=_("The data-protection officer answers you within a month, here on this page."),
        max_length=2000,
    )


class AnswerForm(Form):
    answer = TextField(
        label=_("Answer"),
        help_text=_("The client reads this beside the access they asked about."),
        max_length=4000,
    )
