"""The forms of the data-protection officer: the table of grounds, the policy text, questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from common.bodies import Receiver
from consent.models import Basis, Category, Fact
from consent.selectors import GroundFilter
from pages.forms import DayField, Form, Narrowing, as_uuid
from people.models import Network

CATEGORIES = [
    (_("In a case"), [(c.value, c.label) for c in Category]),
    (_("Before a case"), [(f.value, f.label) for f in Fact]),
]


class GroundFilterForm(Narrowing):
    """The filters of the table. Whatever is not a choice narrows nothing."""

    receiver = forms.ChoiceField(
        label=_("Receiver"), required=False, choices=[("", _("All")), *Receiver.choices]
    )
    category = forms.ChoiceField(
        label=_("Kind of information"), required=False, choices=[("", _("All")), *CATEGORIES]
    )
    basis = forms.ChoiceField(
        label=_("Ground"), required=False, choices=[("", _("All")), *Basis.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("draft", _("Only drafts")),
            ("to_come", _("Signed, not yet in force")),
            ("in_force", _("In force")),
            ("suspended", _("Suspended")),
            ("ended", _("Ended")),
        ],
    )
    on = DayField(label=_("On the day"), required=False)

    def chosen(self) -> GroundFilter:
        """What was chosen, as far as it makes sense."""
        self.is_valid()
        names = ("receiver", "category", "basis", "state")
        return GroundFilter(**{name: self.cleaned_data.get(name, "") for name in names})

    def day(self, otherwise: date) -> date:
        """The day chosen, or another where none was, or nonsense."""
        self.is_valid()
        chosen: date | None = self.cleaned_data.get("on")
        return chosen or otherwise


class NationalTableForm(Form):
    """From which day the ready-made table is drafted."""

    first_day = DayField(
        label=_("First day"),
        help_text=_("Sign on this day or before it: signing does not make earlier access lawful."),
    )


class SignTogetherForm(Form):
    """The drafts that stood on the page when it was read; one drafted since is not signed."""

    rows = forms.TypedMultipleChoiceField(coerce=as_uuid, widget=forms.MultipleHiddenInput)
    read = forms.BooleanField(label=_("I have read these rows, and they are as decided"))

    def __init__(self, *args: Any, rows: Sequence[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["rows"] = [str(row) for row in rows]
        field = self.fields["rows"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(row), str(row)) for row in rows]
        field.error_messages["invalid_choice"] = field.error_messages["required"] = _(
            "The drafts have changed since. Read them again, as they are now."
        )


class GroundForm(Form):
    """A row of the table as it is drafted."""

    category = forms.ChoiceField(
        label=_("Kind of information"), choices=[("", _("Choose")), *CATEGORIES]
    )
    receiver = forms.ChoiceField(
        label=_("Who may see it"), choices=[("", _("Choose")), *Receiver.choices]
    )
    network = forms.ChoiceField(
        label=_("Where"),
        help_text=_("A network's own row comes before the one for the whole country."),
        required=False,
    )
    basis = forms.ChoiceField(
        label=_("Ground"),
        help_text=_("Before a case there is no consent: choose the law."),
        widget=forms.RadioSelect,
        choices=Basis.choices,
    )
    section = forms.CharField(
        label=_("Section of law, or whose decision"),
        help_text=_("Clients and workers read this. For example: 381/2023 15 §"),
        max_length=100,
    )
    valid_from = DayField(
        label=_("First day"), help_text=_("Today at the earliest when it is signed.")
    )
    valid_to = DayField(
        label=_("Last day"),
        help_text=_("Leave empty if it holds until it is ended."),
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, networks: Sequence[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole country")),
            *((str(network.pk), network.name) for network in networks),
        ]

    def clean(self) -> dict[str, Any]:
        """What the service takes."""
        data = super().clean() or {}
        if "network" in data:
            data["network_id"] = as_uuid(data.pop("network"))
        if "receiver" in data:
            data["receiver"] = Receiver(data["receiver"])
        if "basis" in data:
            data["basis"] = Basis(data["basis"])
        return data


class GroundEndForm(Form):
    last_day = DayField(
        label=_("Last day"),
        help_text=_("The last day it holds. Yesterday ends it at once."),
    )


class SuspendForm(Form):
    """Why one officer takes a row out of force."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Officers read this. Write no client's name."),
    )
