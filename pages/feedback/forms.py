"""What is asked of a client at a milestone: four questions, each of which may be left out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from followup.models.feedback import QUESTIONS
from pages.forms import Form, identifies

_SCALE = [
    ("5", _("Fully")),
    ("4", _("Mostly")),
    ("3", _("Partly")),
    ("2", _("A little")),
    ("1", _("Not at all")),
    ("", _("I leave this out")),
]


def _question(name: str) -> forms.TypedChoiceField:
    """A question; no draft of it is kept, for a draft has a name."""
    field = forms.TypedChoiceField(
        label=QUESTIONS[name],
        choices=_SCALE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    return identifies(field)


class MilestoneForm(Form):
    heard = _question("heard")
    respected = _question("respected")
    helped = _question("helped")
    coordinated = _question("coordinated")

    @property
    def is_kept(self) -> bool:
        return False
