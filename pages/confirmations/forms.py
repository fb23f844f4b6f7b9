"""Where a signed paper is archived."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form


class ArchiveForm(Form):
    archive_number = forms.CharField(label=_("Number in the archive"), max_length=100)
    archive_place = forms.CharField(label=_("Where the signed paper is kept"), max_length=100)
