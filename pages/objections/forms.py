"""What a client who says no is asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TextField


class ObjectionForm(Form):
    statement = TextField(
        label=_("Why do you not want this?"),
        help_text=_("Your team reads this. You can take it back at any time."),
        max_length=2000,
    )
