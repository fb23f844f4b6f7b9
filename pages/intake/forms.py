"""The forms by which a joint assessment begins, or somebody is referred to one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import ReferralAnswer
from caseplan.intake.services import LookUpGround
from caseplan.plan.models import SeenNeed
from pages.forms import DayField, Form, TextField, as_uuid, identifies
from people.models import Language

Choices = list[tuple[str, str]]
_OFFICE = "office:"


class _SeenNeeds(Form):
    """What somebody has seen of a need, by its codes."""

    needs = forms.TypedMultipleChoiceField(
        label=_("What stands in the way of employment?"),
        widget=forms.CheckboxSelectMultiple,
        coerce=SeenNeed,
    )

    def __init__(self, *args: Any, needs: list[SeenNeed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(n.value, n.label) for n in needs]  # type: ignore


class _Somebody(Form):
    """Somebody by their identity code. The page tells nothing that was not typed."""

    identity_code = identifies(
        forms.CharField(
            label=_("Personal identity code"),
            help_text=_("The search stands in their log, with its ground."),
            max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    )
    last_name = identifies(forms.CharField(label=_("Last name"), max_length=100))
    first_names = identifies(forms.CharField(label=_("First names"), max_length=100))
    municipality_code = identifies(forms.ChoiceField(label=_("Home municipality")))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Choose")), *Language.choices]
    )
    ground = forms.TypedChoiceField(
        label=_("How do you know of the need?"),
        widget=forms.RadioSelect,
        choices=LookUpGround.choices,
        coerce=LookUpGround,
    )

    def __init__(self, *args: Any, municipalities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality_code"].choices = [("", _("Choose")), *municipalities]  # type: ignore

    def person(self) -> dict[str, Any]:
        """What was typed of the person, taken out of the rest."""
        return {name: self.cleaned_data.pop(name) for name in _Somebody.base_fields}


class NeedForm(_SeenNeeds):
    """The need as the worker has seen it, who manages the case, and somebody of each body."""

    reason = TextField(
        label=_("Why is consultation between the bodies not enough?"),
        help_text=_("The client reads this. Write plainly what the three bodies do together."),
        max_length=4000,
    )
    client_view = TextField(
        label=_("How does the client see it?"),
        help_text=_("In the client's own words. Empty: not asked yet."),
        required=False,
        max_length=4000,
    )
    tried_before = TextField(
        label=_("What has been tried before?"), required=False, max_length=4000
    )
    first_contact_on = DayField(
        label=_("First contact about this"),
        help_text=_("From this day the client has waited for the assessment."),
    )
    case_manager = forms.ChoiceField(label=_("Case manager"))
    members = forms.MultipleChoiceField(
        label=_("Team"),
        help_text=_("Somebody from each of the three bodies, or an office that names its person."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workers: Choices, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_manager"].choices = [("", _("Choose")), *workers]  # type: ignore
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            *((f"{_OFFICE}{key}", label) for key, label in offices), *workers
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "case_manager" in data:
            data["case_manager_id"] = as_uuid(data.pop("case_manager"))
        if "members" in data:
            chosen = data.pop("members")
            offices = [key.removeprefix(_OFFICE) for key in chosen if key.startswith(_OFFICE)]
            data["office_ids"] = [UUID(key) for key in offices]
            data["member_ids"] = [UUID(key) for key in chosen if not key.startswith(_OFFICE)]
        return data

    @staticmethod
    def office_value(office_id: UUID) -> str:
        """How an office is chosen among the members."""
        return f"{_OFFICE}{office_id}"


class NeedOfSomebodyForm(_Somebody, NeedForm):
    """The same, of somebody who is found by their identity code."""

    field_order = list(_Somebody.base_fields)


class ReferForm(_SeenNeeds):
    """Where somebody is referred to, and with which need: codes alone."""

    to_office_id = forms.TypedChoiceField(label=_("To which office?"), coerce=as_uuid)

    def __init__(self, *args: Any, offices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_office_id"].choices = [("", _("Choose")), *offices]  # type: ignore


class ReferSomebodyForm(_Somebody, ReferForm):
    """The same, of somebody who is found by their identity code."""

    field_order = list(_Somebody.base_fields)


class ReferralAnswerForm(Form):
    answer = forms.TypedChoiceField(
        label=_("Your answer"),
        help_text=_("The office that sent it is told this, and nobody else."),
        widget=forms.RadioSelect,
        choices=[(a.value, a.label) for a in ReferralAnswer if a != ReferralAnswer.BEGUN],
        coerce=ReferralAnswer,
    )


class SeatForm(Form):
    user_id = forms.TypedChoiceField(label=_("Who works with the client?"), coerce=as_uuid)

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [("", _("Choose")), *workers]  # type: ignore
