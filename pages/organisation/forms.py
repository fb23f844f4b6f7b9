"""The forms of networks, municipalities and offices."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from pages.forms import DayField, Form, TextField, identifies, needed
from people.services import PlannedOffice, PlannedTown

_NEW_CODE = _("Needed where the code is new here.")


_TOWN = re.compile(r"(?P<code>[0-9]{3})(?:[\s,;]+(?P<fi>[^/;]+?)(?:\s*[/;]\s*(?P<sv>.+))?)?")


def _phone() -> forms.CharField:
    return identifies(
        forms.CharField(
            label=_("Phone"),
            max_length=30,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel"}),
        )
    )


class NetworkNameForm(Form):
    name = forms.CharField(label=_("Name of the network"), max_length=200)


class NetworkForm(NetworkNameForm):
    """A network in one go: its name, its municipalities, an office of each body."""

    towns = TextField(
        label=_("Municipalities"),
        help_text=_(
            "A line each: the code, the name in Finnish, and the name in Swedish where it is "
            "another. For example: 853 Turku / Åbo"
        ),
        required=False,
        rows=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for body in Body:
            self.fields[f"office_{body.value}"] = forms.CharField(
                label=_("Office: %(body)s") % {"body": body.label}, max_length=200, required=False
            )
            self.fields[f"phone_{body.value}"] = _phone()
            self.fields[f"phone_{body.value}"].label = _("Phone: %(body)s") % {"body": body.label}

    def clean_towns(self) -> list[PlannedTown]:
        """Each line as it can be read; the first that cannot be is named by its number."""
        found = []
        for number, line in enumerate(self.cleaned_data["towns"].splitlines(), 1):
            if not line.strip():
                continue
            read = _TOWN.fullmatch(line.strip())
            if read is None:
                raise ValidationError(
                    _("Line %(number)d: write the code and the name, as in 853 Turku / Åbo.")
                    % {"number": number}
                )
            fi = (read["fi"] or "").strip()
            found.append(PlannedTown(read["code"], fi, (read["sv"] or fi).strip()))
        return found

    @property
    def offices(self) -> dict[Body, PlannedOffice]:
        """The office of each body that was named; further ones are made on the network's page."""
        given = self.cleaned_data
        return {
            body: PlannedOffice(given[f"office_{body.value}"], given[f"phone_{body.value}"])
            for body in Body
            if given[f"office_{body.value}"]
        }


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
    phone = _phone()


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
