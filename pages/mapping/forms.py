"""What is written in the mapping."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pages.forms import RevisedForm, TextField


class ViewForm(RevisedForm):
    text = TextField(label=_("How do you see it?"), rows=6, max_length=6000)
