"""How filters are kept: under a name, for oneself or for one's office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, identifies


class FilterForm(Form):
    # Whatever is typed before it is sent may name somebody: it is not kept.
    name = identifies(
        forms.CharField(
            label=_("Name of these filters"),
            help_text=_("Nobody's name: what the list is narrowed to."),
            max_length=60,
        )
    )
    shared = forms.BooleanField(label=_("My office uses them, too"), required=False)
