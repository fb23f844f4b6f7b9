"""The forms of a case's life: ending, hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import IMMEDIATE_EXITS, Accompanied, Exit, NoNeed
from cases.selectors import TeamMember
from pages.forms import Form, TextField, as_uuid, needed
from pages.team.away import member_choices

SAID_ELSEWHERE = (*IMMEDIATE_EXITS, Exit.NO_JOINT_SERVICE)
"""Endings that have pages of their own."""


class _FollowedUpForm(Form):
    """An ending of any kind: somebody of the team asks how things are afterwards."""

    follow_up_by_id = forms.ChoiceField(
        label=_("Who asks how things are afterwards?"),
        help_text=_("3, 6, 12 and 24 months after the end."),
    )

    def __init__(self, *args: Any, team: list[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = member_choices(team)
        self.fields["follow_up_by_id"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def clean_follow_up_by_id(self) -> Any:
        return as_uuid(self.cleaned_data["follow_up_by_id"])


class EndingForm(_FollowedUpForm):
    """That the need has ended, to what, and who asks how things are afterwards."""

    field_order = ["reason", "exit", "follow_up_by_id"]

    reason = TextField(
        label=_("Why has the need ended?"),
        help_text=_("The client reads this."),
        max_length=4000,
    )
    exit = forms.ChoiceField(
        label=_("What does it end to?"),
        choices=[
            ("", _("Choose")),
            *((code, label) for code, label in Exit.choices if code not in SAID_ELSEWHERE),
        ],
    )


class NoJointServiceForm(_FollowedUpForm):
    """That no joint service is needed: why, by its code and in words the client reads."""

    field_order = ["no_need", "reason", "follow_up_by_id"]

    no_need = forms.TypedChoiceField(
        label=_("Why is joint service not needed?"),
        widget=forms.RadioSelect,
        choices=NoNeed.choices,
        coerce=NoNeed,
    )
    reason = TextField(
        label=_("What helps instead?"),
        help_text=_("The client reads this. Say plainly who helps from here on."),
        max_length=4000,
    )


_ANSWERS = {"yes": True, "no": False}


class AssessEndingForm(Form):
    need_has_ended = forms.TypedChoiceField(
        label=_("What does your organisation assess?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("The need has ended")),
            ("no", _("The need goes on")),
        ],
        coerce=lambda value: _ANSWERS[value],
    )
    statement = needed(
        _("Needed when the need goes on."), TextField(label=_("Why?"), required=False)
    )

    def __init__(self, *args: Any, of_assessment: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_assessment:
            self.fields["need_has_ended"].choices = [  # type: ignore[attr-defined]
                ("yes", _("Joint service is not needed")),
                ("no", _("Joint service is needed")),
            ]
            self.fields["statement"] = needed(
                _("Needed when joint service is needed."),
                TextField(label=_("Why?"), required=False),
            )


class ClientEndingForm(AssessEndingForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need_has_ended"].label = _("What do you think?")
        self.fields["need_has_ended"].choices = [  # type: ignore[attr-defined]
            ("yes", _("I do not need joint service now")),
            ("no", _("I still need joint service")),
        ]
        self.fields["statement"] = needed(
            _("Needed when you still need joint service."),
            TextField(
                label=_("In your words"),
                help_text=_("The three bodies read this before they decide."),
                required=False,
            ),
        )


class ReopenForm(Form):
    reason = TextField(
        label=_("Why was the ending a mistake?"),
        help_text=_("The client reads this."),
        max_length=2000,
    )


class GoOnForm(Form):
    """Who goes on with the client after the joint service, and how they are brought together."""

    to_user_id = forms.ChoiceField(
        label=_("Who goes on with the client?"),
        help_text=_("Somebody on the team. Whoever is not on it is added to it first."),
    )
    how = forms.ChoiceField(
        label=_("How is the client brought together with them?"),
        widget=forms.RadioSelect,
        choices=Accompanied.choices,
    )
    text = TextField(
        label=_("What goes on?"), help_text=_("The client reads this."), max_length=2000
    )

    def __init__(self, *args: Any, team: list[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = member_choices(team)
        self.fields["to_user_id"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def clean_to_user_id(self) -> Any:
        return as_uuid(self.cleaned_data["to_user_id"])


class GoOnAnswerForm(Form):
    goes_on = forms.TypedChoiceField(
        label=_("Do you go on with the client?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: _ANSWERS[value],
    )
    reached_at = needed(
        _("Needed when you go on."),
        forms.CharField(
            label=_("How does the client reach you?"),
            help_text=_("A telephone number, or where you meet."),
            max_length=200,
        ),
    )
    answer = needed(
        _("Needed when you do not go on."),
        TextField(label=_("Why not?"), help_text=_("The client and the team read it.")),
    )


class HoldForm(Form):
    why = forms.CharField(
        label=_("For what is it kept?"),
        help_text=_("Empty: it is let go and erased in its time."),
        required=False,
        max_length=300,
    )
