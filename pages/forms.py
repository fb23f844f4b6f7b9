"""The forms of the HTML face, and how a service's refusal comes back to the field it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import HandKind
from benefits.selectors import RULE_NAMES, Choices, name_of
from caseplan.models import ActionState
from cases.selectors import TeamMember
from common.bodies import Party
from common.decision import Refused, Stale
from consent.models import Category
from people.models import Language


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TextField(forms.CharField):
    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DayField(forms.DateField):
    """A day, written 2024-05-01 or 1.5.2024."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=DayInput(),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": _("Write the day like this: 1.5.2024.")},
            **kwargs,
        )


class RevisedForm(forms.Form):
    """A form that edits something: it carries the revision it was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


def saved(form: forms.Form, write: Callable[..., object]) -> bool:
    """Give the cleaned data to ``write``; a refusal becomes an error at its field."""
    if not form.is_valid():
        return False
    try:
        write(**form.cleaned_data)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        form.stale = isinstance(refusal, Stale)  # type: ignore[attr-defined]
        return False
    return True


def category_field() -> forms.ChoiceField:
    listed = [c for c in Category if c is not Category.SELF_ASSESSMENT]
    return forms.ChoiceField(
        label=_("What it concerns"),
        help_text=_("This decides which of the three bodies sees it."),
        choices=[(c.value, c.label) for c in listed],
        initial=Category.PLAN_FOLLOW_UP,
    )


class OwnGoalForm(forms.Form):
    text = TextField(
        label=_("My goal"),
        help_text=_("In your own words. Nobody else can change what you write here."),
        max_length=2000,
    )


class OwnGoalEditForm(OwnGoalForm, RevisedForm):
    pass


class GoalForm(forms.Form):
    text = TextField(label=_("Goal"), max_length=2000)
    category = category_field()


class GoalEditForm(RevisedForm):
    text = TextField(label=_("Goal"), max_length=2000)


class ActionForm(forms.Form):
    """An action; whose task it is and the named person are one choice."""

    text = TextField(label=_("What is done"), rows=2, max_length=2000)
    owner = forms.ChoiceField(label=_("Whose task"))
    due_on = DayField(label=_("By when"))

    def __init__(self, *args: Any, team: list[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"{m.body}:{m.user_id}", f"{m.name}, {m.body.label}") for m in team if m.user_id]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *named,
            (Party.CLIENT.value, Party.CLIENT.label),
        ]

    def clean(self) -> dict[str, Any]:
        """Split the owner into ``owner_party`` and ``owner_id``."""
        data = super().clean() or {}
        if "owner" in data:
            party, _colon, user_id = data.pop("owner").partition(":")
            data["owner_party"], data["owner_id"] = Party(party), _uuid(user_id)
        return data


class ActionNewForm(ActionForm):
    category = category_field()


class ActionEditForm(ActionForm, RevisedForm):
    pass


class ActionCloseForm(RevisedForm):
    state = forms.ChoiceField(
        label=_("How did it go?"),
        widget=forms.RadioSelect,
        choices=[(s.value, s.label) for s in (ActionState.DONE, ActionState.DROPPED)],
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed when it is dropped."),
        required=False,
        max_length=300,
    )


class MeasureForm(forms.Form):
    name = forms.CharField(label=_("Service"), max_length=200)
    provider = forms.CharField(label=_("Who provides it"), max_length=200, required=False)
    starts_on = DayField(label=_("Starts"), required=False)
    ends_on = DayField(label=_("Ends"), required=False)


class MeasureNewForm(MeasureForm):
    category = category_field()


class MeasureEditForm(MeasureForm, RevisedForm):
    pass


class PlanForm(RevisedForm):
    strengths = TextField(label=_("What the client can do and is good at"), required=False)
    job_search_duty = TextField(label=_("Job search agreed on"), required=False)
    follow_up = TextField(
        label=_("How and when the plan is followed"),
        help_text=_("The law asks for an agreement on follow-up (Act 381/2023 s. 5)."),
        required=False,
    )
    kela_participates = forms.BooleanField(
        label=_("Kela takes part in this plan"),
        help_text=_("When Kela's rehabilitation is needed. Then Kela's acceptance is needed too."),
        required=False,
    )


class DisagreeForm(forms.Form):
    words = TextField(
        label=_("What do you disagree with?"),
        help_text=_("Everybody who works on the plan reads this. The earlier plan stays in force."),
        max_length=4000,
    )


class OpenCaseForm(forms.Form):
    """Opening a case: the reason, one case manager, and a person from each other body."""

    reason = TextField(
        label=_("Why is joint service needed?"),
        help_text=_("The client reads this. Write plainly what the three bodies do together."),
        max_length=4000,
    )
    case_manager = forms.ChoiceField(label=_("Case manager"))
    members = forms.MultipleChoiceField(
        label=_("Team"),
        help_text=_("At least one person from each of the three bodies."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_manager"].choices = [("", _("Choose")), *workers]  # type: ignore
        self.fields["members"].choices = workers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "case_manager" in data:
            data["case_manager_id"] = _uuid(data.pop("case_manager"))
        if "members" in data:
            data["member_ids"] = [_uuid(m) for m in data.pop("members")]
        return data


class AssessForm(forms.Form):
    reason = TextField(
        label=_("Note"),
        help_text=_("For those of your network who may know of this."),
        required=False,
        max_length=2000,
    )


class DeclineForm(forms.Form):
    reason = TextField(
        label=_("Why is joint service not needed?"),
        help_text=_("Kept with the day's figures. The list shows the person again if they change."),
        max_length=2000,
    )


class SnoozeForm(forms.Form):
    until = DayField(label=_("Back in the list on"))
    reason = TextField(label=_("Why later?"), max_length=2000)


class ByHandForm(forms.Form):
    """What an extract does not tell; the kinds are those the worker's body may enter."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    first = DayField(label=_("First day"))
    last = DayField(
        label=_("Last day"), help_text=_("Not needed for requalifying."), required=False
    )
    reason = TextField(label=_("Where is this known from?"), max_length=2000)

    def __init__(self, *args: Any, kinds: list[HandKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in kinds
        ]


class WorklistForm(forms.Form):
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
        label=_("Language"), required=False, choices=[("", _("All")), *Language.choices]
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

    def choices(self) -> Choices:
        """What was chosen; a choice that does not exist is left out."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        within = int(chosen.pop("within", "0"))
        return Choices(**chosen, within=within)


class FilterNameForm(forms.Form):
    name = forms.CharField(label=_("Name of these filters"), max_length=60)


class ImportForm(forms.Form):
    """Three files, or a folder where the installation lists any."""

    persons = forms.FileField(label="persons.csv", required=False)
    unemployment = forms.FileField(label="unemployment.csv", required=False)
    benefits = forms.FileField(label="benefits.csv", required=False)

    def __init__(self, *args: Any, folders: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = not folders
        if folders:
            self.fields["folder"] = forms.ChoiceField(
                label=_("Or a folder of the installation"),
                required=False,
                choices=[("", _("None")), *((f, f) for f in folders)],
            )

    def clean(self) -> dict[str, Any]:
        """The three files as ``uploads``, or a folder."""
        data = super().clean() or {}
        given = {f"{name}.csv": data.get(name) for name in ("persons", "unemployment", "benefits")}
        folder = data.get("folder", "")
        if not folder and "folder" in self.fields:
            for name, file in given.items():
                if file is None:
                    self.add_error(name.removesuffix(".csv"), _("Choose this file too."))
        return {"uploads": None if folder else given, "folder": folder}


class DayForm(forms.Form):
    on = DayField(label=_("As of"), required=False)


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None
