"""The forms of a plan and of opening a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.models import ActionState
from cases.selectors import TeamMember
from common.bodies import Party
from pages.forms.parts import CategorisedForm, DayField, RevisedForm, TextField, as_uuid


class OwnGoalForm(forms.Form):
    text = TextField(
        label=_("My goal"),
        help_text=_("In your own words. Nobody else can change what you write here."),
        max_length=2000,
    )


class OwnGoalEditForm(OwnGoalForm, RevisedForm):
    pass


class GoalForm(CategorisedForm):
    text = TextField(label=_("Goal"), max_length=2000)
    field_order = ["text", "category"]


class GoalEditForm(RevisedForm):
    text = TextField(label=_("Goal"), max_length=2000)


class ActionForm(forms.Form):
    """An action; whose task it is and the named person are one choice."""

    text = TextField(label=_("What is done"), rows=2, max_length=2000)
    owner = forms.ChoiceField(label=_("Whose task"))
    due_on = DayField(label=_("By when"))
    repeats_weeks = forms.IntegerField(
        label=_("Comes again, every how many weeks"),
        help_text=_("Empty when it is done once."),
        min_value=1,
        max_value=52,
        required=False,
    )

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
            data["owner_party"], data["owner_id"] = Party(party), as_uuid(user_id)
        return data


class ActionNewForm(CategorisedForm, ActionForm):
    field_order = ["text", "owner", "due_on", "repeats_weeks", "category"]


class ActionEditForm(ActionForm, RevisedForm):
    pass


class ActionMoveForm(RevisedForm):
    state = forms.ChoiceField(
        label=_("How did it go?"),
        widget=forms.RadioSelect,
        choices=[
            (s.value, s.label)
            for s in (
                ActionState.DONE,
                ActionState.IN_PROGRESS,
                ActionState.WAITING,
                ActionState.DROPPED,
            )
        ],
    )
    waiting_for = forms.ChoiceField(
        label=_("Whom does it wait for?"),
        help_text=_("When it waits."),
        choices=[("", _("Nobody")), *Party.choices],
        required=False,
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


class MeasureNewForm(CategorisedForm, MeasureForm):
    field_order = ["name", "provider", "starts_on", "ends_on", "category"]


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
    only_refer = forms.BooleanField(
        label=_("Only refer for now"),
        help_text=_("The bodies decide together whether the assessment begins."),
        required=False,
    )

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_manager"].choices = [("", _("Choose")), *workers]  # type: ignore
        self.fields["members"].choices = workers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "case_manager" in data:
            data["case_manager_id"] = as_uuid(data.pop("case_manager"))
        if "members" in data:
            data["member_ids"] = [as_uuid(m) for m in data.pop("members")]
        return data
