"""The forms about income: what if, a question to be sent, what Kela has confirmed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import IncomeStep
from pages.forms import DayField, Form, RevisedForm, TextField, identifies
from statutes.steps import StepKind

#: What can be asked of without a plan: the rest is shown with the services of the plan.
CHOICES = [(step.value, step.label) for step in IncomeStep if step != IncomeStep.OTHER_SERVICE]


class WhatIfForm(Form):
    step = forms.ChoiceField(label=_("What is planned?"), choices=[("", "–"), *CHOICES])
    begins_on = DayField(label=_("From which day?"))

    def clean_step(self) -> StepKind:
        return StepKind(self.cleaned_data["step"])


class IncomeQuestionForm(Form):
    topic = forms.CharField(label=_("What is it about?"), max_length=200)
    text = TextField(
        label=_("Your question"),
        help_text=_("You can change it. Your team reads it and answers you in your messages."),
        rows=6,
        max_length=6000,
    )


class KelaConfirmationForm(Form):
    step = forms.ChoiceField(label=_("What is planned?"), choices=[("", "–"), *IncomeStep.choices])
    begins_on = DayField(label=_("From which day?"))
    statement = TextField(
        label=_("What has Kela confirmed?"),
        help_text=_("The client reads this. Write in short sentences."),
        max_length=2000,
    )
    said_by = identifies(forms.CharField(label=_("Who at Kela said so?"), max_length=150))
    said_on = DayField(label=_("When did they say so?"))

    def clean_step(self) -> StepKind:
        return StepKind(self.cleaned_data["step"])


class KelaConfirmationCorrectForm(KelaConfirmationForm, RevisedForm):
    pass
