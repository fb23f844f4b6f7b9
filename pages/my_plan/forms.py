"""What a client asks about a step of theirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TextField


class MoreTimeForm(Form):
    text = TextField(
        label=_("What comes in the way? Which day would suit you?"), rows=4, max_length=6000
    )
