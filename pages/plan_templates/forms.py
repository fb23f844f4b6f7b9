"""The forms of a network's templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan_templates.models import TemplateKind, UsedBy
from caseplan.plan_templates.selectors import LineForCase
from common.bodies import Party
from pages.forms import Form, TextField, needed
from people.models import Language


class TemplateForm(Form):
    whose = forms.TypedChoiceField(
        label=_("Who uses it?"), widget=forms.RadioSelect, coerce=UsedBy, initial=UsedBy.OWN
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=TemplateKind,
        widget=forms.RadioSelect,
        initial=TemplateKind.PLAN,
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=Language)
    text = needed(
        _("Needed for all but a plan: it is the text itself."),
        TextField(
            label=_("Text"),
            help_text=_(
                "For goals with their actions, a line on when to use them. In a text, write "
                "[[day]] or [[service]] where something is filled in: it is not saved before that."
            ),
            max_length=4000,
            required=False,
        ),
    )

    def __init__(self, *args: Any, kept: list[UsedBy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        field.choices = [(whose.value, whose.label) for whose in kept]  # type: ignore[attr-defined]
        field.initial = kept[0].value


class LineForm(Form):
    text = forms.CharField(label=_("Goal or action"), max_length=500)
    party = forms.ChoiceField(
        label=_("Whose task"),
        choices=[("", _("Nobody's: it is a goal")), *Party.choices],
        required=False,
    )
    due_days = needed(
        _("For an action, from the day it is taken into a plan."),
        forms.IntegerField(
            label=_("Done in how many days"), min_value=0, max_value=730, required=False
        ),
    )


class UseTemplateForm(Form):
    lines = forms.TypedMultipleChoiceField(
        label=_("What is taken into the plan?"),
        help_text=_("All of it is edited afterwards as anything else in the plan."),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, lines: list[LineForCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [row for row in lines if row.is_possible]
        field = self.fields["lines"]
        field.choices = [(str(row.line.pk), _told(row)) for row in possible]  # type: ignore
        field.initial = [str(row.line.pk) for row in possible]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {"line_ids": data["lines"]} if "lines" in data else data


def _told(row: LineForCase) -> str:
    line = row.line
    if line.is_goal:
        return str(_("Goal: %(text)s") % {"text": line.text})
    return str(
        _("%(text)s (%(who)s, in %(days)s days)")
        % {"text": line.text, "who": row.who, "days": line.due_days}
    )
