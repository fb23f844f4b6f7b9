"""The forms about income: what if, and a question to be sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import IncomeStep
from pages.forms import DayField, Form, TextField
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
