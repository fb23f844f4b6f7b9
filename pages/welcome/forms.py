"""The forms of a first log-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form
from people.models import Language


class LanguageForm(Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, widget=forms.RadioSelect
    )


class MunicipalityForm(Form):
    municipality = forms.ChoiceField(label=_("The municipality you live in"))

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = [("", "–"), *municipalities]  # type: ignore[attr-defined]
