"""What a worker saw of who acts for a client, and why somebody does no longer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import MandateEnd
from common.mandates import Evidence, MandateSource, Matter, matters_of
from pages.forms import DayField, Form, identifies, needed

_OF_THE_REGISTER = _("Needed for an authorisation in the national register.")


class MandateForm(Form):
    """Who acts, by what, in which matters, and the document: nothing of its content besides."""

    source = forms.ChoiceField(
        label=_("By what do they act?"), choices=MandateSource.choices, widget=forms.RadioSelect
    )
    holder_name = identifies(
        forms.CharField(label=_("Full name of whoever acts for the client"), max_length=200)
    )
    holder_code = identifies(
        forms.CharField(
            label=_("Their personal identity code"), max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    )  # fmt: skip
    matters = needed(
        _OF_THE_REGISTER,
        forms.MultipleChoiceField(
            label=_("What is it about?"),
            choices=[
                (matter.value, matter.label)
                for matter in Matter
                if matter in matters_of(MandateSource.AUTHORISATION)
            ],
            widget=forms.CheckboxSelectMultiple,
        ),
    )
    since = DayField(label=_("From"))
    until = needed(
        _("Needed for an authorisation. Empty for a guardian whose decision names no last day."),
        DayField(label=_("Last day")),
    )
    evidence = forms.ChoiceField(
        label=_("Which document did you see?"), choices=Evidence.choices, widget=forms.RadioSelect
    )
    dated = DayField(label=_("Day on the document"))
    field_order = (
        "source", "holder_name", "holder_code", "matters", "since", "until", "evidence", "dated",
    )  # fmt: skip


class EndMandateForm(Form):
    because = forms.ChoiceField(
        label=_("Why?"), choices=MandateEnd.choices, widget=forms.RadioSelect
    )
