"""The forms of the worklist: its filters and what is decided on a person in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import ManualEntryKind
from benefits.selectors import OTHER_LANGUAGE, RULE_NAMES, SORTS, WorklistFilter, name_of
from pages.forms import DayField, Form, Narrowing, TextField, as_uuid, needed
from people.models import Language


class AssessForm(Form):
    reason = TextField(
        label=_("Note"),
        help_text=_("For those of your network who may know of this."),
        required=False,
        max_length=2000,
    )


class DeclineTriggerForm(Form):
    reason = TextField(
        label=_("Why is joint service not needed?"),
        help_text=_("Kept with the day's figures. The list shows the person again if they change."),
        max_length=2000,
    )


class SnoozeTriggerForm(Form):
    until = DayField(label=_("Back in the list on"))
    reason = TextField(label=_("Why later?"), max_length=2000)


class GiveForm(Form):
    """To whom of one's office the people chosen are given."""

    to_user_id = forms.TypedChoiceField(
        label=_("Who assesses them?"),
        help_text=_("They are told, and so is whoever assessed any of them before."),
        coerce=as_uuid,
    )

    def __init__(self, *args: Any, office: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_user_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")), *((str(key), name) for key, name in office.items())
        ]  # fmt: skip


class ByHandForm(Form):
    """What an extract does not tell; the kinds are those the worker's body may enter."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    first = DayField(label=_("First day"))
    last = needed(_("Not needed for requalifying."), DayField(label=_("Last day"), required=False))
    reason = TextField(label=_("Where is this known from?"), max_length=2000)

    def __init__(self, *args: Any, kinds: list[ManualEntryKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in kinds
        ]


class WorklistForm(Narrowing):
    """The filters of the list, and how it is ordered. Whatever is not a choice narrows nothing."""

    rule = forms.ChoiceField(label=_("Reason"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    age_group = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[
            ("", _("All")),
            ("under_25", _("Under 25")),
            ("under_30", _("Under 30")),
            ("25_54", _("25 to 54")),
            ("55_over", _("55 and over")),
        ],
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All")), *Language.choices, (OTHER_LANGUAGE, _("Some other"))],
    )
    status = forms.ChoiceField(
        label=_("Who has it"),
        required=False,
        choices=[
            ("", _("All who wait or are assessed")),
            ("new", _("Nobody has taken")),
            ("mine", _("I assess")),
            ("being_assessed", _("Somebody assesses")),
            ("snoozed", _("Waits until a day")),
            ("declined", _("Declined or dismissed")),
            ("taken", _("Taken into joint service")),
            ("closed", _("Closed by itself")),
        ],
    )
    within = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), ("0", "0"), ("30", "30"), ("60", "60"), ("90", "90")],
    )
    sort = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), *((f"{sign}{name}", name) for name in SORTS for sign in ("", "-"))],
    )

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = [  # type: ignore[attr-defined]
            ("", _("All")), *municipalities
        ]  # fmt: skip
        self.offer(list(RULE_NAMES))

    def offer(self, names: list[str]) -> None:
        """Offer these rules and signals only."""
        self.fields["rule"].choices = [  # type: ignore[attr-defined]
            ("", _("All")), *((name, name_of(name)) for name in names)
        ]  # fmt: skip

    def choices(self) -> WorklistFilter:
        """What was chosen; a choice that does not exist is left out."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        within = int(chosen.pop("within", "0"))
        return WorklistFilter(**chosen, within=within)


class DayForm(Narrowing):
    on = DayField(label=_("As of"), required=False)
