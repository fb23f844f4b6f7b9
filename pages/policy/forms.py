"""The policy text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from consent.selectors import PolicyVersion
from pages.forms import Form, TextField
from people.models import Language


class PolicyForm(Form):
    """The next version of what clients read, in every language at once."""

    fi = TextField(label=_("In Finnish"), rows=8)
    sv = TextField(label=_("In Swedish"), rows=8)
    en = TextField(label=_("In English"), rows=8)

    def __init__(self, *args: Any, before: PolicyVersion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if before:
            self.initial = {language.value: before.text_in(language) for language in Language}

    def texts(self) -> dict[Language, str]:
        return {language: self.cleaned_data[language.value] for language in Language}
