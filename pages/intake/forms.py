"""The forms by which a joint assessment begins, or somebody is referred to one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import ReferralAnswer
from caseplan.intake.services import LookUpGround
from caseplan.plan.models import SeenNeed
from pages.forms import Choices, DayField, Form, TextField, as_uuid, identifies
from people.models import Language

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


class _MembersInput(forms.CheckboxSelectMultiple):
    """Workers, and offices that name their person: each says of which body it is.

    Where the browser can, choosing somebody of a body takes the tick of its office away.
    """

    body_of: dict[str, str]

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        kind = "data-gives-way" if str(option["value"]).startswith(_OFFICE) else "data-takes-place"
        option["attrs"][kind] = self.body_of.get(str(option["value"]), "")
        return option


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
        widget=_MembersInput,
    )

    def __init__(
        self,
        *args: Any,
        workers: Choices,
        offices: Choices,
        body_of: dict[str, str],
        **kwargs: Any,
    ) -> None:
        """``body_of``: of which body each choice of the team is."""
        super().__init__(*args, **kwargs)
        self.fields["members"].widget.body_of = body_of
        if self.is_bound:
            self.data = self._without_offices_of_the_chosen(body_of)
        self.fields["case_manager"].choices = [("", _("Choose")), *workers]  # type: ignore
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            *((f"{_OFFICE}{key}", label) for key, label in offices), *workers
        ]  # fmt: skip

    def _without_offices_of_the_chosen(self, body_of: dict[str, str]) -> Any:
        """What was sent; an office whose body has its person on the team names nobody.

        So its tick does not stand there when the form comes back to be mended.
        """
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        chosen = data.getlist("members")
        people = [data.get("case_manager", ""), *(k for k in chosen if not k.startswith(_OFFICE))]
        bodies = {body_of.get(key) for key in people}
        data.setlist(
            "members",
            [k for k in chosen if not (k.startswith(_OFFICE) and body_of.get(k) in bodies)],
        )
        return data

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
