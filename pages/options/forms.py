"""What is asked of whoever offers options, of the client who answers, and of who replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.options.models import OfferedStep
from caseplan.options.services import NewStep
from cases.selectors import TeamMember
from common.bodies import Party
from pages.forms import CategorisedForm, DayField, Form, TextField, as_uuid, needed
from pages.team.away import with_away

NONE, ANOTHER = "none", "another"
PLACES = (1, 2, 3)
"""Two options are needed and a third may be written: more than three are hard to weigh."""


class OfferForm(CategorisedForm):
    question = forms.CharField(
        label=_("What is chosen"),
        help_text=_("As a question to the client: “How would you like to practise Finnish?”"),
        max_length=300,
    )
    because = TextField(
        label=_("Why you offer these, and what you looked at"),
        help_text=_(
            "The client reads it. Name the facts and their day: “You said on 3 May that ...”"
        ),
        max_length=2000,
    )
    text_1 = forms.CharField(label=_("Option 1: what is done"), max_length=300)
    means_1 = TextField(
        label=_("Option 1: what it means for the client"),
        help_text=_("Time, place, cost, and what it asks of them."),
        rows=2,
        max_length=1000,
    )
    owner_1 = forms.ChoiceField(label=_("Option 1: whose task"))
    text_2 = forms.CharField(label=_("Option 2: what is done"), max_length=300)
    means_2 = TextField(label=_("Option 2: what it means for the client"), rows=2, max_length=1000)
    owner_2 = forms.ChoiceField(label=_("Option 2: whose task"))
    text_3 = needed(
        _("Needed where there is a third option."),
        forms.CharField(label=_("Option 3: what is done"), max_length=300, required=False),
    )
    means_3 = needed(
        _("Needed where there is a third option."),
        TextField(
            label=_("Option 3: what it means for the client"),
            rows=2,
            max_length=1000,
            required=False,
        ),
    )
    owner_3 = needed(
        _("Needed where there is a third option."),
        forms.ChoiceField(label=_("Option 3: whose task"), required=False),
    )
    answer_by = DayField(label=_("Answer by"))
    within_weeks = forms.IntegerField(
        label=_("How many weeks after the choice is it done?"),
        initial=4,
        min_value=1,
        max_value=52,
    )

    field_order = [
        "question", "because",
        *(f"{name}_{place}" for place in PLACES for name in ("text", "means", "owner")),
        "answer_by", "within_weeks", "category",
    ]  # fmt: skip

    def __init__(self, *args: Any, team: Sequence[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (f"{m.body}:{m.user_id}", with_away(f"{m.name}, {m.body.label}", m.away))
            for m in team
            if m.user_id
        ]
        for place in PLACES:
            self.fields[f"owner_{place}"].choices = [  # type: ignore[attr-defined]
                ("", _("Choose")),
                (Party.CLIENT.value, Party.CLIENT.label),
                *named,
            ]

    def clean(self) -> dict[str, Any]:
        """The options as one value, ``steps``; a third that is begun is written whole."""
        data = super().clean() or {}
        third = [data.get(f"{name}_3", "") for name in ("text", "means", "owner")]
        if any(third):
            for name, said in zip(("text", "means", "owner"), third, strict=True):
                if not said:
                    self.add_error(f"{name}_3", _("Write the third option whole, or leave it out."))
        if self.errors:
            return data
        places = PLACES if any(third) else PLACES[:2]
        kept = {key: value for key, value in data.items() if key[-2:] not in ("_1", "_2", "_3")}
        return {**kept, "steps": [self._step(data, place) for place in places]}

    @staticmethod
    def _step(data: dict[str, Any], place: int) -> NewStep:
        party, _colon, user_id = data[f"owner_{place}"].partition(":")
        text, means = data[f"text_{place}"], data[f"means_{place}"]
        return NewStep(text, means, Party(party), as_uuid(user_id))


class OfferAnswerForm(Form):
    """One of the options, none, or a wish for another: equal choices, and none made beforehand."""

    choice = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    answer = needed(
        _("Needed if you want something else: write what."),
        TextField(label=_("In your words"), required=False, max_length=2000),
    )

    def __init__(self, *args: Any, steps: Sequence[OfferedStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *((str(step.pk), step.text) for step in steps),
            (NONE, _("None of these")),
            (ANOTHER, _("I would rather have something else")),
        ]


class OfferReplyForm(Form):
    reply = TextField(
        label=_("Your reply"), help_text=_("The client and the team read it."), max_length=2000
    )
