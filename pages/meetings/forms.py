"""The forms of joint meetings, and of how a network works together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.models import MeetingRole, Participant
from caseplan.plan.models import Goal
from cases.selectors import TeamMember
from pages.forms import (
    CategorisedForm,
    Choices,
    DayField,
    Form,
    RevisedForm,
    TextField,
    TimeField,
    as_uuid,
    identifies,
    join_moment,
    needed,
)
from pages.plan.forms import ActionNewForm, ServiceNewForm
from pages.team.away import member_choices
from people.languages import language_name, languages_known


class WhenForm(Form):
    """When and where."""

    starts_on = DayField(label=_("Day"))
    starts_time = TimeField(label=_("Time"))
    minutes_long = forms.IntegerField(
        label=_("How many minutes"), initial=60, min_value=5, max_value=600
    )
    place = needed(
        _("Needed when there is no link for taking part remotely."),
        forms.CharField(label=_("Where"), max_length=200, required=False),
    )
    remote_link = needed(
        _("Needed when there is no place."),
        forms.URLField(
            label=_("Link for taking part remotely"), required=False, assume_scheme="https"
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        join_moment(self, data, "starts_on", "starts_time", "starts_at")
        return data


NO_INTERPRETER = "none"


def _languages(first: str) -> Choices:
    """The languages to choose from; the one that is likely stands first."""
    known = languages_known()
    likely = [(first, language_name(first))] if first else []
    return [*likely, *(one for one in known if one[0] != first)]


def _interpreter() -> forms.CharField:
    return identifies(
        forms.CharField(
            label=_("Who interprets, or where the interpreter comes from"),
            max_length=150,
            required=False,
        )
    )


class InterpreterNeedForm(Form):
    """In which language somebody needs an interpreter; they may need none."""

    language = forms.ChoiceField(label=_("In which language does the client need an interpreter?"))

    def __init__(self, *args: Any, speaks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")), (NO_INTERPRETER, _("No interpreter is needed")), *_languages(speaks)
        ]  # fmt: skip


class OwnInterpreterForm(InterpreterNeedForm):
    """The same, asked of the client."""

    def __init__(self, *args: Any, speaks: str, **kwargs: Any) -> None:
        super().__init__(*args, speaks=speaks, **kwargs)
        self.fields["language"].label = _("In which language do you need an interpreter?")


class InterpreterForm(RevisedForm):
    """Who interprets at a meeting, or why nobody does this time."""

    interpreter_language = forms.ChoiceField(label=_("Language"), required=False)
    interpreter = needed(_("Once an interpreter is booked."), _interpreter())
    without_interpreter = needed(
        _("Instead of an interpreter."),
        forms.CharField(label=_("Not needed this time, because"), max_length=300, required=False),
    )

    def __init__(self, *args: Any, speaks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interpreter_language"].choices = _languages(speaks)  # type: ignore[attr-defined]


class CallMeetingForm(WhenForm):
    member_ids = forms.TypedMultipleChoiceField(
        label=_("Who of the team is invited?"),
        help_text=_("The client is always invited, and you."),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    interpreter_language = forms.ChoiceField(label=_("Language of the interpreter"), required=False)
    interpreter = needed(
        _("If one is booked already. If not, the meeting asks for one until it is."), _interpreter()
    )

    def __init__(
        self, *args: Any, team: list[TeamMember], interpreter: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if interpreter:
            self.fields["interpreter_language"].choices = _languages(interpreter)  # type: ignore[attr-defined]
        else:
            del self.fields["interpreter_language"], self.fields["interpreter"]
        people = member_choices(team)
        self.fields["member_ids"].choices = people  # type: ignore[attr-defined]
        self.fields["member_ids"].initial = [user_id for user_id, _name in people]


class HeldMeetingForm(WhenForm, CategorisedForm):
    """A meeting that has been: who attended, what was said."""

    member_ids = forms.TypedMultipleChoiceField(
        label=_("Who of the team attended?"),
        help_text=_("You did. Nobody is invited any more."),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    client_came = forms.BooleanField(label=_("The client attended"), required=False)
    without_client = needed(
        _("If the client did not attend. The client reads this."),
        forms.CharField(
            label=_("Why was it held without the client?"), max_length=300, required=False
        ),
    )
    text = forms.CharField(label=_("What was talked about"), max_length=300)
    minutes = TextField(label=_("What was said and agreed"), rows=4, max_length=6000)
    no_service = needed(
        _("When none was, and your network asks for one."),
        forms.CharField(label=_("Why was no service agreed on?"), max_length=300, required=False),
    )
    interpreter_language = forms.ChoiceField(label=_("Language of the interpreter"), required=False)
    interpreter = needed(_("If somebody interpreted."), _interpreter())
    without_interpreter = needed(
        _("If nobody did."),
        forms.CharField(label=_("Why was there no interpreter?"), max_length=300, required=False),
    )
    field_order = [
        "starts_on", "starts_time", "minutes_long", "place", "remote_link", "member_ids",
        "client_came", "without_client", "interpreter_language", "interpreter",
        "without_interpreter", "text", "minutes", "category", "no_service",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        team: list[TeamMember],
        own: UUID | None,
        interpreter: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if interpreter:
            self.fields["interpreter_language"].choices = _languages(interpreter)  # type: ignore[attr-defined]
        else:
            for name in ("interpreter_language", "interpreter", "without_interpreter"):
                del self.fields[name]
        others = [m for m in team if m.user_id != own]
        self.fields["member_ids"].choices = member_choices(others)  # type: ignore[attr-defined]


class MoveMeetingForm(WhenForm, RevisedForm):
    pass


class CancelMeetingForm(Form):
    cancelled_because = forms.CharField(
        label=_("Why is the meeting cancelled?"),
        help_text=_("The client and everybody invited read this."),
        max_length=300,
    )


class AskToMeetingForm(Form):
    role = forms.ChoiceField(
        label=_("What do they bring?"),
        choices=[
            ("", _("Choose")),
            *((r.value, r.label) for r in MeetingRole if r != MeetingRole.CLIENT),
        ],
    )
    user_id = needed(
        _("Needed when you write no name below."),
        forms.ChoiceField(label=_("Somebody of the team"), required=False),
    )
    name = needed(
        _("Needed when you choose nobody of the team."),
        identifies(
            forms.CharField(
                label=_("Or somebody else, by name"),
                help_text=_("They are not shown anything of the case here."),
                max_length=150,
                required=False,
            )
        ),
    )

    def __init__(self, *args: Any, team: list[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Nobody of the team")),
            *member_choices(team),
        ]

    def clean_user_id(self) -> UUID | None:
        return as_uuid(self.cleaned_data["user_id"])


class MeetingPointForm(CategorisedForm):
    text = forms.CharField(label=_("What is talked about"), max_length=300)
    field_order = ["text", "category"]


class MinutesForm(RevisedForm):
    text = forms.CharField(label=_("What is talked about"), max_length=300)
    minutes = TextField(
        label=_("What was said and agreed"), rows=4, max_length=6000, required=False
    )


class AgreedActionForm(ActionNewForm):
    goal_id = forms.TypedChoiceField(label=_("Towards which goal?"), coerce=UUID)
    field_order = ["goal_id", "text", "owner", "due_on", "repeats_weeks", "category"]

    def __init__(self, *args: Any, goals: list[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category_of = {goal.pk: goal.category for goal in goals}
        category = self.fields["category"]
        category.required = False
        _empty, *offered = category.choices  # type: ignore[attr-defined]
        category.choices = [("", _("The same as its goal")), *offered]  # type: ignore[attr-defined]
        self.fields["goal_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((str(goal.pk), goal.text) for goal in goals),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("category") and "goal_id" in data:
            data["category"] = self.category_of[data["goal_id"]]
        return data


class AgreedServiceForm(ServiceNewForm):
    pass


class CloseMeetingForm(Form):
    came = forms.TypedMultipleChoiceField(
        label=_("Who attended?"), coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False
    )
    without_client = needed(
        _("If the client did not attend. The client reads this."),
        forms.CharField(
            label=_("Why was it held without the client?"), max_length=300, required=False
        ),
    )
    no_service = needed(
        _("When none was, and your network asks for one."),
        forms.CharField(label=_("Why was no service agreed on?"), max_length=300, required=False),
    )

    def __init__(self, *args: Any, participants: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), f"{p.shown_name}, {p.get_role_display()}") for p in participants
        ]
