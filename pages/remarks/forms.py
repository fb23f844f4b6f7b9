"""What is asked of a client who says something of the plan, and of a worker who answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TextField
from pages.plan.forms import ActionForm


class RemarkForm(Form):
    text = TextField(
        label=_("In your words"),
        help_text=_("Whoever sees this thing reads it. Somebody of your team answers."),
        max_length=2000,
    )


class RemarkAnswerForm(Form):
    answer = TextField(
        label=_("Your answer"), help_text=_("The client and the team read it."), max_length=2000
    )


class ProposedStepForm(RemarkAnswerForm, ActionForm):
    """The step stays in the client's words: who does it, by when, and a few words to them."""

    field_order = ["owner", "due_on", "answer"]
    text = None  # type: ignore[assignment]
    repeats_weeks = None  # type: ignore[assignment]
