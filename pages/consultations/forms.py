"""The forms of a question about nobody, and of its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import (
    NOTE_LENGTH,
    AgeBand,
    ConsultationAnswer,
    ConsultationTopic,
    InTheWay,
    UnemployedBand,
)
from caseplan.plan.catalogue import ServiceType
from pages.forms import Form, as_uuid
from people.models import Office

_NOBODY = _("At most one line. No name, number, day or address: this is about nobody.")


class ServiceKindField(forms.TypedChoiceField):
    """One kind of service or none, as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", _("Not said")), *ServiceType.choices],
            coerce=lambda code: [ServiceType(code)],
            empty_value=[],  # type: ignore[arg-type]  # its stub knows texts alone
            required=False,
            **kwargs,
        )


class ConsultForm(Form):
    """What is asked of whom, by codes alone and one short line."""

    to_office_id = forms.TypedChoiceField(label=_("Whom do you ask?"), coerce=as_uuid)
    topic = forms.ChoiceField(
        label=_("What do you ask?"), widget=forms.RadioSelect, choices=ConsultationTopic.choices
    )
    services = ServiceKindField(label=_("Which service is it about?"))
    in_the_way = forms.TypedMultipleChoiceField(
        label=_("What stands in the way?"),
        widget=forms.CheckboxSelectMultiple,
        choices=InTheWay.choices,
        coerce=InTheWay,
        required=False,
    )
    age = forms.ChoiceField(
        label=_("Age, roughly"), choices=[("", _("Not said")), *AgeBand.choices], required=False
    )
    unemployed = forms.ChoiceField(
        label=_("Unemployed for, roughly"),
        choices=[("", _("Not said")), *UnemployedBand.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("To make it clear"), help_text=_NOBODY, max_length=NOTE_LENGTH, required=False
    )

    def __init__(self, *args: Any, offices: list[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(o.pk), f"{o.get_body_display()}: {o.name}") for o in offices]
        self.fields["to_office_id"].choices = [("", _("Choose")), *named]  # type: ignore


class AnswerConsultationForm(Form):
    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect, choices=ConsultationAnswer.choices
    )
    services = ServiceKindField(label=_("Which service?"))
    note = forms.CharField(
        label=_("To make it clear"), help_text=_NOBODY, max_length=NOTE_LENGTH, required=False
    )
