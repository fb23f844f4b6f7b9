"""The forms of a plan and of opening a case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import ServiceType, services_for
from caseplan.plan.models import ActionState, GoalKind, Participation, ServiceResult
from cases.selectors import TeamMember
from common.bodies import Body, Party
from pages.forms import CategorisedForm, DayField, Form, RevisedForm, TextField, as_uuid, needed
from pages.team.away import with_away


class OwnGoalForm(Form):
    text = TextField(
        label=_("My goal"),
        help_text=_("In your own words. Nobody else can change what you write here."),
        max_length=2000,
    )


class OwnGoalEditForm(OwnGoalForm, RevisedForm):
    pass


class GoalForm(CategorisedForm):
    text = TextField(label=_("Goal"), max_length=2000)
    kind = forms.ChoiceField(
        label=_("Whose goal"),
        choices=[(k.value, k.label) for k in (GoalKind.JOINT, GoalKind.BODY)],
        widget=forms.RadioSelect,
        initial=GoalKind.JOINT,
        required=False,
    )
    field_order = ["text", "kind", "category"]

    def clean_kind(self) -> GoalKind:
        return GoalKind(self.cleaned_data["kind"] or GoalKind.JOINT)


_AGREED_ON = _("Needed where the goal stands in the plan in force. All who see the goal read it.")


class ReasonForm(RevisedForm):
    """Why something is done with what stands already, and nothing else.

    ``label``: what is asked; ``hint``: who reads it. ``is_sometimes``: only some rows need it.
    """

    label: ClassVar[str | Promise]
    hint: ClassVar[str | Promise]
    is_sometimes: ClassVar[bool] = False

    reason = forms.CharField(max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label = self.label  # type: ignore[assignment]
        if self.is_sometimes:
            needed(self.hint, field)
        else:
            field.help_text = self.hint  # type: ignore[assignment]


class GoalEditForm(ReasonForm):
    label, hint, is_sometimes = _("Why is it changed?"), _AGREED_ON, True
    text = TextField(label=_("Goal"), max_length=2000)
    field_order = ["text", "reason"]


class GoalDropForm(ReasonForm):
    label, hint, is_sometimes = _("Why is it dropped?"), _AGREED_ON, True


class GoalTakeUpForm(ReasonForm):
    label, hint = _("Why is it pursued again?"), _("All who see the goal read it.")


class ActionReopenForm(ReasonForm):
    label, hint = _("Why is it opened again?"), _("The client reads it.")


class ActionForm(Form):
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
        named = [
            (f"{m.body}:{m.user_id}", with_away(f"{m.name}, {m.body.label}", m.away))
            for m in team
            if m.user_id
        ]
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
    waiting_for = needed(
        _("When it waits."),
        forms.ChoiceField(
            label=_("Whom does it wait for?"),
            choices=[("", _("Nobody")), *Party.choices],
            required=False,
        ),
    )
    reason = needed(
        _("Needed when it is dropped."),
        forms.CharField(label=_("Reason"), required=False, max_length=300),
    )


class ActionDayForm(RevisedForm):
    due_on = DayField(label=_("New day"))
    why = forms.CharField(
        label=_("Why"), help_text=_("The client reads it."), required=False, max_length=300
    )


class ServiceForm(Form):
    service = forms.ChoiceField(
        label=_("Kind of service"), initial=ServiceType.OTHER, required=False
    )
    name = forms.CharField(
        label=_("Service"), help_text=_("In the words of the plan."), max_length=200
    )
    provider = forms.CharField(label=_("Who provides it"), max_length=200, required=False)
    starts_on = DayField(label=_("Planned to start"), required=False)
    ends_on = DayField(label=_("Planned to end"), required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            *services_for(body),
        ]

    def clean_service(self) -> ServiceType:
        return ServiceType(self.cleaned_data["service"] or ServiceType.OTHER)


class ServiceNewForm(CategorisedForm, ServiceForm):
    field_order = ["service", "name", "provider", "starts_on", "ends_on", "category"]


class ServiceEditForm(ServiceForm, RevisedForm):
    pass


class ServiceOutcomeForm(RevisedForm):
    """How a service really went; what is not known yet is left empty."""

    began_on = DayField(label=_("Really began"), required=False)
    finished_on = needed(
        _("Needed when you say what came of it."),
        DayField(label=_("Really ended"), required=False),
    )
    participation = forms.ChoiceField(
        label=_("How the client took part"),
        choices=[("", _("Not known yet")), *Participation.choices],
        required=False,
    )
    result = forms.ChoiceField(
        label=_("What came of it"),
        help_text=_("Once the service is over."),
        choices=[("", _("Not known yet")), *ServiceResult.choices],
        required=False,
    )
    result_text = TextField(label=_("In words"), required=False, max_length=2000)


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
