"""The forms of the worklist: its filters and what is decided on a person in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import ManualEntryKind
from benefits.selectors import OTHER_LANGUAGE, RULE_NAMES, WorklistFilter, name_of
from pages.forms import DayField, Form, TextField, needed
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


class WorklistForm(Form):
    """The filters of the worklist. Whatever is not a choice narrows nothing."""

    rule = forms.ChoiceField(label=_("Rule or signal"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    age_group = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[
            ("", _("All")),
            ("under_25", _("Under 25")),
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
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Open")),
            ("new", _("New")),
            ("being_assessed", _("Being assessed")),
            ("taken", _("Taken into joint service")),
            ("declined", _("Declined or dismissed")),
            ("snoozed", _("Snoozed")),
            ("closed", _("Closed by itself")),
        ],
    )
    within = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), ("0", "0"), ("30", "30"), ("60", "60"), ("90", "90")],
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


class FilterNameForm(Form):
    name = forms.CharField(label=_("Name of these filters"), max_length=60)


class DayForm(Form):
    on = DayField(label=_("As of"), required=False)
