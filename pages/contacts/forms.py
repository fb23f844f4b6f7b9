"""The form of the contact log: a call, a visit, a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.contacts.models import ContactKind
from pages.forms import (
    CategorisedForm,
    DayField,
    Form,
    RevisedForm,
    TextField,
    TimeField,
    identifies,
    join_moment,
    needed,
)


class ContactEntryFields(Form):
    """What is written down of a contact, whether it is new or corrected."""

    kind = forms.ChoiceField(label=_("How"), choices=ContactKind, widget=forms.RadioSelect)
    no_answer = forms.BooleanField(
        label=_("No answer"),
        help_text=_("Nobody was reached: then nothing need have come of it."),
        required=False,
    )
    outcome = needed(
        _("Needed when somebody answered."),
        TextField(label=_("What came of it"), rows=3, max_length=4000, required=False),
    )
    next_on = DayField(
        label=_("Next contact"),
        help_text=_("You are reminded on this day, unless you are in touch before it."),
        required=False,
    )
    with_whom = identifies(
        forms.CharField(label=_("With whom, if not the client"), max_length=150, required=False)
    )
    happened_on = DayField(label=_("Day"))
    happened_time = TimeField(label=_("Time"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        join_moment(self, data, "happened_on", "happened_time", "happened_at")
        if "kind" in data:
            data["kind"] = ContactKind(data["kind"])
        data["answered"] = not data.pop("no_answer", False)
        return data


class ContactEntryForm(ContactEntryFields, CategorisedForm):
    field_order = [
        "kind", "no_answer", "outcome", "next_on", "category", "with_whom", "happened_on",
        "happened_time",
    ]  # fmt: skip


class ContactCorrectForm(ContactEntryFields, RevisedForm):
    pass
