"""The forms of networks, municipalities and offices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from pages.forms import DayField, Form, identifies, needed

_NEW_CODE = _("Needed where the code is new here.")


class NetworkForm(Form):
    name = forms.CharField(label=_("Name of the network"), max_length=200)


class SinceForm(Form):
    since = DayField(label=_("From"))


def _code(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=3, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **more
    )


class TownForm(SinceForm):
    """A municipality joins a network from a day on."""

    code = _code(_("Code of the municipality"), help_text=_("Three digits, such as 734."))
    name_fi = needed(_NEW_CODE, forms.CharField(label=_("Name in Finnish"), max_length=100))
    name_sv = needed(_NEW_CODE, forms.CharField(label=_("Name in Swedish"), max_length=100))
    field_order = ("code", "name_fi", "name_sv", "since")


class LeaveForm(SinceForm):
    """A municipality of the network leaves it from a day on."""

    code = forms.ChoiceField(label=_("Municipality"))
    field_order = ("code", "since")

    def __init__(self, *args: Any, towns: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "–"), *towns]  # type: ignore[attr-defined]


class MergeForm(SinceForm):
    """A municipality becomes part of another, usually on 1 January."""

    code = _code(_("Code of the municipality that becomes part of another"))
    into_code = _code(
        _("Code of the municipality that goes on"),
        help_text=_("The other one's own code, or the new one's."),
    )
    name_fi = needed(_NEW_CODE, forms.CharField(label=_("Name in Finnish"), max_length=100))
    name_sv = needed(_NEW_CODE, forms.CharField(label=_("Name in Swedish"), max_length=100))
    field_order = ("code", "into_code", "name_fi", "name_sv", "since")


class OfficeForm(Form):
    """What an office is called and how it is reached."""

    name = forms.CharField(label=_("Name of the office"), max_length=200)
    phone = identifies(
        forms.CharField(
            label=_("Phone"),
            max_length=30,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel"}),
        )
    )


class NewOfficeForm(OfficeForm):
    body = forms.ChoiceField(label=_("Body"), widget=forms.RadioSelect, choices=Body.choices)
    field_order = ("body", "name", "phone")


class CloseOfficeForm(Form):
    closes_on = DayField(label=_("Closed from"))


class MergeOfficeForm(Form):
    """Into which office of the same body and network, from which day on."""

    into = forms.ChoiceField(label=_("Into which office"))
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", "–"), *offices]  # type: ignore[attr-defined]
